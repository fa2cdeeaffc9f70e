// A bill that went out as a link, in a browser: whoever takes it first pays it here, and nobody else sees what they typed.
import type { LinkFor } from '../lambdas/domain/links/open-link.ts';
import { openLink } from '../lambdas/domain/links/open-link.ts';
import { holdBill } from '../lambdas/domain/orders/hold-bill.ts';
import { nobody } from '../lambdas/domain/orders/nobody.ts';
import type { Order } from '../lambdas/domain/orders/order.ts';
import { isOpenDraft } from '../lambdas/domain/orders/requote-order.ts';
import { isOpenToTake } from '../lambdas/domain/orders/send-bill.ts';
import { writeShopRef } from '../lambdas/domain/shops/shop-refs.ts';
import type { Shop } from '../lambdas/domain/shops/shop.ts';
import { html } from './html.ts';
import { layout, messagePage } from './layout.ts';
import { expiredLink, unknownLink } from './link-pages.ts';
import type { ShownOrder } from './order-page.ts';
import { orderStateForAnybody } from './order-state-page.ts';
import { orderStyle } from './order-style.ts';
import type { PageAnswer } from './page-answer.ts';
import type { PageRequest, PageWorld } from './page-world.ts';

type FromBrowser = Pick<PageRequest, 'token' | 'browser'>;

export type BillInBrowser =
  | { readonly kind: 'open'; readonly shown: ShownOrder; readonly link: LinkFor<'order'> }
  | { readonly kind: 'closed'; readonly answer: PageAnswer };

/** What every page of an order knows of whoever looks. */
export function shownIn(
  world: PageWorld,
  { token }: FromBrowser,
): Pick<ShownOrder, 'token' | 'formTargets' | 'nowMs' | 'fingerprint'> {
  return {
    token,
    formTargets: world.providerOrigins,
    nowMs: world.clock.now(),
    fingerprint: (text) => world.tokens.fingerprint(text),
  };
}

/** Undefined in another browser than the one that took the bill, and for a bill that somebody has in Messenger. */
export async function shownToHolder(
  world: PageWorld,
  request: FromBrowser,
  order: Order,
): Promise<ShownOrder | undefined> {
  const shop = await world.shops.get(order.shopId);
  if (shop === undefined || !isHolder(world, request, order)) return undefined;
  return shownToNobody(world, request, { order, shop });
}

/** Looking changes nothing: previews and crawlers open links too. Undefined: the link is no bill's. */
export async function billFor(
  world: PageWorld,
  request: PageRequest,
): Promise<BillInBrowser | undefined> {
  const found = await find(world, request);
  if (found === undefined || 'kind' in found) return found;
  const { order, shop } = found;
  const isUntaken = isOpenToTake(order) && order.sent?.holder === undefined;
  const isFree = isUntaken && isOpenDraft(order, world.clock.now());
  return isFree || isHolder(world, request, order)
    ? open(world, request, found)
    : { kind: 'closed', answer: forStrangers(world, request, { order, shop }) };
}

/** The first button that is pressed takes it for this browser; "Start afresh" takes it from another, empty. */
export async function takeBill(
  world: PageWorld,
  request: PageRequest,
): Promise<BillInBrowser | undefined> {
  const found = await find(world, request);
  if (found === undefined || 'kind' in found) return found;
  const { order, shop } = found;
  if (isHolder(world, request, order)) return open(world, request, found);
  if (request.browser === undefined) return { kind: 'closed', answer: keepsNoCookies };
  const holder = world.tokens.fingerprint(request.browser);
  const anew = request.form.get('do') === 'anew';
  const held = await holdBill(world, order, { holder, anew });
  return held.kind === 'held'
    ? open(world, request, { ...found, order: held.order })
    : { kind: 'closed', answer: forStrangers(world, request, { order: held.order, shop }) };
}

interface Found {
  readonly order: Order;
  readonly shop: Shop;
  readonly link: LinkFor<'bill'>;
}

async function find(
  world: PageWorld,
  { token, browser }: FromBrowser,
): Promise<Found | Extract<BillInBrowser, { kind: 'closed' }> | undefined> {
  const opened = await openLink(world, { kind: 'bill', token, browser });
  if (opened.kind === 'expired') return { kind: 'closed', answer: expiredLink };
  if (opened.kind !== 'open') return undefined;
  const order = await world.orders.get(opened.link.purpose.orderId);
  const shop = order === undefined ? undefined : await world.shops.get(order.shopId);
  if (order === undefined || shop === undefined) return { kind: 'closed', answer: unknownLink };
  return { order, shop, link: opened.link };
}

function isHolder(world: Pick<PageWorld, 'tokens'>, { browser }: FromBrowser, order: Order) {
  if (browser === undefined || !isOpenToTake(order)) return false;
  return order.sent?.holder === world.tokens.fingerprint(browser);
}

function open(world: PageWorld, request: PageRequest, { order, shop, link }: Found): BillInBrowser {
  const shown = shownToNobody(world, request, { order, shop });
  const ref = writeShopRef({ kind: 'open_bill', token: request.token });
  const purpose = { kind: 'order', orderId: order.id } as const;
  return {
    kind: 'open',
    shown: { ...shown, messengerUrl: `https://m.me/${shop.pageId}?ref=${ref}` },
    link: { ...link, purpose },
  };
}

function shownToNobody(
  world: PageWorld,
  request: FromBrowser,
  { order, shop }: Pick<Found, 'order' | 'shop'>,
): ShownOrder {
  const buyer = nobody(order);
  return {
    ...shownIn(world, request),
    order,
    shop,
    buyer,
    savedCard: undefined,
    hasPin: false,
    pinOf: buyer.id,
  };
}

const keepsNoCookies = messagePage({
  title: 'This browser keeps no cookies',
  text: 'Without one we could not tell you from others who have this link. Open it in another browser. Nothing was charged.',
  mark: '🍪',
  status: 403,
});

/** No names, no amounts: whatever was typed is the other browser's. */
function forStrangers(
  world: Pick<PageWorld, 'clock'>,
  { token }: FromBrowser,
  { order, shop }: Pick<Found, 'order' | 'shop'>,
): PageAnswer {
  if (!isOpenToTake(order))
    return messagePage({
      title: 'Somebody has taken this bill',
      text: `It was opened in Messenger and is paid there. If it was meant for you, ask ${shop.name} for another.`,
      mark: '🔒',
      status: 403,
    });
  const nowMs = world.clock.now();
  if (!isOpenDraft(order, nowMs)) return orderStateForAnybody(order, nowMs);
  return layout({
    title: 'This bill is open elsewhere',
    status: 403,
    style: orderStyle,
    body: html`<div class="order"><section class="card"><p class="mark" aria-hidden="true">🔒</p>
<h1>This bill is open elsewhere</h1>
<p>Another browser had it first. If nobody pays there, you can start afresh here: what was typed there is gone then.</p>
<form method="post" action="/order/${token}"><button name="do" value="anew">Start afresh</button></form></section></div>`,
  });
}
