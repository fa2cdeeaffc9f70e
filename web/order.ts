// /order: from the bill to Stripe's page and back, and how the order stands afterwards.
import { cancelOrder } from '../lambdas/domain/orders/cancel-order.ts';
import { isNobodys, type Order, type OrderId } from '../lambdas/domain/orders/order.ts';
import { refreshOrder } from '../lambdas/domain/orders/refresh-order.ts';
import { isOpenDraft, requoteOrder } from '../lambdas/domain/orders/requote-order.ts';
import { pageLeft } from '../lambdas/domain/orders/settle-checkout.ts';
import { type LinkFor, openLink } from '../lambdas/domain/links/open-link.ts';
import { pinGuarding } from '../lambdas/domain/orders/pin-guarding.ts';
import { declineWords } from '../lambdas/domain/payments/decline-words.ts';
import { throughLink, unknownLink } from './link-pages.ts';
import { usedAddressesOf } from './order-saved-card.ts';
import { isOrderId, keyIn, letBrowserReturn } from './order-key.ts';
import { readOrderForm } from './order-form.ts';
import { type OrderNotice, orderPage, type ShownOrder } from './order-page.ts';
import { picturesOf } from './order-pictures.ts';
import { goBackToPaying, payOrder, refused } from './order-paying.ts';
import { orderStateForAnybody, orderStatePage } from './order-state-page.ts';
import { billFor, shownIn, shownToHolder, takeBill } from './sent-bill.ts';
import type { PageAnswer } from './page-answer.ts';
import type { PageRequest, PageWorld } from './page-world.ts';

type OrderLink = LinkFor<'order'>;

export async function showOrder(world: PageWorld, request: PageRequest): Promise<PageAnswer> {
  const bill = await billFor(world, request);
  if (bill !== undefined) return bill.kind === 'open' ? show(bill.shown) : bill.answer;
  return throughLink(
    world,
    { ...request, token: keyIn(request) },
    {
      kind: 'order',
      open: (link) => withOrder(world, request, { link, with: async (shown) => show(shown) }),
    },
  );
}

function show(shown: ShownOrder, notice?: OrderNotice): PageAnswer {
  if (isOpenDraft(shown.order, shown.nowMs)) return orderPage(shown, notice);
  return orderStatePage(shown, notice === undefined ? {} : { notice });
}

/** Whoever holds a link to somebody else's order, or to one that is gone, learns nothing. */
async function withOrder(
  world: PageWorld,
  request: PageRequest,
  { link, with: told }: { link: OrderLink; with: (shown: ShownOrder) => Promise<PageAnswer> },
): Promise<PageAnswer> {
  const shown = await lookUp(world, request, link);
  return shown === undefined ? unknownLink : told(shown);
}

async function lookUp(
  world: PageWorld,
  request: Pick<PageRequest, 'token' | 'browser'>,
  link: OrderLink,
): Promise<ShownOrder | undefined> {
  const order = await world.orders.get(link.purpose.orderId);
  if (order === undefined || order.buyerId !== link.personId) return undefined;
  if (isNobodys(order)) return shownToHolder(world, request, order);
  const [shop, buyer, savedCard, pin] = await Promise.all([
    world.shops.get(order.shopId),
    world.people.byId(order.buyerId),
    world.savedCards.of(order.shopId, order.buyerId),
    world.pins.of(order.buyerId),
  ]);
  if (shop === undefined || buyer === undefined) return undefined;
  const usedAddresses = savedCard === undefined ? [] : await usedAddressesOf(world, order);
  const pictures = await picturesOf(world, order);
  const guards = await pinGuarding(world, { buyer, savedCard, hasOwnPin: pin !== undefined });
  return {
    ...shownIn(world, request),
    order,
    shop,
    buyer,
    savedCard,
    usedAddresses,
    pictures,
    hasPin: guards !== undefined,
    pinOf: guards ?? buyer.id,
  };
}

export async function changeOrder(world: PageWorld, request: PageRequest): Promise<PageAnswer> {
  const bill = await takeBill(world, request);
  if (bill !== undefined) {
    if (bill.kind === 'closed') return bill.answer;
    if (payingButtons.includes(buttonOf(request)))
      await letBrowserReturn(world, request, bill.link);
    return act(world, request, bill.shown);
  }
  return throughLink(
    world,
    { ...request, token: keyIn(request) },
    {
      kind: 'order',
      open: async (link) => {
        if (payingButtons.includes(buttonOf(request))) await letBrowserReturn(world, request, link);
        return withOrder(world, request, { link, with: (shown) => act(world, request, shown) });
      },
    },
  );
}

