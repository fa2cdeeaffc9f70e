// The bill of a wish: what the shop's prices make of it now, or why it cannot be had.
import {
  add,
  compare,
  isPositive,
  type Money,
  money,
  percentOf,
  shareOf,
  subtract,
  sum,
  times,
  zero,
} from '../money/money.ts';
import { findSecretsInText } from '../privacy/redact.ts';
import type { Product, ProductId } from '../shops/product.ts';
import type { Shop } from '../shops/shop.ts';
import { mostLines, mostOfOne } from './cart.ts';
import {
  type Bill,
  type BillLine,
  type CustomLine,
  hasGoods,
  type WantedLine,
  type Wish,
} from './order.ts';

export interface Refused {
  readonly kind: 'refused';
  readonly why:
    | 'empty'
    | 'too_many'
    | 'product_gone'
    | 'choice_gone'
    /** What the shop wrote by hand is no line of a bill: no name, no price, or not in its currency. */
    | 'custom_line_wrong'
    | 'not_shipped_there'
    | 'no_pick_up'
    | 'tip_unknown'
    | 'promotion_unknown'
    | 'too_large';
  /** The thing that it is about, in the shop's own words where it has some. */
  readonly what?: string;
}

export type Quoted = { readonly kind: 'quoted'; readonly bill: Bill } | Refused;

/** As long as Messenger's receipts and cards show a name. */
export const longestCustomName = 80;

/** Eight digits: the most that Stripe charges at once, in minor units (API reference, "amount"). */
const mostMinor = 99_999_999;

export function quote(
  shop: Shop,
  products: ReadonlyMap<ProductId, Product>,
  asked: { readonly wish: Wish; readonly nowMs: number },
): Quoted {
  const shipping = shippingOf(shop, asked.wish);
  return 'kind' in shipping ? shipping : billOf(shop, products, { ...asked, shipping });
}

/** A first bill for whoever has not yet said where it goes, at a shop that only ships: shipping comes when they choose. */
export function firstQuote(
  shop: Shop,
  products: ReadonlyMap<ProductId, Product>,
  asked: { readonly wish: Wish; readonly nowMs: number },
): Quoted {
  const isStillToChoose =
    asked.wish.handover.kind === 'pick_up' && !shop.offersPickUp && shop.shipping.length > 0;
  return isStillToChoose
    ? billOf(shop, products, { ...asked, shipping: zero(shop.currency) })
    : quote(shop, products, asked);
}

function billOf(
  shop: Shop,
  products: ReadonlyMap<ProductId, Product>,
  asked: { readonly wish: Wish; readonly nowMs: number; readonly shipping: Money },
): Quoted {
  const { wish, shipping } = asked;
  const lines = linesOf(shop, products, wish);
  if ('kind' in lines) return lines;
  const goods = sum(
    lines.map(({ amount }) => amount),
    shop.currency,
  );
  const discount = discountOf(shop, wish.promotionCode, { goods, nowMs: asked.nowMs });
  if ('kind' in discount) return discount;
  if (wish.tipPercent !== 0 && !shop.tips.includes(wish.tipPercent)) return refused('tip_unknown');
  const toPay = subtract(goods, discount);
  const tax = percentOf(add(taxedOf(lines, { goods, discount }), shipping), shop.taxPercent);
  const tip = percentOf(toPay, wish.tipPercent);
  const total = sum([toPay, shipping, tax, tip]);
  if (total.minor > mostMinor) return refused('too_large');
  return { kind: 'quoted', bill: { lines, goods, discount, shipping, tax, tip, total } };
}

function linesOf(
  shop: Shop,
  products: ReadonlyMap<ProductId, Product>,
  { lines: wanted, customLines = [] }: Wish,
): readonly BillLine[] | Refused {
  const count = wanted.length + customLines.length;
  if (count === 0) return refused('empty');
  if (count > mostLines) return refused('too_many');
  const lines: BillLine[] = [];
  for (const each of wanted) {
    const line = lineOf(shop, products.get(each.productId), each);
    if ('kind' in line) return line;
    lines.push(line);
  }
  for (const each of customLines) {
    const line = customLineOf(shop, each);
    if ('kind' in line) return line;
    lines.push(line);
  }
  return lines;
}

