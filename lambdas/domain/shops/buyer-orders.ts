// What a buyer asks about orders that they have made: where they are, the same again, cancel, refund.
import { type Reply, say } from '../chat/reply.ts';
import { answer, type Turn } from '../chat/turn.ts';
import { isPositive } from '../money/money.ts';
import { cancelOrder } from '../orders/cancel-order.ts';
import type { Order, OrderId } from '../orders/order.ts';
import { leftToRefund } from '../orders/refundable.ts';
import { wishForRefund } from '../orders/refund-wish.ts';
import { orderCard, orderStateWords } from '../orders/replies.ts';
import { withLine, withQuantity, isSameThing } from './cart-changes.ts';
import { reviewCards } from './check-out-turn.ts';
import { priceCart, showCart } from './show-cart.ts';
import { writeShopPayload } from './shop-payloads.ts';
import { toCart, toMenu, toOrders, toShop } from './shop-replies.ts';
import type { Shopping } from './shopping.ts';
import { priceFor } from './shop-words.ts';

/** How far back “the latest that fits” looks, and how many are shown. */
const lookBack = 20;
const mostShown = 5;

export async function showOrders(
  shopping: Shopping,
  { number }: { readonly number?: string },
): Promise<Turn> {
  const { person } = shopping;
  const orders = (await ordersOf(shopping)).filter(isWorthShowing);
  const wanted = number === undefined ? orders : orders.filter((each) => each.number === number);
  if (wanted.length === 0 && number !== undefined)
    return answer(say(`You have no order ${number} here.`, [toOrders, toMenu]));
  const cards = wanted.slice(0, mostShown).map((order) => orderCard(order, person));
  if (cards.length === 0) return answer(say('You have no orders here yet.', [toMenu, toCart]));
  const draft = wanted.slice(0, mostShown).find(({ state }) => state === 'draft');
  const toPay = draft === undefined ? [] : await reviewCards(shopping, draft);
  return answer({ kind: 'cards', cards }, ...toPay);
}

/** What never became a purchase is nobody's news. */
function isWorthShowing({ state, paidAtMs, source }: Order): boolean {
  if (state === 'draft') return source === 'payment_request';
  return paidAtMs !== undefined || (state !== 'cancelled' && state !== 'expired');
}

/** The latest that was paid, as far as the shop still sells it: what is in the cart stays, and nothing doubles. */
export async function reorder(
  shopping: Shopping,
  { orderId }: { readonly orderId?: OrderId },
): Promise<Turn> {
  const order = await find(shopping, orderId, ({ paidAtMs }) => paidAtMs !== undefined);
  if (order === undefined)
    return answer(
      say('You have not bought anything here yet, so I do not know what that is.', [toMenu]),
    );
  const { cart: sold, gone } = await priceCart({
    ...shopping,
    cart: { lines: order.wish.lines },
  });
  let { cart } = shopping;
  for (const line of sold.lines) {
    const known = cart.lines.find((each) => isSameThing(each, line));
    const next =
      known === undefined
        ? withLine(cart, line)
        : withQuantity(cart, known, Math.max(known.quantity, line.quantity));
    if (next !== 'full') cart = next;
  }
  if (sold.lines.length === 0)
    return answer(say('Nothing of that order is on the menu any more.', [toMenu]));
  const lost = gone.length === 0 ? [] : [say(`No longer on the menu: ${gone.join(', ')}.`)];
  const shown = await showCart({ ...shopping, cart });
  return { ...shown, replies: [...lost, ...shown.replies] };
}

