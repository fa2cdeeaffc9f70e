// Small items that lead to a thing, written in the same transaction as it: only those that came or went.
import type { Item } from './item-format.ts';
import type { Table } from './table.ts';
import { type TransactWrite, transactDelete, transactPut } from './transact.ts';
import type { Condition } from './write.ts';

export interface LookUp {
  /** How it is named when it is refused. */
  readonly name: string;
  readonly item: Item;
  /** Where somebody else's could stand in its place. */
  readonly condition?: Condition;
}

/** Adds what is new and removes what is no longer so; what is in both is not touched. */
export function lookUpWrites(
  table: Table,
  before: readonly LookUp[],
  after: readonly LookUp[],
): TransactWrite[] {
  const [was, is] = [byKey(before), byKey(after)];
  const added = [...is].filter(([key]) => !was.has(key));
  const removed = [...was].filter(([key]) => !is.has(key));
  return [
    ...added.map(([, { name, ...write }]) => transactPut(table, name, write)),
    ...removed.map(([, { name, item, condition }]) =>
      transactDelete(table, `old ${name}`, {
        key: { pk: item.pk, sk: item.sk },
        ...(condition === undefined ? {} : { condition }),
      }),
    ),
  ];
}

function byKey(lookUps: readonly LookUp[]): ReadonlyMap<string, LookUp> {
  return new Map(lookUps.map((each) => [`${each.item.pk}\n${each.item.sk}`, each]));
}

/** Nobody's, or of the one whose id stands in `field` of the item. */
export function freeOrTheirs(item: Item, field: string): Condition {
  return {
    ConditionExpression: 'attribute_not_exists(pk) OR #owner = :owner',
    ExpressionAttributeNames: { '#owner': field },
    ExpressionAttributeValues: { ':owner': item[field] },
  };
}
