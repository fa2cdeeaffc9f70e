// What a person's locale and own currency say about how they write amounts.
import { currencies } from './currency.ts';
import type { Currency } from './currency.ts';
import { foldText } from './fold-text.ts';

/** `locale` is BCP 47 or as Messenger writes it (`en_US`); anything else is read as en-US. */
export interface Speaker {
  readonly locale: string;
  readonly currency: Currency;
}

/** How whole and fraction are set apart, and thousands: `.` and `,` in en-US, `,` and a space in fr-FR. Folded. */
export interface NumberSigns {
  readonly decimal: string;
  readonly group: string;
}

const signsByLocale = new Map<string, NumberSigns>();
const symbolsByLocale = new Map<string, ReadonlyMap<string, Currency>>();

/** A locale that Intl takes, whatever was given. */
export function safeLocale(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale.replaceAll('_', '-'))[0] ?? 'en-US';
  } catch {
    return 'en-US';
  }
}

export function numberSigns(locale: string): NumberSigns {
  return remembered(signsByLocale, locale, () => {
    // In the locale's money format (fr-CH writes 1.50 for money and 1,5 for the rest), with the digits that we fold to.
    const parts = new Intl.NumberFormat(safeLocale(locale), {
      style: 'currency',
      currency: 'EUR',
      numberingSystem: 'latn',
    }).formatToParts(1_234_567.5);
    const sign = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
    return { decimal: sign('decimal'), group: foldGroupSign(sign('group')) };
  });
}

function foldGroupSign(sign: string): string {
  return /\s/u.test(sign) ? ' ' : foldText(sign);
}

/** The currency that a sign means in this locale alone, such as "$US" in fr-FR or "د.ك." in ar. Case does not count. */
export function currencyOfLocalSymbol(symbol: string, locale: string): Currency | undefined {
  const symbols = remembered(symbolsByLocale, locale, () => {
    const pairs = currencies.map(
      (currency) => [foldSymbol(symbolOf(currency, locale)), currency] as const,
    );
    return new Map(pairs);
  });
  return symbols.get(foldSymbol(symbol));
}

function symbolOf(currency: Currency, locale: string): string {
  const parts = new Intl.NumberFormat(safeLocale(locale), {
    style: 'currency',
    currency,
  }).formatToParts(1);
  return parts.find((part) => part.type === 'currency')?.value ?? currency;
}

function foldSymbol(symbol: string): string {
  return foldText(symbol).toLowerCase();
}

/** The country of a locale, the likeliest one where it names none: JP for `ja`. */
export function regionOf(locale: string): string | undefined {
  return new Intl.Locale(safeLocale(locale)).maximize().region;
}

/** Intl objects are slow to make, and few locales are ever seen by one process. */
function remembered<T>(known: Map<string, T>, locale: string, make: () => T): T {
  const key = safeLocale(locale);
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = make();
  if (known.size < 200) known.set(key, made);
  return made;
}
