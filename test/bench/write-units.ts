// What the lives of payments, orders and products cost in DynamoDB write units, by our own model over the items that are really written.
import { itemBytes } from '../../lambdas/adapters/dynamodb/item-size.ts';
import { newDocumentClient } from '../../lambdas/adapters/dynamodb/client.ts';
import { turnWrites } from '../../lambdas/adapters/dynamodb/conversations.ts';
import { orderWrites } from '../../lambdas/adapters/dynamodb/commit-order.ts';
import { paymentWrites } from '../../lambdas/adapters/dynamodb/payments.ts';
import { productWrites } from '../../lambdas/adapters/dynamodb/products.ts';
import { requestWrites } from '../../lambdas/adapters/dynamodb/requests.ts';
import { type Table, tableOf } from '../../lambdas/adapters/dynamodb/table.ts';
import type { TransactWrite } from '../../lambdas/adapters/dynamodb/transact.ts';
import { say } from '../../lambdas/domain/chat/reply.ts';
import { giveBack } from '../../lambdas/domain/payments/limits.ts';
import type { PaymentChange } from '../../lambdas/domain/payments/ports.ts';
import type { Payment } from '../../lambdas/domain/payments/payment.ts';
import { takeRequestStep } from '../../lambdas/domain/requests/take-request-step.ts';
import { aBill, aLine, wholeOrderLife } from '../builders/orders.ts';
import {
  aDraft,
  anAskedRequest,
  charged,
  confirmed,
  next,
  noonMs,
  wholeLife,
} from '../builders/payments.ts';
import { aProduct } from '../builders/shops.ts';

type Written = Readonly<Record<string, unknown>>;

export interface StepCost {
  readonly story: string;
  readonly step: string;
  readonly items: number;
  readonly bytes: number;
  readonly writeUnits: number;
}

/**
 * Two write units for each kilobyte of each item of a transaction, the larger of before and after; one for each entry
 * of an index that is put or taken out. (DynamoDB Developer Guide, "Read and write operations"; DynamoDB Local counts
 * transactions too low, so it is not asked.)
 */
export function writeUnits(after: Written, before: Written | undefined): number {
  const bytes = Math.max(itemBytes(after), before === undefined ? 0 : itemBytes(before));
  return 2 * Math.ceil(bytes / 1024) + indexUnits(after, before);
}

const indexes = [
  ['payerKey', 'createdAt'],
  ['payeeKey', 'createdAt'],
  ['dueShard', 'dueAtMs'],
] as const;

function indexUnits(after: Written, before: Written | undefined): number {
  let units = 0;
  for (const index of indexes) {
    const [is, was] = [entryOf(after, index), entryOf(before, index)];
    if (is === was) continue;
    units += (is === undefined ? 0 : 1) + (was === undefined ? 0 : 1);
  }
  return units;
}

/** The keys of an item in an index, or nothing where one of them is missing. */
function entryOf(item: Written | undefined, index: readonly [string, string]): string | undefined {
  const values = index.map((attribute) => item?.[attribute]);
  return values.includes(undefined) ? undefined : values.join(' ');
}

/** Follows what each write replaces, so that a story costs what it would in a table. */
function newMeter(story: string) {
  const table = new Map<string, Written>();
  return (step: string, writes: readonly TransactWrite[]): StepCost => {
    let [bytes, units] = [0, 0];
    for (const { item } of writes) {
      // An update is of a small item (a level of stock), and a removal costs what it removes.
      const key = item.Put?.Item ?? item.Update?.Key ?? item.Delete?.Key ?? {};
      const place = `${String(key['pk'])} ${String(key['sk'])}`;
      const after: Written = item.Put?.Item ?? { ...table.get(place), ...key };
      bytes += itemBytes(after);
      units += writeUnits(after, table.get(place));
      table.set(place, after);
    }
    return { story, step, items: writes.length, bytes, writeUnits: units };
  };
}

/** Ids as long as ours and the provider's are, and a note of middling length. */
const typical: Partial<Payment> = {
  id: 'pay_00000000000000000000000000',
  payerId: 'per_11111111111111111111111111',
  payee: { kind: 'person', personId: 'per_22222222222222222222222222' },
  note: 'lunch at the corner place',
};

function costsOf(story: string, table: Table, changes: readonly PaymentChange[]): StepCost[] {
  const meter = newMeter(story);
  return changes.map((change) => meter(change.entry.step, paymentWrites(table, change)));
}

function claimedLife(): PaymentChange[] {
  const payee = { kind: 'claim', claimCode: 'c'.repeat(22), calledName: 'Robin' } as const;
  const drafted = aDraft({ ...typical, payee });
  const charging = confirmed(drafted.payment, undefined);
  const held = charged(charging.payment);
  const claimed = next(held.payment, 'claimed', { payee: typical.payee ?? payee });
  const payingOut = next(claimed.payment, 'payout_started');
  return [drafted, charging, held, claimed, payingOut, next(payingOut.payment, 'paid_out')];
}

