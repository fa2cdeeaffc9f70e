// Writes amounts for people, for message templates and for machines, exactly.
import { exponentOf } from './currency.ts';
import type { Money } from './money.ts';
import { safeLocale } from './speaker.ts';

/** As the locale writes it, always with the currency's own decimals: "$20.00", "20,00 €", "￥500". */
export function formatMoney(amount: Money, locale: string): string {
  const digits = exponentOf(amount.currency);
  const format = new Intl.NumberFormat(safeLocale(locale), {
    style: 'currency',
    currency: amount.currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  const text = decimalText(amount);
  // Given as text, Intl formats every digit; as a number it would round what a float cannot hold.
  return isNumeric(text) ? format.format(text) : `${amount.currency} ${text}`;
}

/** "USD 20.00": the code and no symbol, for utility templates, which are rejected with some symbols in them. */
export function formatForTemplate(amount: Money): string {
  return `${amount.currency} ${decimalText(amount)}`;
}

/** "20.00", "-0.05", "500": digits and a point, no grouping. */
export function decimalText(amount: Money): string {
  const digits = exponentOf(amount.currency);
  const sign = amount.minor < 0 ? '-' : '';
  const all = String(Math.abs(amount.minor)).padStart(digits + 1, '0');
  const whole = all.slice(0, all.length - digits);
  return digits === 0 ? sign + whole : `${sign}${whole}.${all.slice(-digits)}`;
}

function isNumeric(text: string): text is `${number}` {
  return /^-?\d+(?:\.\d+)?$/u.test(text);
}
