// Reads a decimal digit of any script: ٢, ２ and 𝟐 are all 2.

const decimalDigit = /\p{Nd}/u;

/**
 * The value 0-9 of one decimal digit. Unicode keeps every script's ten digits together
 * and in order (Unicode Standard, 4.6), and neighbouring scripts' tens side by side, so counting back to the first one tells.
 */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let first = code;
  while (decimalDigit.test(String.fromCodePoint(first - 1))) first -= 1;
  return (code - first) % 10;
}

/** The same text with every decimal digit written 0-9. */
export function withPlainDigits(text: string): string {
  return text.replaceAll(/[^\P{Nd}0-9]/gu, (digit) => String(digitValue(digit)));
}
