// The receipt template: what was paid, to whom and how, with amounts as Meta wants them.
import type { Receipt } from '../../domain/chat/reply.ts';
import { decimalText } from '../../domain/money/format-money.ts';
import type { Money } from '../../domain/money/money.ts';
import { type AtMost, cutLine, firstOf, limits, type Text, whole } from './messenger-limits.ts';

type ReceiptText = Text<typeof limits.receiptText>;

interface ReceiptElement {
  readonly title: ReceiptText;
  readonly subtitle?: ReceiptText;
  readonly price: number;
  readonly currency: string;
}

export interface ReceiptPayload {
  readonly template_type: 'receipt';
  readonly recipient_name: ReceiptText;
  readonly order_number: ReceiptText;
  readonly currency: string;
  readonly payment_method: ReceiptText;
  /** Seconds since the epoch, as a string. */
  readonly timestamp: string;
  readonly elements: AtMost<typeof limits.receiptLines, ReceiptElement>;
  readonly summary: { readonly total_cost: number };
}

export function buildReceipt(receipt: Receipt): ReceiptPayload {
  const text = (raw: string) => cutLine(raw, limits.receiptText);
  return {
    template_type: 'receipt',
    recipient_name: text(receipt.recipientName),
    order_number: whole(receipt.orderNumber, limits.receiptText, 'order number'),
    currency: receipt.total.currency,
    payment_method: text(receipt.paymentMethod),
    timestamp: String(Math.floor(receipt.atMs / 1000)),
    elements: firstOf(
      receipt.lines.map((line) => ({
        title: text(line.title),
        ...(line.subtitle === undefined ? {} : { subtitle: text(line.subtitle) }),
        price: toNumber(line.price),
        currency: line.price.currency,
      })),
      limits.receiptLines,
    ),
    summary: { total_cost: toNumber(receipt.total) },
  };
}

/** Meta's amounts are JSON numbers. Read from the exact decimal text, so JSON writes the same digits again. */
function toNumber(amount: Money): number {
  return Number(decimalText(amount));
}
