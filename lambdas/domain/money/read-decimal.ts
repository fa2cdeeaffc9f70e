// Reads digits with their signs (1.234,56 · 1'234.50 · 12,34,567) as whole and fraction, in every way that they can be meant.
import type { NumberSigns } from './speaker.ts';

/** Digits before and after the decimal sign; the fraction may be empty. */
export interface Decimal {
  readonly whole: string;
  readonly fraction: string;
}

/** How the person writes numbers, and how many decimals the currency has. */
export interface DecimalHabits extends NumberSigns {
  readonly exponent: number;
}

/**
 * One reading when it is clear, two when it must be asked, likeliest first; none for what is no number (1.2.3).
 * Takes digits with any of . , ' ٫ ٬ and the space between them, folded.
 */
export function readDecimal(text: string, habits: DecimalHabits): Decimal[] {
  const signs = text.match(/\D/gu) ?? [];
  const kinds = new Set(signs);
  const [first = ''] = signs;
  if (signs.length === 0) return [{ whole: text, fraction: '' }];
  if (kinds.size > 2) return [];
  if (kinds.size === 2) return readWithBothSigns(text, signs);
  if (signs.length > 1 || isOnlyGroupSign(first)) return readGrouped(text);
  return readWithOneSign(text, first, habits);
}

/** The last sign sets the fraction apart, the others set thousands apart: 1,234.56 and 1.234,56 everywhere. */
function readWithBothSigns(text: string, signs: readonly string[]): Decimal[] {
  const decimal = signs.at(-1) ?? '';
  if (signs.indexOf(decimal) !== signs.length - 1 || isOnlyGroupSign(decimal)) return [];
  const [whole = '', fraction = ''] = text.split(decimal);
  return readGrouped(whole).map((grouped) => ({ ...grouped, fraction }));
}

/** Thousands, or lakhs and crores: 1,234,567 and 12,34,567. */
function readGrouped(text: string): Decimal[] {
  const isGrouped = /^[1-9]\d{0,2}(?:\D\d{3})+$|^[1-9]\d?(?:,\d{2})+,\d{3}$/u.test(text);
  return isGrouped ? [{ whole: text.replaceAll(/\D/gu, ''), fraction: '' }] : [];
}

/** Three digits after a single dot or comma can be thousands or a fraction: the locale decides where it can. */
function readWithOneSign(text: string, sign: string, habits: DecimalHabits): Decimal[] {
  const [whole = '', fraction = ''] = text.split(sign);
  const asFraction: Decimal = { whole: whole === '' ? '0' : whole, fraction };
  const [asThousands] = readGrouped(text);
  if (asThousands === undefined || sign === '٫') return [asFraction];
  if (sign === habits.group) return [asThousands];
  if (sign !== habits.decimal) return [asThousands, asFraction];
  // "20.500" is no way to write $20.50: with the locale's own decimal sign, too, it may have been meant as thousands.
  const isOdd = habits.exponent < 3 && /^0*$/u.test(fraction.slice(habits.exponent));
  return isOdd ? [asFraction, asThousands] : [asFraction];
}

function isOnlyGroupSign(sign: string): boolean {
  return sign === ' ' || sign === "'" || sign === '٬';
}
