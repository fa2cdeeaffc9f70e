// An order's bill as Checkout shows it: a line for each line, then shipping, tax and tip; what is off is a coupon.
import type { Stripe } from 'stripe';
import type { Money } from '../../domain/money/money.ts';
import type { Bill, BillLine } from '../../domain/orders/order.ts';
import { toStripeAmount } from './amounts.ts';

type LineItem = Stripe.Checkout.SessionCreateParams.LineItem;

const LONGEST_NAME = 250;

/**
 * Undefined when Stripe cannot express one of the amounts. The prices are the bill's own, so that Stripe adds up what we
 * added up: automatic tax and shipping rates would each be a second opinion.
 */
export function lineItemsOf(bill: Bill): LineItem[] | undefined {
  const items = [
    ...bill.lines.map((line) => goodsItem(line)),
    ...extraItems('Shipping', bill.shipping),
    ...extraItems('Tax', bill.tax),
    ...extraItems('Tip', bill.tip),
  ];
  const known = items.filter((item) => item !== undefined);
  if (known.length < items.length) return undefined;
  requireSameTotal(known, bill);
  return known;
}

function goodsItem(line: BillLine): LineItem | undefined {
  const product = { name: line.name, description: line.choices.join(', ') };
  return itemOf(product, line.unitPrice, line.quantity);
}

function extraItems(name: string, amount: Money): (LineItem | undefined)[] {
  return amount.minor === 0 ? [] : [itemOf({ name, description: '' }, amount, 1)];
}

function itemOf(
  { name, description }: { readonly name: string; readonly description: string },
  unitPrice: Money,
  quantity: number,
): LineItem | undefined {
  const price = toStripeAmount(unitPrice);
  return (
    price && {
      quantity,
      price_data: {
        currency: price.currency,
        unit_amount: price.amount,
        product_data: {
          name: name.slice(0, LONGEST_NAME).toWellFormed(),
          ...(description !== '' && {
            description: description.slice(0, LONGEST_NAME).toWellFormed(),
          }),
        },
      },
    }
  );
}

/** A buyer is never asked for another amount than they agreed to. */
function requireSameTotal(items: readonly LineItem[], bill: Bill): void {
  const asked = items.reduce(
    (all, { price_data: price, quantity }) => all + (price?.unit_amount ?? 0) * (quantity ?? 1),
    0,
  );
  const off = toStripeAmount(bill.discount)?.amount;
  const total = toStripeAmount(bill.total)?.amount;
  if (off === undefined || asked - off !== total) {
    throw new Error(`A bill does not add up: ${asked} less ${off} is not ${total}`);
  }
}
