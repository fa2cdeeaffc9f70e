// What can be done to a cart: something put in, more or less of a line, a line named whatever stands before it.
import { type Cart, mostLines, mostOfOne } from '../orders/cart.ts';
import type { BillLine, WantedLine } from '../orders/order.ts';
import type { Ids } from '../ports.ts';
import type { LineRef } from './shop-command.ts';

/** The same product with the same choices is one line. */
export function isSameThing(
  one: Pick<BillLine, 'productId' | 'choices'>,
  other: Pick<WantedLine, 'productId' | 'choices'>,
): boolean {
  return (
    one.productId === other.productId &&
    one.choices.length === other.choices.length &&
    one.choices.every((choice, index) => choice === other.choices[index])
  );
}

/** `full`: one line more, or one piece more, than anybody orders in a chat; then nothing is added. */
export function withLine(cart: Cart, added: WantedLine): Cart | 'full' {
  const known = cart.lines.find((line) => isSameThing(line, added));
  const quantity = (known?.quantity ?? 0) + added.quantity;
  if (quantity > mostOfOne) return 'full';
  if (known !== undefined) return withQuantity(cart, known, quantity);
  return cart.lines.length >= mostLines ? 'full' : { ...cart, lines: [...cart.lines, added] };
}

/** Zero takes the line out. */
export function withQuantity(cart: Cart, line: WantedLine, quantity: number): Cart {
  const lines = cart.lines.map((each) => (isSameThing(each, line) ? { ...each, quantity } : each));
  return { ...cart, lines: lines.filter((each) => each.quantity > 0) };
}

export function lineRef(ids: Ids, line: Pick<WantedLine, 'productId' | 'choices'>): LineRef {
  return ids.derived('lin', line.productId, ...line.choices);
}
