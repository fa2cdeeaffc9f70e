// What a form carries to prove which bill was read: the same text for the same bill and handover, and for no other.
import type { Order, PostalAddress } from './order.ts';

/** Plain text, made field by field: however an order was stored and read again, it is the same. */
export function billSeen({ bill, wish }: Pick<Order, 'bill' | 'wish'>): string {
  const { handover, tipPercent, promotionCode = '', note = '' } = wish;
  return JSON.stringify([
    bill.total.currency,
    bill.lines.map(({ productId = '', choices, quantity, name, unitPrice }) => [
      productId,
      name,
      choices,
      quantity,
      unitPrice.minor,
    ]),
    [bill.goods, bill.discount, bill.shipping, bill.tax, bill.tip, bill.total].map(
      ({ minor }) => minor,
    ),
    handover.kind === 'pick_up' ? [] : [handover.optionId, ...addressOf(handover.to)],
    [tipPercent, promotionCode, note],
  ]);
}

function addressOf(to: PostalAddress): string[] {
  const { name, street1, street2 = '', city, state = '', postalCode, country } = to;
  return [name, street1, street2, city, state, postalCode, country];
}
