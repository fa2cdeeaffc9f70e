// "Checkout": the cart becomes an order, and its bill a card with a link to our page. Nothing is charged in the thread.
import { type Reply, say } from '../chat/reply.ts';
import { answer, type Turn } from '../chat/turn.ts';
import { makeLink } from '../links/make-link.ts';
import { cancelOrder } from '../orders/cancel-order.ts';
import { draftOrder, type DraftOrderOutcome } from '../orders/draft-order.ts';
import type { Order } from '../orders/order.ts';
import { isSameThing } from './cart-changes.ts';
import { priceCart, type PricedCart, showCart, wishOf } from './show-cart.ts';
import { writeShopPayload } from './shop-payloads.ts';
import { toCart, toMenu } from './shop-replies.ts';
import type { Shopping, Visit } from './shopping.ts';
import { billWords, notSellingWords, priceFor } from './shop-words.ts';

export async function checkOutTurn(shopping: Shopping): Promise<Turn> {
  const { world, shop, person } = shopping;
  const priced = await priceCart(shopping);
  // Something has gone, or nothing is in it: they see it as it is now and say so again.
  if (priced.bill === undefined || priced.gone.length > 0) return showCart(shopping);
  const notice = notSellingWords(shop, world.clock.now(), person);
  if (notice !== undefined)
    return { ...answer(say(`${notice} Your cart is kept.`, [toCart, toMenu])), cart: priced.cart };
  const drafted = await draftOf(shopping, priced);
  if (drafted.kind === 'refused') return showCart(shopping);
  const { order } = drafted;
  return {
    replies: await reviewCards(shopping, order),
    cart: { ...priced.cart, orderId: order.id },
  };
}

/** The same cart as before is the same order; another one calls the earlier bill off, so that nobody pays both. */
async function draftOf(
  { world, shop, person, event }: Shopping,
  { cart, bill }: PricedCart,
): Promise<DraftOrderOutcome> {
  const earlier = cart.orderId === undefined ? undefined : await world.orders.get(cart.orderId);
  if (earlier !== undefined && isOpen(earlier)) {
    if (isOfSameLines(earlier, cart.lines) && earlier.bill.goods.minor === bill?.goods.minor)
      return { kind: 'drafted', order: earlier };
    await cancelOrder(world, { orderId: earlier.id, actor: 'buyer' });
  }
  return draftOrder(world, {
    shop,
    buyer: person,
    address: event.address,
    wish: wishOf(cart),
    madeBy: event.id,
  });
}

function isOpen({ state, closing }: Order): boolean {
  return (
    closing === undefined &&
    (state === 'draft' || state === 'awaiting_payment' || state === 'needs_action')
  );
}

function isOfSameLines({ bill }: Order, lines: ReturnType<typeof wishOf>['lines']): boolean {
  return (
    bill.lines.length === lines.length &&
    bill.lines.every((line, index) => {
      const other = lines[index];
      return other !== undefined && isSameThing(line, other) && line.quantity === other.quantity;
    })
  );
}

/** As long as a button template may be, with room for what stands around the bill. */
const longestInOne = 420;

/** The itemised bill in words, and the button that leads out of the chat. */
export async function reviewCards(
  { world, shop, person, event }: Visit,
  order: Order,
): Promise<Reply[]> {
  const url = await makeLink(world, {
    purpose: { kind: 'order', orderId: order.id },
    personId: person.id,
    address: event.address,
  });
  const bill = `Order ${order.number} at ${shop.name}\n${billWords(person, order.bill)}`;
  const next = `${howItIsHandedOver(shop)} on our page, outside this chat. Nothing is charged until you pay there.`;
  const isShort = bill.length <= longestInOne;
  const text = isShort
    ? `${bill}\n\n${next}`
    : `Order ${order.number}: ${priceFor(person, order.bill.total)}.\n\n${next}`;
  const card: Reply = {
    kind: 'buttons',
    text,
    buttons: [
      { kind: 'link', title: 'Review and pay', url },
      {
        kind: 'action',
        title: 'Change cart',
        payload: writeShopPayload({ kind: 'change_cart' }),
      },
      {
        kind: 'action',
        title: 'Cancel',
        payload: writeShopPayload({ kind: 'cancel_order', orderId: order.id }),
      },
    ],
  };
  return isShort ? [card] : [say(bill), card];
}

function howItIsHandedOver({ offersPickUp, shipping }: Shopping['shop']): string {
  if (shipping.length === 0) return 'You pay';
  return offersPickUp
    ? 'You choose pick-up or shipping, and pay,'
    : 'You choose shipping, and pay,';
}
