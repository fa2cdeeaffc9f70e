// Reads a shop's balance, payouts and fees on its own account at Stripe.
import * as z from 'zod/mini';
import { type Money, money, subtract } from '../../domain/money/money.ts';
import type {
  PayoutTrouble,
  ShopMoney,
  ShopMovementKind,
  ShopMovement,
  ShopPayout,
  ShopPayoutState,
} from '../../domain/orders/shop-money.ts';
import type { Page, PageOf } from '../../domain/shops/ports.ts';
import { fromStripeAmount } from './amounts.ts';
import type { StripeClient } from './client.ts';
import { idSchema, pageSchema } from './expandable.ts';
import { find, read } from './find-object.ts';
import { metadataSchema, orderIdIn } from './tie-back.ts';

const amountSchema = z.object({ amount: z.int(), currency: z.string() });

const balanceSchema = z.object({
  available: z.array(amountSchema),
  pending: z.array(amountSchema),
});

const payoutSchema = z.object({
  id: z.string(),
  amount: z.int(),
  currency: z.string(),
  status: z.string(),
  /** Seconds. */
  arrival_date: z.int(),
  failure_code: z.nullish(z.string()),
});

const sourceSchema = z.object({
  id: z.string(),
  metadata: z.nullish(metadataSchema),
  charge: z.nullish(idSchema),
});

const movementSchema = z.object({
  id: z.string(),
  type: z.string(),
  /** Seconds. */
  created: z.int(),
  amount: z.int(),
  fee: z.int(),
  net: z.int(),
  currency: z.string(),
  fee_details: z.array(z.object({ amount: z.int(), type: z.string() })),
  source: z.nullish(z.union([z.string(), sourceSchema])),
});

type RawMovement = z.infer<typeof movementSchema>;

export function createShopMoney(client: StripeClient): ShopMoney {
  return {
    async balance(stripeAccount) {
      const found = await find(client, balanceSchema, (stripe) =>
        stripe.balance.retrieve({}, { stripeAccount }),
      );
      return read(found, ({ available, pending }) => ({
        available: readable(available),
        pending: readable(pending),
      }));
    },
    async payouts(stripeAccount, page) {
      const found = await find(client, pageSchema(payoutSchema), (stripe) =>
        stripe.payouts.list(asked(page), { stripeAccount }),
      );
      return read(found, (told) => pageOf(told, told.data.flatMap(readPayout)));
    },
    async movements(stripeAccount, { fromMs, toMs, ...page }) {
      const created = { gte: Math.ceil(fromMs / 1000), lt: Math.ceil(toMs / 1000) };
      const found = await find(client, pageSchema(movementSchema), (stripe) =>
        stripe.balanceTransactions.list(
          { ...asked(page), created, expand: ['data.source'] },
          { stripeAccount },
        ),
      );
      return read(found, (told) => pageOf(told, readMovements(told.data)));
    },
  };
}

function asked({ limit, after }: PageOf) {
  return { limit, ...(after === undefined ? {} : { starting_after: after }) };
}

/** By what Stripe sent, so that a row which cannot be read does not end the list. */
function pageOf<Thing>(
  told: { readonly data: readonly { readonly id: string }[]; readonly has_more: boolean },
  things: readonly Thing[],
): Page<Thing> {
  const last = told.data.at(-1);
  return told.has_more && last !== undefined ? { things, next: last.id } : { things };
}

function readable(amounts: readonly z.infer<typeof amountSchema>[]): Money[] {
  return amounts.flatMap((each) => fromStripeAmount(each) ?? []);
}

function readPayout(raw: z.infer<typeof payoutSchema>): ShopPayout[] {
  const amount = fromStripeAmount(raw);
  if (amount === undefined) return [];
  const state = states[raw.status] ?? 'pending';
  const trouble = raw.failure_code ? (troubles[raw.failure_code] ?? 'other') : undefined;
  const arrivesAtMs = raw.arrival_date * 1000;
  return [{ id: raw.id, amount, state, arrivesAtMs, ...(trouble && { trouble }) }];
}