function undoneLife(): PaymentChange[] {
  const drafted = aDraft(typical);
  const charging = confirmed(drafted.payment, undefined);
  const held = charged(charging.payment);
  const undone = next(held.payment, 'undone');
  const { payerId, amount } = drafted.payment;
  const back = { amount, nowMs: noonMs, spentAtMs: noonMs };
  const spending = giveBack(charging.spending, payerId, back);
  return [drafted, charging, held, { ...undone, spending }, next(undone.payment, 'refunded')];
}

function requestCosts(table: Table): StepCost[] {
  const meter = newMeter('a request that is accepted');
  const asked = anAskedRequest({
    id: 'req_33333333333333333333333333',
    askerId: 'per_22222222222222222222222222',
    payerId: 'per_11111111111111111111111111',
  });
  const accepted = takeRequestStep(asked.request, {
    step: 'accepted',
    actor: 'payer',
    nowMs: noonMs,
  });
  const drafted = { ...aDraft({ ...typical, requestId: asked.request.id }), request: accepted };
  return [
    meter('asked', requestWrites(table, asked)),
    meter('accepted, and its payment drafted', paymentWrites(table, drafted)),
  ];
}

function turnCosts(table: Table): StepCost[] {
  const meter = newMeter('a message that is answered');
  const address = { pageId: '100000000000000', psid: '7000000000000001' };
  const event = { eventId: `m_${'x'.repeat(120)}`, address, replies: [say('x'.repeat(200))] };
  const conversation = { address, version: 1, lastInboundAtMs: noonMs };
  return [meter('handled', turnWrites(table, { ...event, atMs: noonMs }, conversation))];
}

/** Two lines, one of them of a counted product, by Checkout, and a part of it given back. */
function orderCosts(table: Table): StepCost[] {
  const meter = newMeter('an order of two things, one of them counted, and a part refund');
  const counted = 'prd_44444444444444444444444444';
  const life = wholeOrderLife({
    id: 'ord_00000000000000000000000000',
    number: 'K7M-2QX',
    shopId: 'shp_55555555555555555555555555',
    buyerId: 'per_11111111111111111111111111',
    address: { pageId: '100000000000000', psid: '7000000000000001' },
    bill: aBill([aLine(counted, 2), aLine('prd_66666666666666666666666666')]),
  });
  const tables = { transactions: table, users: table };
  return life.map((change) =>
    meter(change.entry.step, orderWrites(tables, change, new Set([counted]))),
  );
}

function productCosts(table: Table): StepCost[] {
  const meter = newMeter('a product that is put on sale and changed');
  const made = aProduct({
    id: 'prd_44444444444444444444444444',
    shopId: 'shp_55555555555555555555555555',
    description: 'Two shots, and milk that is steamed to a fine foam',
    imageUrl: `https://joe.example/${'x'.repeat(60)}.png`,
  });
  const dearer = { ...made, version: 2, price: { minor: 475, currency: 'USD' } } as const;
  const renamed = { ...dearer, version: 3, name: 'Flat white, oat' };
  const off = { ...renamed, version: 4, isActive: false };
  return [
    meter('put on sale', productWrites(table, made, undefined)),
    meter('given a new price', productWrites(table, dearer, made)),
    meter('given a new name', productWrites(table, renamed, dearer)),
    meter('taken off', productWrites(table, off, renamed)),
  ];
}

/** Every story that docs/data.md tells the cost of. */
export function measureWriteUnits(): StepCost[] {
  const table = tableOf(newDocumentClient({ region: 'us-east-1' }), 'any');
  return [
    ...costsOf('a payment to someone who is set up', table, wholeLife(typical)),
    ...costsOf('a payment by claim link', table, claimedLife()),
    ...costsOf('a payment that is undone', table, undoneLife()),
    ...requestCosts(table),
    ...turnCosts(table),
    ...orderCosts(table),
    ...productCosts(table),
  ];
}

/** As a table in Markdown, with the sum of each story: what stands in docs/data.md. */
export function writeUnitsTable(costs: readonly StepCost[]): string {
  const rows = ['| step | items | bytes | write units |', '| --- | ---: | ---: | ---: |'];
  for (const story of new Set(costs.map((cost) => cost.story))) {
    const steps = costs.filter((cost) => cost.story === story);
    const sum = (count: (cost: StepCost) => number) =>
      steps.reduce((total, cost) => total + count(cost), 0);
    rows.push(
      ...steps.map(
        (cost) => `| ${cost.step} | ${cost.items} | ${cost.bytes} | ${cost.writeUnits} |`,
      ),
      `| **${story}** | **${sum((cost) => cost.items)}** | **${sum((cost) => cost.bytes)}** | **${sum((cost) => cost.writeUnits)}** |`,
    );
  }
  return rows.join('\n');
}

if (import.meta.main) console.log(writeUnitsTable(measureWriteUnits()));
