// /console/bills: the bills that a shop has sent and how they stand, and a new one.
import { sendBill, type SendBillOutcome } from '../../lambdas/domain/orders/send-bill.ts';
import { mayActAs } from '../../lambdas/domain/console/roles.ts';
import { isNobodys, type Order } from '../../lambdas/domain/orders/order.ts';
import { Html, html } from '../html.ts';
import { refusalWords } from '../order-words.ts';
import type { PageAnswer } from '../page-answer.ts';
import { billForm, type BillTyped, readBill } from './bill-form.ts';
import { billPage } from './bill-page.ts';
import { consolePage, type Said } from './console-layout.ts';
import type { ConsoleRequest, ConsoleWorld, Visitor } from './console-world.ts';
import { isNonce } from './nonce.ts';
import { moment, price, statePill } from './order-words.ts';
import { speakerOf } from './speaker-of.ts';

const path = '/console/bills';
const pageSize = 30;
/** How far back a buyer counts as recent, and how many products can be picked in a list. */
const lookBack = 50;
const mostProducts = 100;

export async function listBills(
  world: ConsoleWorld,
  request: ConsoleRequest,
  visitor: Visitor,
): Promise<PageAnswer> {
  const after = request.query['after'] ?? '';
  const { things, next } = await world.orders.billsOf(visitor.shop.id, {
    limit: pageSize,
    ...(after === '' ? {} : { after }),
  });
  const mayMake = mayActAs(visitor.member.role, 'staff');
  const older = next === undefined ? undefined : new URLSearchParams({ after: next }).toString();
  return consolePage(visitor, path, {
    title: 'Bills',
    body: html`<div class="head"><h1>Bills you sent</h1>${mayMake ? html`<div class="tools"><a class="button" href="${path}/new">New bill</a></div>` : undefined}</div>
<ol class="list orders">${rowsOf(visitor, things)}</ol>
${older === undefined ? undefined : html`<p class="more"><a href="${path}?${older}">Older bills</a></p>`}`,
  });
}

function rowsOf({ shop }: Visitor, orders: readonly Order[]): Html {
  if (orders.length === 0)
    return html`<li class="empty"><p class="title">No bills yet</p><p class="soft">Send somebody a bill of products or of lines of your own: in their thread, or as a link.</p></li>`;
  return new Html(
    orders
      .map(
        (order) =>
          html`<li data-bill="${order.id}" data-state="${order.state}"><a href="${path}/${order.id}">
<span class="title">${order.number} · ${order.buyerName}</span><span class="right title">${price(order.bill.total)}</span>
<span class="small-print">${order.bill.lines.map(({ quantity, name }) => `${quantity} × ${name}`).join(', ')}</span><span class="right">${order.state === 'draft' ? html`<span class="pill">${isNobodys(order) ? 'Link open' : 'Sent'}</span>` : statePill(order)}</span>
<span class="small-print">${moment(shop, order.createdAtMs)}</span></a></li>`.text,
      )
      .join('\n'),
  );
}

export async function showNewBill(
  world: ConsoleWorld,
  _request: ConsoleRequest,
  visitor: Visitor,
): Promise<PageAnswer> {
  return newBillPage(world, visitor, { typed: new URLSearchParams() });
}

async function newBillPage(
  world: ConsoleWorld,
  visitor: Visitor,
  { typed, said }: { readonly typed: URLSearchParams; readonly said?: Said },
): Promise<PageAnswer> {
  const [products, recent] = await Promise.all([
    world.products.ofShop(visitor.shop.id, { limit: mostProducts }),
    recentBuyers(world, visitor),
  ]);
  const sold = products.things.filter(({ isActive }) => isActive);
  const form = { products: sold, recent, typed, nonce: world.tokens.newToken() };
  return consolePage(visitor, path, {
    title: 'New bill',
    ...(said === undefined ? {} : { said }),
    body: html`<h1>New bill</h1>${billForm(visitor, form)}`,
  });
}

/** The latest order of each: whoever bought without a thread cannot be written to. */
async function recentBuyers(world: ConsoleWorld, { shop }: Visitor): Promise<Order[]> {
  const { things } = await world.orders.ofShop(shop.id, { limit: lookBack });
  const latest = new Map<string, Order>();
  for (const order of things)
    if (!isNobodys(order) && !latest.has(order.buyerId)) latest.set(order.buyerId, order);
  return [...latest.values()];
}

export async function makeBill(
  world: ConsoleWorld,
  request: ConsoleRequest,
  visitor: Visitor,
): Promise<PageAnswer> {
  const { form } = request;
  const again = (text: string) =>
    newBillPage(world, visitor, { typed: form, said: { kind: 'bad', text } });
  const bill = readBill(form, await speakerOf(world, visitor));
  if (typeof bill === 'string') return again(`${bill} Nothing was sent.`);
  const nonce = form.get('nonce') ?? '';
  if (!isNonce(nonce)) return again('Please send it once more. Nothing was sent.');
  const outcome = await send(world, { visitor, form, bill, nonce });
  switch (outcome.kind) {
    case 'sent': {
      const { order, links } = outcome;
      const text =
        order.sent?.isByLink === true
          ? 'The bill is made. Copy a link below and send it to whoever pays.'
          : `The bill is on its way to ${order.buyerName} in their thread.`;
      return billPage(world, visitor, { order, links, said: { kind: 'good', text } });
    }
    case 'person_unknown':
      return again('This buyer cannot be written to any more. Nothing was sent.');
    case 'refused':
      return again(`${refusalWords(outcome.why, outcome.what).text} Nothing was sent.`);
  }
}

interface Sending {
  readonly visitor: Visitor;
  readonly form: URLSearchParams;
  readonly bill: BillTyped;
  readonly nonce: string;
}

async function send(
  world: ConsoleWorld,
  { visitor, form, bill, nonce }: Sending,
): Promise<SendBillOutcome> {
  const { shop, member } = visitor;
  const chosen = form.get('to') ?? '';
  const madeBy = `console:${member.personId}:${nonce}`;
  if (chosen === '') return sendBill(world, { shop, ...bill, madeBy });
  const buyers = await recentBuyers(world, visitor);
  const to = buyers.find(({ id }) => id === chosen)?.address;
  return to === undefined
    ? { kind: 'person_unknown' }
    : sendBill(world, { shop, to, ...bill, madeBy });
}
