// The receipt of an order: every line, where it goes, and sums that add up to what was charged.
import type { Receipt, ReceiptAddress, ReceiptLine, Reply } from '../chat/reply.ts';
import { add, isZero } from '../money/money.ts';
import { cardWords } from '../payments/words.ts';
import type { Product, ProductId } from '../shops/product.ts';
import type { Shop } from '../shops/shop.ts';
import type { Bill, BillLine, Order } from './order.ts';

/**
 * A tip is a line of its own and in the subtotal: what the template calls adjustments is taken off, so a tip among
 * them would read as a discount.
 */
export function receiptOf(
  order: Order,
  { shop, atMs }: { readonly shop: Pick<Shop, 'name'>; readonly atMs: number },
  pictures: ReadonlyMap<ProductId, Pick<Product, 'imageUrl'>> = new Map(),
): Reply {
  const { bill, wish } = order;
  const { handover } = wish;
  const receipt: Receipt = {
    recipientName: handover.kind === 'shipping' ? handover.to.name : order.buyerName,
    orderNumber: order.number,
    merchantName: shop.name,
    paymentMethod: paidWith(order),
    atMs,
    lines: [...bill.lines.map((line) => lineOf(line, pictures)), ...tipLine(bill)],
    subtotal: add(bill.goods, bill.tip),
    ...(isZero(bill.shipping) ? {} : { shipping: bill.shipping }),
    tax: bill.tax,
    ...(isZero(bill.discount)
      ? {}
      : { discounts: [{ name: discountName(order), amount: bill.discount }] }),
    ...(handover.kind === 'shipping' ? { address: addressOf(handover.to) } : {}),
    total: bill.total,
  };
  return { kind: 'receipt', receipt };
}

function lineOf(
  { name, choices, quantity, amount, productId }: BillLine,
  pictures: ReadonlyMap<ProductId, Pick<Product, 'imageUrl'>>,
): ReceiptLine {
  const picture = productId === undefined ? undefined : pictures.get(productId);
  const imageUrl = picture?.imageUrl;
  return {
    title: name,
    ...(choices.length === 0 ? {} : { subtitle: choices.join(', ') }),
    quantity,
    price: amount,
    ...(imageUrl === undefined ? {} : { imageUrl }),
  };
}

function tipLine({ tip }: Bill): ReceiptLine[] {
  return isZero(tip) ? [] : [{ title: 'Tip', price: tip }];
}

function discountName({ wish }: Order): string {
  return wish.promotionCode === undefined ? 'Discount' : `Discount ${wish.promotionCode}`;
}

function paidWith({ trail, bill }: Order): string {
  if (trail.card !== undefined) return cardWords({ id: '', ...trail.card });
  return isZero(bill.total) ? 'Nothing to pay' : 'Card';
}

function addressOf(to: ReceiptAddress): ReceiptAddress {
  const { street1, street2, city, postalCode, state, country } = to;
  return {
    street1,
    ...(street2 === undefined ? {} : { street2 }),
    city,
    postalCode,
    ...(state === undefined ? {} : { state }),
    country,
  };
}