const payingButtons: readonly string[] = ['pay', 'pay_saved', 'continue'];

function buttonOf({ form }: PageRequest): string {
  return form.get('do') ?? '';
}

async function act(world: PageWorld, request: PageRequest, shown: ShownOrder): Promise<PageAnswer> {
  switch (buttonOf(request)) {
    case 'update':
      return update(world, request, shown);
    case 'pay':
      return payOrder(world, request, { shown, by: 'checkout' });
    case 'pay_saved':
      return payOrder(world, request, { shown, by: 'saved_card' });
    case 'continue':
      return goBackToPaying(world, shown);
    case 'forget_card':
      return forgetCard(world, shown);
    case 'cancel':
      return cancel(world, shown);
    case 'anew':
      return show(shown);
    default:
      return show(shown, { kind: 'bad', text: 'Nothing was changed.', status: 422 });
  }
}

async function update(
  world: PageWorld,
  request: PageRequest,
  shown: ShownOrder,
): Promise<PageAnswer> {
  if (!isOpenDraft(shown.order, shown.nowMs)) return show(shown);
  const { fields, problems, wish } = readOrderForm(request.form, shown);
  if (wish === undefined)
    return show(shown, {
      kind: 'bad',
      text: 'Please look at what is marked below. Nothing was changed.',
      status: 422,
      problems,
      fields,
    });
  const outcome = await requoteOrder(world, shown.order.id, wish);
  switch (outcome.kind) {
    case 'requoted':
      return show({ ...shown, order: outcome.order });
    case 'not_open':
      return show({ ...shown, order: outcome.order });
    case 'refused':
      return show({ ...shown, order: outcome.order }, refused(outcome, fields));
  }
}

async function forgetCard(world: PageWorld, shown: ShownOrder): Promise<PageAnswer> {
  await world.savedCards.forget(shown.shop.id, shown.buyer.id);
  return show(
    { ...shown, savedCard: undefined },
    { kind: 'good', text: `${shown.shop.name} no longer keeps your card.`, status: 200 },
  );
}

async function cancel(world: PageWorld, shown: ShownOrder): Promise<PageAnswer> {
  // Whoever has the link may pay the bill; only the shop takes it back from all the others, too.
  if (isNobodys(shown.order))
    return show(shown, { kind: 'bad', text: 'Only the shop can take its bill back.', status: 403 });
  const { kind, order } = await cancelOrder(world, { orderId: shown.order.id, actor: 'buyer' });
  const now = { ...shown, order };
  switch (kind) {
    case 'cancelled':
    case 'closing':
      return show(now);
    case 'too_late':
      return show(now, {
        kind: 'bad',
        text: `It is too late to cancel here. Ask ${shown.shop.name} in the chat.`,
        status: 409,
      });
  }
}

/**
 * Back from Stripe's page or the bank's, paid or not: coming back proves nothing, so the provider is asked, and nothing else
 * changes. Banks come back in whatever browser the phone likes: one that did not leave is told how it stands, no more.
 */
export async function backFromPaying(world: PageWorld, request: PageRequest): Promise<PageAnswer> {
  const orderId = await orderOf(world, request.token);
  const order = orderId === undefined ? undefined : await refreshOrder(world, orderId);
  if (order === undefined) return unknownLink;
  const shown = await ownOrder(world, request);
  if (shown === undefined) return orderStateForAnybody(order, world.clock.now());
  return isOpenDraft(shown.order, shown.nowMs)
    ? orderPage(shown, backAtTheBill(shown.order))
    : orderStatePage(shown, { looks: looksIn(request) });
}

async function orderOf(world: PageWorld, token: string): Promise<OrderId | undefined> {
  if (isOrderId(token)) return token;
  const link = await world.links.get(world.tokens.fingerprint(token));
  return link?.purpose.kind === 'order' ? link.purpose.orderId : undefined;
}

async function ownOrder(world: PageWorld, request: PageRequest): Promise<ShownOrder | undefined> {
  const { token, browser } = request;
  const opened = await openLink(world, { kind: 'order', token: keyIn(request), browser });
  return opened.kind === 'open' ? lookUp(world, { token, browser }, opened.link) : undefined;
}

function looksIn({ query }: PageRequest): number {
  const look = query['look'] ?? '';
  return /^\d{1,3}$/u.test(look) ? Number(look) : 0;
}

/** A card that said no while the buyer was at their bank. */
function backAtTheBill({ reason }: Order): OrderNotice | undefined {
  if (reason === undefined || reason === pageLeft) return undefined;
  return {
    kind: 'bad',
    text: `${declineWords(reason)} Nothing was charged. Please try another card.`,
    status: 200,
  };
}
