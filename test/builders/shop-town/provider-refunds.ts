// Giving back at the provider of a shop town.
import { compare, type Money, subtract, sum } from '../../../lambdas/domain/money/money.ts';
import { known, type KeptRefund, type ShopProviderBooks } from './provider-books.ts';

/** Never more than is left of the charge. */
export function makeRefund(
  books: ShopProviderBooks,
  wanted: Pick<KeptRefund, 'accountId' | 'intentId' | 'amount'> & Pick<Partial<KeptRefund>, 'mark'>,
): KeptRefund {
  const { accountId, intentId, amount, mark } = wanted;
  const id = books.newId('re');
  const isPossible = compare(amount, leftOf(books, intentId)) <= 0;
  const refund: KeptRefund = {
    id,
    accountId,
    intentId,
    amount,
    ...(mark === undefined ? {} : { mark }),
    status: isPossible ? 'done' : 'failed',
  };
  books.refunds.set(id, refund);
  const { orderId } = books.intents.get(intentId) ?? {};
  if (isPossible && orderId !== undefined)
    books.moved.push({ kind: 'refund', orderId, intentId, amount });
  books.events.push({ accountId, about: { kind: 'refund_changed', refundId: id } });
  return refund;
}

function leftOf(books: ShopProviderBooks, intentId: string): Money {
  const intent = known(books.intents, intentId);
  const refunds = [...books.refunds.values()].filter(
    (each) => each.intentId === intentId && each.status !== 'failed',
  );
  const disputes = [...books.disputes.values()].filter(
    (each) => each.intentId === intentId && each.state !== 'won',
  );
  const gone = sum(
    [...refunds, ...disputes].map(({ amount }) => amount),
    intent.total.currency,
  );
  return subtract(intent.total, gone);
}
