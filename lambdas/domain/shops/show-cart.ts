// The cart in the thread: what is in it and what it comes to, and each line with what can be done about it.
import { type Card, say } from '../chat/reply.ts';
import { answer, type Turn } from '../chat/turn.ts';
import { type Cart, emptyCart, mostOfOne } from '../orders/cart.ts';
import type { Bill, BillLine, Wish, WantedLine } from '../orders/order.ts';
import { firstQuote, type Quoted } from '../orders/quote.ts';
import { lineRef, withQuantity } from './cart-changes.ts';
import { matchProducts } from './match-products.ts';
import type { Product, ProductId } from './product.ts';
import type { AskedFor, LineRef } from './shop-command.ts';
import { writeShopPayload } from './shop-payloads.ts';
import { cartReplies, toCart, toMenu } from './shop-replies.ts';
import type { Shopping } from './shopping.ts';
import { billWords, notSellingWords, priceFor, thingWords } from './shop-words.ts';

/** Messenger's carousel holds ten. */
const mostCards = 10;

const nothingIn = say('Your cart is empty. Write what you would like, such as “two flat whites”.', [
  toMenu,
]);

/** A cart as the shop's prices have it now; what is sold no more is out of it, and named. */
export interface PricedCart {
  readonly cart: Cart;
  readonly gone: readonly string[];
  readonly products: ReadonlyMap<ProductId, Product>;
  /** Undefined where nothing is left in it, or it cannot be billed together. */
  readonly bill?: Bill;
  readonly why?: Extract<Quoted, { kind: 'refused' }>['why'];
}

/** The handover and the rest are chosen on our page: until then a cart is picked up, or its shipping is still to come. */
export function wishOf({ lines }: Pick<Cart, 'lines'>): Wish {
  return { lines, handover: { kind: 'pick_up' }, tipPercent: 0 };
}

export async function priceCart(shopping: Shopping): Promise<PricedCart> {
  const { world, shop, cart } = shopping;
  const nowMs = world.clock.now();
  const ids = [...new Set(cart.lines.map(({ productId }) => productId))];
  const found = ids.length === 0 ? [] : await world.products.byIds(shop.id, ids);
  const products = new Map(found.map((product) => [product.id, product]));
  const isSold = (line: WantedLine) => {
    const quoted = firstQuote(shop, products, { wish: wishOf({ lines: [line] }), nowMs });
    return quoted.kind === 'quoted' || !quoted.why.endsWith('gone');
  };
  const lines = cart.lines.filter(isSold);
  const gone = cart.lines
    .filter((line) => !isSold(line))
    .map(({ productId }) => products.get(productId)?.name ?? 'something');
  const quoted = firstQuote(shop, products, { wish: wishOf({ lines }), nowMs });
  if (quoted.kind === 'refused')
    return { cart: { ...cart, lines }, gone, products, why: quoted.why };
  const { bill } = quoted;
  return { cart: { ...cart, lines: bill.lines.flatMap(wantedOf) }, gone, products, bill };
}

/** With every choice said, also those that the product has got since. */
function wantedOf({ productId, choices, quantity }: BillLine): WantedLine[] {
  return productId === undefined ? [] : [{ productId, choices, quantity }];
}

export async function showCart(shopping: Shopping): Promise<Turn> {
  const { world, shop, person } = shopping;
  const priced = await priceCart(shopping);
  const { bill, cart, gone } = priced;
  const lost =
    gone.length === 0 ? '' : `No longer on the menu, and taken out: ${gone.join(', ')}.\n\n`;
  if (cart.lines.length === 0)
    return {
      ...answer(lost === '' ? nothingIn : say(lost + 'Your cart is empty.', [toMenu])),
      cart,
    };
  const notice = notSellingWords(shop, world.clock.now(), person);
  const text =
    bill === undefined
      ? 'This cart is more than can be paid at once. Take something out.'
      : `Your cart at ${shop.name}:\n${billWords(person, bill)}${shippingNote(shopping)}`;
  const end = notice === undefined ? '' : `\n\n${notice} Your cart is kept.`;
  return { ...answer(say(`${lost}${text}${end}`, cartReplies)), cart };
}

