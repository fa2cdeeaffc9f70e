// What an owner decides about selling, section by section, from the fields of a form.
import type { Ids } from '../ports.ts';
import type { Speaker } from '../money/speaker.ts';
import type { CardBrand, OpenSpan, ShippingOption, Shop } from '../shops/shop.ts';
import { readHours } from './hours-text.ts';
import { readPromotions } from './promotion-text.ts';
import { readTypedAmount } from './typed-amount.ts';

export type SettingsReading =
  | { readonly kind: 'read'; readonly changes: Partial<Shop> }
  /** A sentence for whoever typed it; nothing is saved then. */
  | { readonly kind: 'wrong'; readonly why: string };

/** The fields of a form by name; several of one name in their order. */
export interface Typed {
  one(name: string): string;
  all(name: string): readonly string[];
}

export interface SettingsFor {
  readonly shop: Shop;
  readonly typed: Typed;
  readonly speaker: Speaker;
  readonly ids: Ids;
}

export const brands = [
  'visa',
  'mastercard',
  'american_express',
  'discover',
] as const satisfies readonly CardBrand[];

export const dayNames = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
] as const;

export const mostShippingOptions = 5;

/** By what the form's button says. */
export const sections: Readonly<Record<string, (wanted: SettingsFor) => SettingsReading>> = {
  pause: () => read({ isPaused: true }),
  open: () => read({ isPaused: false }),
  about,
  hours,
  brands: acceptedBrands,
  handover,
  tax,
  tips,
  promotions,
};

const longestName = 60;

function about({ typed }: SettingsFor): SettingsReading {
  const name = typed
    .one('shopName')
    .replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim();
  if (name === '' || name.length > longestName)
    return wrong(`Give the shop a name of at most ${longestName} letters.`);
  const timeZone = typed.one('timeZone');
  return Intl.supportedValuesOf('timeZone').includes(timeZone) || timeZone === 'UTC'
    ? read({ name, timeZone })
    : wrong('Choose the time zone from the list.');
}

function hours({ typed }: SettingsFor): SettingsReading {
  const week: (readonly OpenSpan[])[] = [];
  for (const [day, name] of dayNames.entries()) {
    const spans = readHours(typed.one(`day${day}`));
    if (typeof spans === 'string') return wrong(`${name}: ${spans}`);
    week.push(spans);
  }
  return read({ hours: week });
}

function acceptedBrands({ typed }: SettingsFor): SettingsReading {
  const chosen = brands.filter((brand) => typed.all('brand').includes(brand));
  return chosen.length === 0
    ? wrong('Choose one brand at least, or nobody can pay.')
    : read({ acceptedBrands: chosen });
}

function handover(wanted: SettingsFor): SettingsReading {
  const { typed } = wanted;
  const offersPickUp = typed.one('pickUp') === 'yes';
  const shipping: ShippingOption[] = [];
  for (let row = 0; row < mostShippingOptions; row += 1) {
    const option = shippingOption(wanted, row);
    if (typeof option === 'string') return wrong(option);
    if (option !== undefined) shipping.push(option);
  }
  const shipsTo = readCountries(typed.one('shipsTo'));
  if (typeof shipsTo === 'string') return wrong(shipsTo);
  if (shipping.length > 0 && shipsTo.length === 0)
    return wrong('Write the countries that you ship to.');
  if (!offersPickUp && shipping.length === 0)
    return wrong('Offer pick-up or a way of shipping, or nobody can get what they buy.');
  if (new Set(shipping.map(({ id }) => id)).size < shipping.length)
    return wrong('Two ways of shipping have the same name.');
  return read({ offersPickUp, shipping, shipsTo });
}

/** Undefined: an empty row. */
function shippingOption(
  { shop, typed, speaker, ids }: SettingsFor,
  row: number,
): ShippingOption | string | undefined {
  const name = typed.one(`shippingName${row}`).replaceAll(/\s+/gu, ' ').trim();
  const priced = typed.one(`shippingPrice${row}`).trim();
  if (name === '' && priced === '') return undefined;
  if (name === '' || name.length > 40)
    return 'Each way of shipping needs a name of at most 40 letters.';
  const price = readTypedAmount(priced, speaker, 'may_be_zero');
  if (price.kind === 'wrong') return `${name}: ${price.why}`;
  // The same name is the same option: bills that are open refer to it.
  const before = shop.shipping.find((each) => each.name === name);
  return { id: before?.id ?? ids.derived('shi', shop.id, name), name, price: price.amount };
}

function readCountries(text: string): readonly string[] | string {
  const codes = text
    .toUpperCase()
    .split(/[\s,;]+/u)
    .filter((code) => code !== '');
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const unknown = codes.find((code) => !/^[A-Z]{2}$/u.test(code) || names.of(code) === undefined);
  if (unknown !== undefined)
    return `“${unknown.slice(0, 20)}” is no country code. Write two letters each, such as US, CA.`;
  return [...new Set(codes)];
}

function tax({ typed }: SettingsFor): SettingsReading {
  const percent = readPercent(typed.one('taxPercent'));
  return percent === undefined || percent > 50
    ? wrong('Write the tax as a percentage from 0 to 50, with four decimals at most.')
    : read({ taxPercent: percent });
}

function tips({ typed }: SettingsFor): SettingsReading {
  const parts = typed
    .one('tips')
    .split(/[\s,;%]+/u)
    .filter((part) => part !== '');
  const percents = parts.map(readPercent);
  const isGood = (percent: number | undefined): percent is number =>
    percent !== undefined && percent > 0 && percent <= 50;
  if (!percents.every(isGood) || percents.length > 4)
    return wrong('Write up to four percentages from 1 to 50, such as 10, 15, 20.');
  return read({ tips: [...new Set(percents)].sort((one, other) => one - other) });
}

function promotions({ shop, typed, speaker }: SettingsFor): SettingsReading {
  const codes = readPromotions(typed.one('promotions'), shop, speaker);
  return typeof codes === 'string' ? wrong(codes) : read({ promotions: codes });
}

/** "8.875", "8,875 %". */
function readPercent(text: string): number | undefined {
  const typed = text.trim().replace(/\s*%$/u, '').replace(',', '.');
  return /^\d{1,2}(?:\.\d{1,4})?$/u.test(typed) ? Number(typed) : undefined;
}

function read(changes: Partial<Shop>): SettingsReading {
  return { kind: 'read', changes };
}

function wrong(why: string): SettingsReading {
  return { kind: 'wrong', why };
}
