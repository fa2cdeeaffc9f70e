// The receipt template: what was paid, to whom and how, with amounts as Meta wants them.
import type { Receipt, ReceiptAddress, ReceiptLine } from '../../domain/chat/reply.ts';
import { decimalText } from '../../domain/money/format-money.ts';
import type { Money } from '../../domain/money/money.ts';
import { buildImage } from './build-image.ts';
import { type AtMost, cutLine, firstOf, limits, type Text, whole } from './messenger-limits.ts';

type ReceiptText = Text<typeof limits.receiptText>;

interface ReceiptElement {
  readonly title: ReceiptText;
  readonly subtitle?: ReceiptText;
  readonly quantity?: number;
  readonly price: number;
  readonly currency: string;
  readonly image_url?: Text<typeof limits.url>;
}

interface PostalAddress {
  readonly street_1: ReceiptText;
  readonly street_2?: ReceiptText;
  readonly city: ReceiptText;
  readonly postal_code: ReceiptText;
  readonly state: ReceiptText;
  readonly country: ReceiptText;
}

export interface ReceiptPayload {
  readonly template_type: 'receipt';
  readonly recipient_name: ReceiptText;
  readonly order_number: ReceiptText;
  readonly currency: string;
  readonly payment_method: ReceiptText;
  readonly merchant_name?: ReceiptText;
  /** Seconds since the epoch, as a string. */
  readonly timestamp: string;
  readonly elements: AtMost<typeof limits.receiptLines, ReceiptElement>;
  readonly address?: PostalAddress;
  readonly summary: {
    readonly subtotal?: number;
    readonly shipping_cost?: number;
    readonly total_tax?: number;
    readonly total_cost: number;
  };
  /** Meta takes each off the sum: in its own example, 20 and 10 bring 86.14 down to 56.14. */
  readonly adjustments?: readonly { readonly name: ReceiptText; readonly amount: number }[];
}

export function buildReceipt(receipt: Receipt): ReceiptPayload {
  const { merchantName, address, discounts } = receipt;
  return {
    template_type: 'receipt',
    recipient_name: text(receipt.recipientName),
    order_number: whole(receipt.orderNumber, limits.receiptText, 'order number'),
    currency: receipt.total.currency,
    payment_method: text(receipt.paymentMethod),
    ...(merchantName === undefined ? {} : { merchant_name: text(merchantName) }),
    timestamp: String(Math.floor(receipt.atMs / 1000)),
    elements: firstOf(receipt.lines.map(buildElement), limits.receiptLines),
    ...(address === undefined ? {} : { address: buildAddress(address) }),
    summary: {
      ...(receipt.subtotal === undefined ? {} : { subtotal: toNumber(receipt.subtotal) }),
      ...(receipt.shipping === undefined ? {} : { shipping_cost: toNumber(receipt.shipping) }),
      ...(receipt.tax === undefined ? {} : { total_tax: toNumber(receipt.tax) }),
      total_cost: toNumber(receipt.total),
    },
    ...(discounts === undefined || discounts.length === 0
      ? {}
      : {
          adjustments: discounts.map(({ name, amount }) => ({
            name: text(name),
            amount: toNumber(amount),
          })),
        }),
  };
}

function text(raw: string): ReceiptText {
  return cutLine(raw, limits.receiptText);
}

function buildElement({ title, subtitle, quantity, price, imageUrl }: ReceiptLine): ReceiptElement {
  return {
    title: text(title),
    ...(subtitle === undefined ? {} : { subtitle: text(subtitle) }),
    ...(quantity === undefined ? {} : { quantity }),
    price: toNumber(price),
    currency: price.currency,
    ...buildImage(imageUrl),
  };
}

/** Meta wants a state of every address; where a country has none, its code stands there too. */
function buildAddress(to: ReceiptAddress): PostalAddress {
  return {
    street_1: text(to.street1),
    ...(to.street2 === undefined ? {} : { street_2: text(to.street2) }),
    city: text(to.city),
    postal_code: text(to.postalCode),
    state: text(to.state ?? to.country),
    country: text(to.country),
  };
}

/** Meta's amounts are JSON numbers. Read from the exact decimal text, so JSON writes the same digits again. */
function toNumber(amount: Money): number {
  return Number(decimalText(amount));
}
