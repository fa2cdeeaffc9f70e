// /console/bills/{order}: one bill that the shop sent: how it stands, its links, one reminder, and taking it back.
import { mayActAs } from '../../lambdas/domain/console/roles.ts';
import { cancelOrder } from '../../lambdas/domain/orders/cancel-order.ts';
import { isNobodys, isOrderId, type Order } from '../../lambdas/domain/orders/order.ts';
import { remindOfBill } from '../../lambdas/domain/orders/remind-of-bill.ts';
import { isOpenDraft } from '../../lambdas/domain/orders/requote-order.ts';
import { type BillLinks, isOpenToTake, linksTo } from '../../lambdas/domain/orders/send-bill.ts';
import { type Html, html } from '../html.ts';
import type { PageAnswer } from '../page-answer.ts';
import { billTable } from './bill-table.ts';
import { consolePage, ofSession, type Said } from './console-layout.ts';
import type { ConsoleRequest, ConsoleWorld, Visitor } from './console-world.ts';
import { notFound } from './door.ts';
import { moment, statePill } from './order-words.ts';

const path = '/console/bills';

export interface ShownBill {
  readonly order: Order;
  readonly links?: BillLinks;
  readonly said?: Said;
}

async function billOf(
  world: Pick<ConsoleWorld, 'orders'>,
  request: ConsoleRequest,
  { shop }: Visitor,
): Promise<Order | undefined> {
  const id = request.params['order'] ?? '';
  const order = isOrderId(id) ? await world.orders.get(id) : undefined;
  const isTheirs = order?.shopId === shop.id && order.source === 'payment_request';
  return isTheirs ? order : undefined;
}

export async function showBill(
  world: ConsoleWorld,
  request: ConsoleRequest,
  visitor: Visitor,
): Promise<PageAnswer> {
  const order = await billOf(world, request, visitor);
  return order === undefined ? notFound(visitor, path) : billPage(world, visitor, { order });
}

export async function actOnBill(
  world: ConsoleWorld,
  request: ConsoleRequest,
  visitor: Visitor,
): Promise<PageAnswer> {
  const order = await billOf(world, request, visitor);
  if (order === undefined) return notFound(visitor, path);
  switch (request.form.get('do') ?? '') {
    case 'links':
      return showLinks(world, visitor, order);
    case 'remind':
      return billPage(world, visitor, await remind(world, order));
    case 'cancel':
      return billPage(world, visitor, await takeBack(world, order));
    default:
      return billPage(world, visitor, { order, said: bad('Nothing was done.') });
  }
}

const bad = (text: string): Said => ({ kind: 'bad', text });
const good = (text: string): Said => ({ kind: 'good', text });

async function showLinks(world: ConsoleWorld, visitor: Visitor, order: Order): Promise<PageAnswer> {
  if (!isOpenToTake(order) || !isOpenDraft(order, world.clock.now()))
    return billPage(world, visitor, { order, said: bad('It is open to nobody else any more.') });
  return billPage(world, visitor, { order, links: await linksTo(world, visitor.shop, order) });
}

async function remind(world: ConsoleWorld, before: Order): Promise<ShownBill> {
  const { kind, order } = await remindOfBill(world, before.id);
  switch (kind) {
    case 'reminded':
      return { order, said: good('Reminded: the bill is in their thread once more.') };
    case 'reminded_before':
      return { order, said: bad('They were reminded before. Nothing more was sent.') };
    case 'nobody_to_remind':
      return { order, said: bad('Nobody has it in Messenger. Send the link again yourself.') };
    case 'not_open':
      return { order, said: bad('It is not open any more. Nothing was sent.') };
  }
}

async function takeBack(world: ConsoleWorld, before: Order): Promise<ShownBill> {
  const { kind, order } = await cancelOrder(world, { orderId: before.id, actor: 'shop' });
  switch (kind) {
    case 'cancelled':
      return { order, said: good('Taken back. Nothing was charged.') };
    case 'closing':
      return { order, said: good('Somebody is paying this moment: Stripe is asked first.') };
    case 'too_late':
      return { order, said: bad('It is paid by now, or over. Look under Orders.') };
  }
}

export async function billPage(
  world: Pick<ConsoleWorld, 'clock'>,
  visitor: Visitor,
  { order, links, said }: ShownBill,
): Promise<PageAnswer> {
  const endsAtMs = order.sent?.endsAtMs ?? order.payBeforeMs;
  return consolePage(visitor, path, {
    title: `Bill ${order.number}`,
    ...(said === undefined ? {} : { said }),
    body: html`<div class="head"><h1>Bill ${order.number}</h1>${order.state === 'draft' ? html`<span class="pill">${isNobodys(order) ? 'Link open' : 'Sent'}</span>` : statePill(order)}</div>
<div class="columns"><div>
<section class="card"><h2>${order.buyerName}</h2>${order.payerEmail === undefined ? undefined : html`<p>${order.payerEmail}</p>`}
${order.sent?.note === undefined ? undefined : html`<p class="soft">“${order.sent.note}”</p>`}
${billTable(order)}
${endsAtMs === undefined ? undefined : html`<p class="soft">Can be paid until ${moment(visitor.shop, endsAtMs)}</p>`}
${order.paidAtMs === undefined ? undefined : html`<p><a href="/console/orders/${order.id}">See the order</a></p>`}</section></div>
<div>${links === undefined ? undefined : linkFields(links)}${forms(world, visitor, order)}</div></div>`,
  });
}

function linkFields({ url, messengerUrl }: BillLinks): Html {
  const field = (name: string, value: string) =>
    html`<label class="field">${name}<input type="text" readonly value="${value}"></label>`;
  return html`<section class="card"><h2>Links</h2>
${messengerUrl === undefined ? undefined : field('Opens in Messenger', messengerUrl)}${field(messengerUrl === undefined ? 'Their page' : 'Opens without Messenger', url)}
<p class="soft">Whoever has a link may read this bill and pay it. It is shown only now.</p></section>`;
}

function forms(
  world: Pick<ConsoleWorld, 'clock'>,
  visitor: Visitor,
  order: Order,
): Html | undefined {
  if (!mayActAs(visitor.member.role, 'staff')) return undefined;
  const isOpen = isOpenDraft(order, world.clock.now());
  const isBeingPaid = order.state === 'awaiting_payment' || order.state === 'needs_action';
  const press = (act: string, name: string) =>
    html`<form method="post" action="${path}/${order.id}">${ofSession(visitor)}<input type="hidden" name="do" value="${act}"><button class="quiet">${name}</button></form>`;
  if (!isOpen && !isBeingPaid) return undefined;
  return html`<section class="card"><h2>Next</h2>${isOpen && isOpenToTake(order) ? press('links', 'Show links to copy') : undefined}
${isOpen && !isNobodys(order) && order.sent?.remindedAtMs === undefined ? press('remind', 'Remind once') : undefined}
${press('cancel', 'Take the bill back')}
<p class="soft">A bill that was taken back can be paid no more. Make a new one if it was a mistake.</p></section>`;
}
