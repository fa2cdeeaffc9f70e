// /console/orders: the shop's orders, newest first, kept fresh by the script; without it, by loading again.
import { createHash } from 'node:crypto';
import type { Order, OrderState } from '../../lambdas/domain/orders/order.ts';
import type { Page } from '../../lambdas/domain/shops/ports.ts';
import type { Shop } from '../../lambdas/domain/shops/shop.ts';
import { Html, html } from '../html.ts';
import type { PageAnswer } from '../page-answer.ts';
import { consolePage } from './console-layout.ts';
import type { ConsoleAnswer, ConsoleRequest, ConsoleWorld, Visitor } from './console-world.ts';
import { moment, price, stateName, statePill } from './order-words.ts';
import { threadSaid, threadsCard } from './threads.ts';

const path = '/console/orders';
const pageSize = 30;

/** Those that a shop works by; each is one word of the address. */
const shownStates = [
  'paid',
  'preparing',
  'ready',
  'fulfilled',
  'awaiting_payment',
  'cancelled',
  'conflicted',
] as const satisfies readonly OrderState[];

function wantedState(request: ConsoleRequest): OrderState | undefined {
  return shownStates.find((state) => state === request.query['state']);
}

async function read(
  world: ConsoleWorld,
  request: ConsoleRequest,
  shop: Shop,
): Promise<Page<Order>> {
  const state = wantedState(request);
  const after = request.query['after'];
  return world.orders.ofShop(shop.id, {
    limit: pageSize,
    ...(state === undefined ? {} : { state }),
    ...(after === undefined || after === '' ? {} : { after }),
  });
}

export async function listOrders(
  world: ConsoleWorld,
  request: ConsoleRequest,
  visitor: Visitor,
): Promise<PageAnswer> {
  const { things, next } = await read(world, request, visitor.shop);
  const state = wantedState(request);
  const rows = orderRows(visitor.shop, things, state);
  // Later pages stand still: what is new arrives on the first.
  const isFirst = request.query['after'] === undefined;
  const freshness = html` data-live="${path}/rows${state === undefined ? undefined : html`?state=${state}`}" data-tag="${tagOf(rows)}"`;
  return consolePage(visitor, path, {
    title: 'Orders',
    ...threadSaid(request.query['thread']),
    body: html`<div class="head"><h1>Orders</h1>${isFirst ? html`<p class="live" role="status" aria-live="polite">Load the page again to see what is new</p>` : undefined}</div>
${isFirst ? await threadsCard(world, visitor) : undefined}
<div class="filters" role="group" aria-label="Filter by state">${filter(undefined, state)}${shownStates.map((each) => filter(each, state))}</div>
<ol class="list orders"${isFirst ? freshness : undefined}>${rows}</ol>
${next === undefined ? undefined : html`<p class="more"><a href="${address({ state, after: next })}">Older orders</a></p>`}`,
  });
}

/** The rows alone, for the script; 304 where nothing has changed. */
export async function freshRows(
  world: ConsoleWorld,
  request: ConsoleRequest,
  visitor: Visitor,
): Promise<ConsoleAnswer> {
  const { things } = await read(world, request, visitor.shop);
  const rows = orderRows(visitor.shop, things, wantedState(request));
  const tag = tagOf(rows);
  if (request.knownTag === tag) return { kind: 'not_changed', tag };
  return { kind: 'file', contentType: 'text/html; charset=utf-8', body: rows.text, tag };
}

function orderRows(shop: Shop, orders: readonly Order[], state: OrderState | undefined): Html {
  if (orders.length > 0) return new Html(orders.map((order) => row(shop, order).text).join('\n'));
  return state === undefined
    ? html`<li class="empty"><p class="title">No orders yet</p><p class="soft">As soon as somebody buys in your thread, the order appears here by itself.</p></li>`
    : html`<li class="empty"><p class="title">Nothing is “${stateName(state)}”</p></li>`;
}

function row(shop: Shop, order: Order): Html {
  return html`<li data-order="${order.id}" data-state="${order.state}"><a href="${path}/${order.id}">
<span class="title">${order.number} · ${order.buyerName}</span><span class="right title">${price(order.bill.total)}</span>
<span class="small-print">${contents(order)}</span><span class="right">${statePill(order)}${attention(order)}</span>
<span class="small-print">${moment(shop, order.paidAtMs ?? order.createdAtMs)} · ${order.wish.handover.kind === 'shipping' ? 'Shipping' : 'Pick‑up'}</span>
</a></li>`;
}

function contents(order: Order): string {
  return order.bill.lines.map(({ quantity, name }) => `${quantity} × ${name}`).join(', ');
}

function attention(order: Order): Html | undefined {
  if (order.dispute?.state === 'needs_response')
    return html` <span class="pill bad">Disputed</span>`;
  if (order.refundWish?.state === 'open') return html` <span class="pill bad">Refund asked</span>`;
  if (order.refunds.some(({ state }) => state === 'failed'))
    return html` <span class="pill bad">Refund failed</span>`;
  return order.refunds.length > 0 ? html` <span class="pill">Refund</span>` : undefined;
}

function filter(state: OrderState | undefined, chosen: OrderState | undefined): Html {
  const name = state === undefined ? 'All' : stateName(state);
  return html`<a href="${address({ state })}"${state === chosen ? html` aria-current="true"` : undefined}>${name}</a>`;
}

function address(to: { state?: OrderState | undefined; after?: string }): string {
  const query = new URLSearchParams();
  if (to.state !== undefined) query.set('state', to.state);
  if (to.after !== undefined) query.set('after', to.after);
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}

function tagOf(rows: Html): string {
  return createHash('sha256').update(rows.text).digest('hex').slice(0, 32);
}