/** The shop's own words and price, which nothing can check but for their shape. */
function customLineOf(
  { currency }: Shop,
  { name, quantity, unitPrice, isTaxed }: CustomLine,
): BillLine | Refused {
  if (name.trim() === '' || Array.from(name).length > longestCustomName)
    return refused('custom_line_wrong', name.slice(0, longestCustomName));
  // It stands in the thread, which is Meta's to read.
  if (findSecretsInText(name).length > 0) return refused('custom_line_wrong');
  if (!Number.isSafeInteger(quantity) || quantity < 1 || quantity > mostOfOne)
    return refused('too_many', name);
  if (unitPrice.currency !== currency || !isPositive(unitPrice))
    return refused('custom_line_wrong', name);
  if (unitPrice.minor > mostMinor) return refused('too_large', name);
  const amount = times(unitPrice, quantity);
  return {
    choices: [],
    quantity,
    name,
    unitPrice,
    amount,
    ...(isTaxed ? {} : { isUntaxed: true }),
  };
}

/** What is off is off every line in proportion, whether it is taxed or not. */
function taxedOf(
  lines: readonly BillLine[],
  { goods, discount }: { readonly goods: Money; readonly discount: Money },
): Money {
  const taxed = lines.filter(({ isUntaxed }) => isUntaxed !== true);
  if (taxed.length === lines.length) return subtract(goods, discount);
  const amount = sum(
    taxed.map((line) => line.amount),
    goods.currency,
  );
  return subtract(amount, shareOf(discount, { part: amount, whole: goods }));
}

function lineOf(shop: Shop, product: Product | undefined, wanted: WantedLine): BillLine | Refused {
  const { productId, quantity } = wanted;
  if (product === undefined || !product.isActive || product.shopId !== shop.id)
    return refused('product_gone', product?.name);
  const { name } = product;
  if (!Number.isSafeInteger(quantity) || quantity < 1 || quantity > mostOfOne)
    return refused('too_many', name);
  const chosen = chosenOf(product, wanted.choices);
  if (chosen === undefined) return refused('choice_gone', name);
  const unitPrice = sum([product.price, ...chosen.map(({ extra }) => extra)]);
  if (unitPrice.currency !== shop.currency) return refused('product_gone', name);
  if (unitPrice.minor > mostMinor) return refused('too_large', name);
  const choices = chosen.map((choice) => choice.name);
  return { productId, choices, quantity, name, unitPrice, amount: times(unitPrice, quantity) };
}

/** What is not said of an option is its first choice. */
function chosenOf(
  { options }: Product,
  choices: readonly string[],
): readonly { readonly name: string; readonly extra: Money }[] | undefined {
  if (choices.length > options.length) return undefined;
  const chosen = options.map(({ choices: offered }, index) => {
    const said = choices[index];
    return said === undefined ? offered[0] : offered.find(({ name }) => name === said);
  });
  const known = chosen.filter((choice) => choice !== undefined);
  return known.length === options.length ? known : undefined;
}

function shippingOf(shop: Shop, wish: Wish): Money | Refused {
  if (!hasGoods(wish)) return zero(shop.currency);
  const { handover } = wish;
  if (handover.kind === 'pick_up')
    return shop.offersPickUp ? zero(shop.currency) : refused('no_pick_up');
  const option = shop.shipping.find(({ id }) => id === handover.optionId);
  const { country } = handover.to;
  if (option === undefined || !shop.shipsTo.includes(country))
    return refused('not_shipped_there', country);
  return option.price;
}

/** Never more than the goods cost. */
function discountOf(
  shop: Shop,
  code: string | undefined,
  { goods, nowMs }: { readonly goods: Money; readonly nowMs: number },
): Money | Refused {
  if (code === undefined) return zero(shop.currency);
  const promotion = shop.promotions.find((each) => foldCode(each.code) === foldCode(code));
  if (promotion === undefined || (promotion.endsAtMs ?? Number.POSITIVE_INFINITY) <= nowMs)
    return refused('promotion_unknown', code);
  const { off } = promotion;
  const discount = off.kind === 'percent' ? percentOf(goods, off.percent) : off.amount;
  if (!isPositive(discount)) return zero(shop.currency);
  return compare(discount, goods) > 0 ? money(goods.minor, goods.currency) : discount;
}

function foldCode(code: string): string {
  return code.trim().toUpperCase();
}

function refused(why: Refused['why'], what?: string): Refused {
  return { kind: 'refused', why, ...(what === undefined ? {} : { what }) };
}
