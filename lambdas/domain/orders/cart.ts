// A cart: what somebody has picked at one shop's Page, kept with their conversation until it is paid.
import type { OrderId, WantedLine } from './order.ts';

export interface Cart {
  readonly lines: readonly WantedLine[];
  /** The order that was made of it last: once that is paid, the cart is over. */
  readonly orderId?: OrderId;
}

export const emptyCart: Cart = { lines: [] };

/** More lines, or more of one thing, than anybody orders in a chat. */
export const mostLines = 20;
export const mostOfOne = 99;
