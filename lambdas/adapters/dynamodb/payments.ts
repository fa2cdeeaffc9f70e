// Payments in the Transactions table: each step one transaction, found by person, by claim code and by id.
import type { Payment } from '../../domain/payments/payment.ts';
import type { PaymentChange, PaymentStore } from '../../domain/payments/ports.ts';
import { changeIdOf, commitStep, stepWrites } from './commit-step.ts';
import { paymentEntryItem, requestEntryItem } from './items/journal.ts';
import { claimCodeItem, paymentItem, spendingItem } from './items/payments.ts';
import { requestItem } from './items/requests.ts';
import {
  claimKey,
  indexPartition,
  journalPrefix,
  type Key,
  paymentKey,
  spendingKey,
} from './keys.ts';
import { getItem, getItems, queryPartition } from './read.ts';
import type { Table } from './table.ts';
import { newestFirst, oldestFirst } from './timeline.ts';
import { type TransactWrite, transactPut } from './transact.ts';
import { ifAbsent, overVersionBefore } from './write.ts';

export function dynamoPayments(transactions: Table): PaymentStore {
  const read = async (key: Key): Promise<Payment | undefined> => {
    const item = await getItem(transactions, key);
    return item === undefined ? undefined : paymentItem.read(item);
  };
  const readAll = async (keys: readonly Key[]): Promise<Payment[]> =>
    (await getItems(transactions, keys)).map(paymentItem.read).sort(byTime);

  return {
    get: (id) => read(paymentKey(id)),
    async commit(change) {
      const writes = paymentWrites(transactions, change);
      return commitStep(transactions, writes, { name: 'entry', changeId: changeIdOf(change) });
    },
    async spendingOf(personId) {
      const item = await getItem(transactions, spendingKey(personId));
      return item === undefined ? undefined : spendingItem.read(item);
    },
    async ofPerson(personId, page) {
      const keys = await newestFirst(
        transactions,
        [
          { index: 'byPayer', value: indexPartition.payments(personId) },
          { index: 'byPayee', value: indexPartition.payments(personId) },
          { index: 'byPayee', value: indexPartition.held(personId) },
        ],
        page,
      );
      return (await readAll(keys)).reverse();
    },
    async heldFor(personId, limit) {
      const partition = { index: 'byPayee', value: indexPartition.held(personId) } as const;
      const keys = await oldestFirst(transactions, partition, limit);
      return (await readAll(keys)).filter(({ state }) => state === 'held');
    },
    async byClaimCode(claimCode) {
      const found = await getItem(transactions, claimKey(claimCode));
      return found === undefined
        ? undefined
        : read(paymentKey(claimCodeItem.read(found).paymentId));
    },
    async journalOf(id) {
      const partition = { pk: paymentKey(id).pk, prefix: journalPrefix };
      return (await queryPartition(transactions, partition)).map(paymentEntryItem.read);
    },
  };
}

/** Two items a step; three where limits count or a claim link is made; two more where a request is answered. */
export function paymentWrites(table: Table, change: PaymentChange): TransactWrite[] {
  const { payment, entry, spending, request } = change;
  const changeId = changeIdOf(change);
  const writes = stepWrites(
    table,
    { subject: 'payment', entry: 'entry' },
    {
      subject: paymentItem.write(payment),
      version: payment.version,
      entry: paymentEntryItem.write(entry),
      changeId,
    },
  );
  if (payment.version === 1 && payment.payee.kind === 'claim') {
    const { claimCode } = payment.payee;
    const item = claimCodeItem.write({ claimCode, paymentId: payment.id });
    writes.push(transactPut(table, 'claim code', { item, condition: ifAbsent }));
  }
  if (spending !== undefined) {
    const condition = overVersionBefore(spending.version);
    writes.push(transactPut(table, 'spending', { item: spendingItem.write(spending), condition }));
  }
  if (request !== undefined) {
    const step = {
      subject: requestItem.write(request.request),
      version: request.request.version,
      entry: requestEntryItem.write(request.entry),
      changeId,
    };
    writes.push(...stepWrites(table, { subject: 'request', entry: 'request entry' }, step));
  }
  return writes;
}

function byTime(one: Payment, other: Payment): number {
  return one.createdAtMs - other.createdAtMs || (one.id < other.id ? -1 : 1);
}
