// What an order's page says when something does not go as asked.
import { formatMoney } from '../lambdas/domain/money/format-money.ts';
import type { Instrument } from '../lambdas/domain/people/person.ts';
import { cardWords } from '../lambdas/domain/payments/words.ts';
import { safeLocale } from '../lambdas/domain/money/speaker.ts';
import type { Money } from '../lambdas/domain/money/money.ts';
import type { Refused } from '../lambdas/domain/orders/quote.ts';
import { noteForOthers } from '../lambdas/domain/privacy/words-of-others.ts';
import type { CardBrand, Shop } from '../lambdas/domain/shops/shop.ts';
import type { OrderField } from './order-form.ts';

/** "Monday at 7:00 AM", by the shop's clock. */
export function momentWords(shop: Pick<Shop, 'timeZone'>, atMs: number, locale: string): string {
  const write = (parts: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(safeLocale(locale), { ...parts, timeZone: shop.timeZone }).format(atMs);
  return `${write({ weekday: 'long' })} at ${write({ hour: 'numeric', minute: '2-digit' })}`;
}

const brandWords: Record<CardBrand, string> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  american_express: 'American Express',
  discover: 'Discover',
};

/** The provider's short name for a brand beside ours. */
export function readBrand(brand: string): CardBrand | undefined {
  const name = brand === 'amex' ? 'american_express' : brand;
  return allBrands.find((each) => each === name);
}

const allBrands: readonly CardBrand[] = ['visa', 'mastercard', 'american_express', 'discover'];

/** "Visa •• 4242", "American Express •• 0005". */
export function savedCardWords(card: Pick<Instrument, 'brand' | 'last4'>): string {
  const brand = readBrand(card.brand);
  return cardWords({
    id: '',
    last4: card.last4,
    brand: brand === undefined ? card.brand : brandWords[brand],
  });
}

/** Which cards a shop takes, where it does not take all. */
export function brandsTaken({ acceptedBrands }: Pick<Shop, 'acceptedBrands'>, locale: string) {
  if (acceptedBrands.length === 0 || acceptedBrands.length === allBrands.length) return undefined;
  return new Intl.ListFormat(safeLocale(locale), { type: 'conjunction' }).format(
    acceptedBrands.map((brand) => brandWords[brand]),
  );
}

/** "Flat White and Croissant" as a list. */
export function namesInARow(names: readonly string[], locale: string): string {
  return new Intl.ListFormat(safeLocale(locale)).format(names.map((name) => `“${name}”`));
}

/** Why a shop sells nothing just now, without its business secrets. */
export function notSellingWords(why: 'paused' | 'not_ready' | 'restricted', shop: string): string {
  switch (why) {
    case 'paused':
      return `${shop} takes no orders just now. Nothing was charged.`;
    case 'not_ready':
      return `${shop} cannot take cards yet. Nothing was charged.`;
    case 'restricted':
      return `${shop} cannot take cards at the moment. Nothing was charged.`;
  }
}

export function closedWords(
  shop: Pick<Shop, 'name' | 'timeZone'>,
  opensAtMs: number | undefined,
  locale: string,
): string {
  if (opensAtMs === undefined) return `${shop.name} is closed now.`;
  return `${shop.name} is closed now. It opens ${momentWords(shop, opensAtMs, locale)}.`;
}

export type RefusedWhy = Refused['why'];

/** A rule of the shop by our word for it, or the merchant's own words. */
export function refusedByShopWords(shop: Pick<Shop, 'name'>, why: string): string {
  const known = refusedWhys.find((each) => each === why);
  if (known !== undefined) return refusalWords(known, undefined).text;
  const said = noteForOthers(why);
  const no = `${shop.name} cannot take this order`;
  return said === undefined ? `${no}.` : `${no}: “${said}”.`;
}

const refusedWhys: readonly RefusedWhy[] = [
  'empty',
  'too_many',
  'product_gone',
  'choice_gone',
  'custom_line_wrong',
  'not_shipped_there',
  'no_pick_up',
  'tip_unknown',
  'promotion_unknown',
  'too_large',
];

/** Which field it is about, if one, and what is wrong. `what` is the shop's own word for the thing. */
export function refusalWords(
  why: RefusedWhy,
  what: string | undefined,
): { readonly field?: OrderField; readonly text: string } {
  const thing = what === undefined ? 'Something in this order' : `“${what}”`;
  switch (why) {
    case 'empty':
      return { text: 'Nothing is in this order. Pick something in the chat first.' };
    case 'custom_line_wrong':
      return { text: `${thing} cannot be billed like that. Ask the shop for another bill.` };
    case 'too_many':
      return { text: 'That is more than one order can hold. Take something out in the chat.' };
    case 'product_gone':
      return {
        text: `${thing} is no longer sold. Change the cart in the chat and check out again.`,
      };
    case 'choice_gone':
      return {
        text: `${thing} no longer comes the way you chose it. Change the cart in the chat and check out again.`,
      };
    case 'not_shipped_there':
      return { field: 'country', text: 'It is not shipped there.' };
    case 'no_pick_up':
      return { field: 'handover', text: 'It cannot be picked up. Choose how it is shipped.' };
    case 'tip_unknown':
      return { field: 'tip', text: 'Choose one of these tips, or none.' };
    case 'promotion_unknown':
      return { field: 'code', text: 'This code does not work, or no longer does.' };
    case 'too_large':
      return {
        text: 'This order is larger than can be paid here. Take something out in the chat.',
      };
  }
}

/** "$9.20" for a reader. */
export function say(amount: Money, locale: string): string {
  return formatMoney(amount, locale);
}