const states: Readonly<Record<string, ShopPayoutState>> = {
  pending: 'pending',
  in_transit: 'in_transit',
  paid: 'paid',
  failed: 'failed',
  canceled: 'canceled',
};

/** docs.stripe.com/api/payouts/failures */
const troubles: Readonly<Record<string, PayoutTrouble>> = {
  account_closed: 'account_closed',
  account_frozen: 'bank_refused',
  bank_account_restricted: 'bank_refused',
  bank_ownership_changed: 'account_wrong',
  debit_not_authorized: 'bank_refused',
  declined: 'bank_refused',
  incorrect_account_holder_name: 'name_wrong',
  incorrect_account_holder_address: 'name_wrong',
  incorrect_account_holder_tax_id: 'name_wrong',
  incorrect_account_type: 'account_wrong',
  insufficient_funds: 'not_enough',
  invalid_account_number: 'account_wrong',
  invalid_account_number_length: 'account_wrong',
  invalid_currency: 'account_wrong',
  no_account: 'account_wrong',
};

/** What comes later about a charge (a dispute, a fee given back) is of its order too, where both are on one page. */
function readMovements(raws: readonly RawMovement[]): ShopMovement[] {
  const orders = new Map(
    raws.flatMap(({ source }) => {
      const orderId = typeof source === 'object' ? orderIdIn(source?.metadata) : undefined;
      return source && typeof source === 'object' && orderId ? [[source.id, orderId] as const] : [];
    }),
  );
  return raws.flatMap((raw) => {
    const { source } = raw;
    const [id, charge] =
      source && typeof source === 'object' ? [source.id, source.charge ?? ''] : ['', ''];
    const orderId = orders.get(id) ?? orders.get(charge);
    const movement = readMovement(raw);
    return movement === undefined ? [] : [{ ...movement, ...(orderId && { orderId }) }];
  });
}

function readMovement(raw: RawMovement): Omit<ShopMovement, 'orderId'> | undefined {
  const net = fromStripeAmount({ amount: raw.net, currency: raw.currency });
  const told = fromStripeAmount(raw);
  const all = fromStripeAmount({ amount: raw.fee, currency: raw.currency });
  const operators = raw.fee_details
    .filter(({ type }) => type === 'application_fee')
    .reduce((sum, { amount }) => sum + amount, 0);
  const operatorFee = fromStripeAmount({ amount: operators, currency: raw.currency });
  if (!net || !told || !all || !operatorFee) return undefined;
  const kind = kinds[raw.type] ?? 'other';
  const about = { id: raw.id, kind, atMs: raw.created * 1000, net };
  const none = money(0, net.currency);
  const providerFee = subtract(all, operatorFee);
  // Money of the operator's and the provider's own, and none of a buyer's.
  if (kind === 'fee_back')
    return { ...about, amount: none, operatorFee: subtract(none, net), providerFee: none };
  if (kind === 'provider_fee')
    return { ...about, amount: none, operatorFee: none, providerFee: subtract(none, net) };
  return { ...about, amount: told, operatorFee, providerFee };
}

const kinds: Readonly<Record<string, ShopMovementKind>> = {
  charge: 'sale',
  payment: 'sale',
  refund: 'refund',
  payment_refund: 'refund',
  refund_failure: 'refund_failed',
  payment_failure_refund: 'sale_failed',
  // Withdrawn for a dispute, or given back after one.
  adjustment: 'dispute',
  application_fee_refund: 'fee_back',
  payout: 'payout',
  payout_failure: 'payout_failed',
  payout_cancel: 'payout_failed',
  stripe_fee: 'provider_fee',
  stripe_fx_fee: 'provider_fee',
  tax_fee: 'provider_fee',
};
