// Requests for money in the Transactions table; those that are open lie apart in the indexes.
import type { MoneyRequest, RequestChange } from '../../domain/requests/money-request.ts';
import type { RequestStore } from '../../domain/requests/ports.ts';
import { changeIdOf, commitStep, stepWrites } from './commit-step.ts';
import { requestEntryItem } from './items/journal.ts';
import { requestItem } from './items/requests.ts';
import { indexPartition, journalPrefix, type Key, requestKey } from './keys.ts';
import { getItem, getItems, queryPartition } from './read.ts';
import type { Table } from './table.ts';
import { newestFirst } from './timeline.ts';
import type { TransactWrite } from './transact.ts';

export function dynamoRequests(transactions: Table): RequestStore {
  const readAll = async (keys: readonly Key[]): Promise<MoneyRequest[]> =>
    (await getItems(transactions, keys)).map(requestItem.read);

  return {
    async get(id) {
      const item = await getItem(transactions, requestKey(id));
      return item === undefined ? undefined : requestItem.read(item);
    },
    byIds: (ids) => readAll(ids.map(requestKey)),
    async commit(change) {
      const writes = requestWrites(transactions, change);
      return commitStep(transactions, writes, { name: 'entry', changeId: changeIdOf(change) });
    },
    async ofPerson(personId, page) {
      const values = [
        indexPartition.openRequests(personId),
        ...(page.openOnly === true ? [] : [indexPartition.requests(personId)]),
      ];
      const partitions = values.flatMap((value) => [
        { index: 'byPayer', value } as const,
        { index: 'byPayee', value } as const,
      ]);
      const found = await readAll(await newestFirst(transactions, partitions, page));
      return found
        .filter(({ state }) => page.openOnly !== true || state === 'open')
        .sort(newerFirst);
    },
    async journalOf(id) {
      const partition = { pk: requestKey(id).pk, prefix: journalPrefix };
      return (await queryPartition(transactions, partition)).map(requestEntryItem.read);
    },
  };
}

export function requestWrites(table: Table, change: RequestChange): TransactWrite[] {
  const step = {
    subject: requestItem.write(change.request),
    version: change.request.version,
    entry: requestEntryItem.write(change.entry),
    changeId: changeIdOf(change),
  };
  return stepWrites(table, { subject: 'request', entry: 'entry' }, step);
}

function newerFirst(one: MoneyRequest, other: MoneyRequest): number {
  return other.createdAtMs - one.createdAtMs || (one.id < other.id ? 1 : -1);
}
