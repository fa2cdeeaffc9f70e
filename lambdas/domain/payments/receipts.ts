// The receipt that each side gets when a payment has arrived.
import type { Reply } from '../chat/reply.ts';
import { isZero, type Money } from '../money/money.ts';
import { nameAndHandle, type Person } from '../people/person.ts';
import { formatForTemplate } from '../money/format-money.ts';
import type { Payment } from './payment.ts';
import { totalOf } from './postings.ts';
import { cardWords } from './words.ts';

interface Sides {
  readonly payer: Person;
  readonly payee: Person;
  readonly atMs: number;
}

export function receiptForPayer(payment: Payment, { payer, payee, atMs }: Sides): Reply {
  return receipt(payment, {
    reader: payer,
    whose: 'sent',
    lines: [
      { title: `To ${nameAndHandle(payee)}`, price: payment.amount },
      ...(isZero(payment.fee) ? [] : [{ title: 'Fee', price: payment.fee }]),
    ],
    total: totalOf(payment),
    paymentMethod: cardWords(payment.instrument),
    atMs,
  });
}

export function receiptForPayee(payment: Payment, { payer, payee, atMs }: Sides): Reply {
  return receipt(payment, {
    reader: payee,
    whose: 'received',
    lines: [{ title: `From ${nameAndHandle(payer)}`, price: payment.amount }],
    total: payment.amount,
    paymentMethod: 'Payout account',
    atMs,
  });
}

interface Parts {
  readonly reader: Person;
  readonly whose: 'sent' | 'received';
  readonly lines: readonly { readonly title: string; readonly price: Money }[];
  readonly total: Money;
  readonly paymentMethod: string;
  readonly atMs: number;
}

/** The order number is unique for ever on the platform: the payment and whose receipt it is. */
function receipt(payment: Payment, parts: Parts): Reply {
  const lines = parts.lines.map((line, index) =>
    index === 0 && payment.note !== undefined ? { ...line, subtitle: payment.note } : line,
  );
  return {
    kind: 'receipt',
    receipt: {
      recipientName: parts.reader.name ?? nameAndHandle(parts.reader),
      orderNumber: `${payment.id}-${parts.whose}`,
      paymentMethod: parts.paymentMethod,
      atMs: parts.atMs,
      lines,
      total: parts.total,
    },
    utility: {
      name: 'payment_update',
      parameters: [formatForTemplate(payment.amount), `receipt ${payment.id}`],
    },
  };
}
