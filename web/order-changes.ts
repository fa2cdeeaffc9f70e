// What changed between the bill that a buyer saw and the one that is true now, in sentences.
import { formatMoney } from '../lambdas/domain/money/format-money.ts';
import { money, type Money } from '../lambdas/domain/money/money.ts';
import type { Bill } from '../lambdas/domain/orders/order.ts';

const parts = ['discount', 'shipping', 'tax', 'tip'] as const;
type Part = (typeof parts)[number];

const partWords: Record<Part, string> = {
  discount: 'The discount',
  shipping: 'Shipping',
  tax: 'The tax',
  tip: 'The tip',
};

const longestNumber = 15;

/**
 * The amounts of a bill as a form carries them, so that it can be said what changed: "921|0.0.71.0|450x2.400x1". Proves
 * nothing: whether the bill is the one that was seen is told by `billSeen` alone.
 */
export function amountsIn(bill: Bill): string {
  const sums = parts.map((part) => bill[part].minor).join('.');
  const lines = bill.lines.map(({ unitPrice, quantity }) => `${unitPrice.minor}x${quantity}`);
  return `${bill.total.minor}|${sums}|${lines.join('.')}`;
}

/** In the reader's words; a form that carries no amounts gets the sentence that is always true. */
export function changesSince(before: string, bill: Bill, locale: string): string {
  const was = readAmounts(before, bill);
  if (was === undefined) return 'The bill is not the one that you saw. Here is the new one.';
  const say = (amount: Money) => formatMoney(amount, locale);
  const sentences = [
    ...lineChanges(was, bill, say),
    ...parts.flatMap((part) => {
      const [old, now] = [was.sums[part], bill[part]];
      if (old.minor === now.minor) return [];
      return [`${partWords[part]} is now ${say(now)} instead of ${say(old)}.`];
    }),
  ];
  if (was.total.minor === bill.total.minor && sentences.length === 0)
    return 'Something about this order was changed in another window. Here is how it stands now.';
  return [...sentences, `The total is now ${say(bill.total)}; you saw ${say(was.total)}.`].join(
    ' ',
  );
}

function lineChanges(was: Amounts, bill: Bill, say: (amount: Money) => string): string[] {
  if (was.lines.length !== bill.lines.length) return ['What is on the bill has changed.'];
  return bill.lines.flatMap(({ name, unitPrice, quantity }, index) => {
    const old = was.lines[index];
    if (old === undefined || old.quantity !== quantity) return [`“${name}” has changed.`];
    if (old.unitPrice.minor === unitPrice.minor) return [];
    return [`“${name}” is now ${say(unitPrice)} instead of ${say(old.unitPrice)}.`];
  });
}

interface Amounts {
  readonly total: Money;
  readonly sums: Record<Part, Money>;
  readonly lines: readonly { readonly unitPrice: Money; readonly quantity: number }[];
}

function readAmounts(text: string, { total: { currency } }: Bill): Amounts | undefined {
  const [total, sums, lines, ...rest] = text.split('|');
  if (lines === undefined || rest.length > 0) return undefined;
  const [sum = '', discount = '', shipping = '', tax = '', tip = ''] = [
    total,
    ...(sums ?? '').split('.'),
  ];
  const pairs = lines.split('.').map((line) => line.split('x'));
  const all = [sum, discount, shipping, tax, tip, ...pairs.flat()];
  if (!all.every(isNumber) || !pairs.every((pair) => pair.length === 2)) return undefined;
  const read = (minor: string) => money(Number(minor), currency);
  return {
    total: read(sum),
    sums: {
      discount: read(discount),
      shipping: read(shipping),
      tax: read(tax),
      tip: read(tip),
    },
    lines: pairs.map(([unit = '', quantity = '']) => ({
      unitPrice: read(unit),
      quantity: Number(quantity),
    })),
  };
}

function isNumber(text: string): boolean {
  return text.length <= longestNumber && /^\d+$/u.test(text);
}