export async function cancelMyOrder(
  shopping: Shopping,
  { orderId }: { readonly orderId?: OrderId },
): Promise<Turn> {
  const { world, person } = shopping;
  const order =
    (await find(shopping, orderId, isUnpaid)) ?? (await find(shopping, orderId, isUnderWay));
  if (order === undefined) return nothingToCancel(shopping);
  const cancelled = await cancelOrder(world, { orderId: order.id, actor: 'buyer' });
  const { number } = cancelled.order;
  switch (cancelled.kind) {
    case 'cancelled':
      return answer(
        say(`Order ${number} is cancelled. Nothing was charged, and your cart is kept.`, [
          toCart,
          toMenu,
        ]),
      );
    case 'closing':
      return answer(
        say(
          `We are closing order ${number}. If your payment was quicker than that, we tell you here; you are not charged after it is closed.`,
        ),
      );
    case 'too_late':
      return answer(tooLate(cancelled.order, person));
  }
}

function isUnpaid({ state, closing }: Order): boolean {
  return closing === undefined && /^(?:draft|awaiting_payment|needs_action)$/u.test(state);
}

function isUnderWay({ state }: Order): boolean {
  return state === 'paid' || state === 'preparing' || state === 'ready';
}

/** With nothing ordered, "cancel" may mean the cart. */
function nothingToCancel({ cart }: Shopping): Turn {
  if (cart.lines.length === 0)
    return answer(say('You have no order to cancel.', [toOrders, toMenu]));
  const empty = { title: 'Empty cart', payload: writeShopPayload({ kind: 'empty_cart' }) };
  return answer(say('Nothing is ordered yet, so there is nothing to cancel.', [empty, toCart]));
}

function tooLate(order: Order, person: Shopping['person']): Reply {
  const refund = writeShopPayload({ kind: 'ask_refund', orderId: order.id });
  const text = `Order ${order.number} is ${orderStateWords(order)}, so it cannot be called off here. You can ask the shop for your money back.`;
  return isPositive(leftToRefund(order))
    ? say(`${text} It was ${priceFor(person, order.bill.total)}.`, [
        { title: 'Ask for a refund', payload: refund },
        toShop,
      ])
    : say(`Order ${order.number} is ${orderStateWords(order)}.`, [toShop]);
}

/** Only the shop gives money back: the wish is kept with the order, and its journal tells the team of it. */
export async function askRefund(
  shopping: Shopping,
  { orderId, why }: { readonly orderId?: OrderId; readonly why?: string },
): Promise<Turn> {
  const { world, person, shop } = shopping;
  const order = await find(shopping, orderId, (each) => isPositive(leftToRefund(each)));
  const wished =
    order === undefined
      ? ({ kind: 'not_refundable' } as const)
      : await wishForRefund(world, {
          orderId: order.id,
          ...(why === undefined ? {} : { words: why }),
        });
  switch (wished.kind) {
    case 'wished':
      return answer(
        say(
          `I have asked ${shop.name} to give you back up to ${priceFor(person, leftToRefund(wished.order))} for order ${wished.order.number}. They decide; as soon as they do, you hear it here.`,
          [toOrders, toShop],
        ),
      );
    case 'wished_before':
      return answer(
        say(
          `${shop.name} knows already that you want your money back for order ${wished.order.number}. As soon as they decide, you hear it here.`,
          [toOrders, toShop],
        ),
      );
    case 'refused_before':
      return answer(
        say(
          `${shop.name} has decided about order ${wished.order.number}: “${wished.words}” If you see it otherwise, talk to them.`,
          [toShop, toOrders],
        ),
      );
    case 'not_refundable':
      return answer(
        say('There is no order of yours that could still be refunded.', [toOrders, toShop]),
      );
  }
}

/** By its id, if it is theirs; without one the latest that fits. */
async function find(
  shopping: Shopping,
  orderId: OrderId | undefined,
  isMeant: (order: Order) => boolean,
): Promise<Order | undefined> {
  const { world, shop, person } = shopping;
  if (orderId === undefined) return (await ordersOf(shopping)).find(isMeant);
  const order = await world.orders.get(orderId);
  const isTheirs = order?.buyerId === person.id && order.shopId === shop.id;
  return isTheirs && isMeant(order) ? order : undefined;
}

function ordersOf({ world, shop, person }: Shopping): Promise<Order[]> {
  return world.orders.ofBuyer(shop.id, person.id, lookBack);
}