function shippingNote({ shop }: Shopping): string {
  return shop.offersPickUp || shop.shipping.length === 0 ? '' : '\nShipping comes on top.';
}

/** A card a line: one more, one less, out. */
export async function changeCart(shopping: Shopping): Promise<Turn> {
  const { world, person } = shopping;
  const { cart, bill, products } = await priceCart(shopping);
  if (cart.lines.length === 0 || bill === undefined) return showCart(shopping);
  const cards = bill.lines.flatMap((line): Card[] => {
    const [wanted] = wantedOf(line);
    if (wanted === undefined) return [];
    const ref = lineRef(world.ids, wanted);
    const { imageUrl } = products.get(wanted.productId) ?? {};
    const card: Card = {
      title: thingWords({ ...line, choices: [] }),
      subtitle: [...line.choices, priceFor(person, line.amount)].join(' · '),
      ...(imageUrl === undefined ? {} : { imageUrl }),
      buttons: [
        ...(line.quantity < mostOfOne ? [quantityButton('One more', ref, line.quantity + 1)] : []),
        ...(line.quantity > 1 ? [quantityButton('One less', ref, line.quantity - 1)] : []),
        quantityButton('Take out', ref, 0),
      ],
    };
    return [card];
  });
  const carousels = [cards.slice(0, mostCards), cards.slice(mostCards)].filter(
    (each) => each.length > 0,
  );
  return { replies: carousels.map((each) => ({ kind: 'cards' as const, cards: each })), cart };
}

function quantityButton(title: string, line: LineRef, quantity: number): Card['buttons'][number] {
  const payload = writeShopPayload({ kind: 'set_quantity', line, quantity });
  return { kind: 'action', title, payload };
}

/** A button of an old card does nothing to a line that is not there any more. */
export async function setQuantity(
  shopping: Shopping,
  { line: ref, quantity }: { readonly line: LineRef; readonly quantity: number },
): Promise<Turn> {
  const { world, shop } = shopping;
  const { cart } = await priceCart(shopping);
  const line = cart.lines.find((each) => lineRef(world.ids, each) === ref);
  if (line === undefined) return answer(say('That is not in your cart any more.', [toCart]));
  const level = (await world.stock.levels(shop.id, [line.productId])).get(line.productId);
  if (level !== undefined && quantity > line.quantity && quantity > level)
    return answer(say(`There is only ${level} left of it.`, [toCart]));
  return showCart({ ...shopping, cart: withQuantity(cart, line, quantity) });
}

/** "remove the croissant", "take out one latte". */
export async function takeOut(shopping: Shopping, { quantity, words }: AskedFor): Promise<Turn> {
  const { cart, products } = await priceCart(shopping);
  if (cart.lines.length === 0) return showCart(shopping);
  const match = matchProducts(words, [...products.values()]);
  if (match.kind === 'none')
    return answer(say(`There is no “${words.join(' ').slice(0, 60)}” in your cart.`, [toCart]));
  if (match.kind === 'several') return changeCart(shopping);
  const { product, choices } = match.meant;
  const lines = cart.lines.filter(({ productId }) => productId === product.id);
  const exact = lines.find((line) => line.choices.join() === choices.join());
  const [only, another] = lines;
  const line = another === undefined ? only : exact;
  if (line === undefined) return changeCart(shopping);
  const left = quantity === undefined ? 0 : Math.max(0, line.quantity - quantity);
  return showCart({ ...shopping, cart: withQuantity(cart, line, left) });
}

export function emptyTheCart({ cart }: Shopping): Turn {
  if (cart.lines.length === 0) return answer(nothingIn);
  return { ...answer(say('Your cart is empty now.', [toMenu])), cart: emptyCart };
}
