// One table of the simulated DynamoDB: items by key, sparse indexes that may lag behind, queries in order, a page at a time.
import { type Expression, holds, type Item } from './expressions.ts';

export interface QueryAsked extends Expression {
  readonly IndexName?: string | undefined;
  readonly KeyConditionExpression?: string | undefined;
  readonly ScanIndexForward?: boolean | undefined;
  readonly Limit?: number | undefined;
  readonly ExclusiveStartKey?: Item | undefined;
}

export interface Table {
  get(key: Item | undefined): Item | undefined;
  set(key: Item, item: Item | undefined): void;
  query(asked: QueryAsked, staleBy: number): { Items: Item[]; LastEvaluatedKey?: Item };
  all(): readonly Item[];
}

const indexes: Readonly<Record<string, readonly [string, string]>> = {
  byPayer: ['payerKey', 'createdAt'],
  byPayee: ['payeeKey', 'createdAt'],
  due: ['dueShard', 'dueAtMs'],
};

/** A lag of an index is at most of so many writes. */
const mostRemembered = 8;

interface Change {
  readonly key: string;
  readonly before: Item | undefined;
}

export function openTable(): Table {
  const items = new Map<string, Map<string, Item>>();
  const indexed = new Map<string, Map<string, Item>>();
  const recent: Change[] = [];

  const partOf = (value: unknown) => {
    const pk = typeof value === 'string' ? value : '';
    const part = items.get(pk) ?? new Map<string, Item>();
    items.set(pk, part);
    return part;
  };

  function index(key: string, item: Item | undefined, was: Item | undefined): void {
    for (const [name, [partition]] of Object.entries(indexes)) {
      const place = (of: Item | undefined) => placeIn(name, of?.[partition]);
      const [old, now] = [place(was), place(item)];
      if (old !== undefined && old !== now) indexed.get(old)?.delete(key);
      if (now === undefined || item === undefined) continue;
      const part = indexed.get(now) ?? new Map<string, Item>();
      indexed.set(now, part.set(key, item));
    }
  }

  /** As it was `staleBy` writes ago: an index is told of a write after it happened. */
  function inIndex(name: string, value: unknown, staleBy: number): Item[] {
    const [partition] = indexes[name] ?? ['', ''];
    const found = new Map(indexed.get(placeIn(name, value) ?? ''));
    for (const { key, before } of recent.slice(recent.length - staleBy).reverse()) {
      if (before?.[partition] === value) found.set(key, before as Item);
      else found.delete(key);
    }
    return [...found.values()];
  }

  return {
    get: (key) => partOf(key?.['pk']).get(String(key?.['sk'])),
    all: () => [...items.values()].flatMap((part) => [...part.values()]),
    set(key, item) {
      const part = partOf(key['pk']);
      const [sort, name] = [String(key['sk']), `${String(key['pk'])}\n${String(key['sk'])}`];
      const was = part.get(sort);
      if (item === undefined) part.delete(sort);
      else part.set(sort, item);
      index(name, item, was);
      recent.push({ key: name, before: was });
      if (recent.length > mostRemembered) recent.shift();
    },
    query(asked, staleBy) {
      const { IndexName: name, KeyConditionExpression: condition = '' } = asked;
      const [partition, sort] = name === undefined ? ['pk', 'sk'] : (indexes[name] ?? ['', '']);
      const value = asked.ExpressionAttributeValues?.[/= (:\w+)/u.exec(condition)?.[1] ?? ''];
      const candidates =
        name === undefined ? [...partOf(value).values()] : inIndex(name, value, staleBy);
      const found = candidates.filter((item) => holds(condition, item, asked));
      const order = (item: Item) => [item[sort], item['pk'], item['sk']] as const;
      found.sort((one, other) => compareKeys(order(one), order(other)));
      if (asked.ScanIndexForward === false) found.reverse();
      const shown = (item: Item) => (name === undefined ? item : onlyKeys(item, [partition, sort]));
      return pageOf(found.map(shown), asked);
    },
  };
}

/** Whoever has no value there is not in the index. */
function placeIn(name: string, value: unknown): string | undefined {
  return typeof value === 'string' ? `${name} ${value}` : undefined;
}

function compareKeys(one: readonly unknown[], other: readonly unknown[]): number {
  for (const [at, value] of one.entries()) {
    const against = other[at];
    if (value === against) continue;
    return (value as string) < (against as string) ? -1 : 1;
  }
  return 0;
}

function onlyKeys(item: Item, fields: readonly string[]): Item {
  return Object.fromEntries(['pk', 'sk', ...fields].map((field) => [field, item[field]]));
}

function pageOf(found: readonly Item[], asked: QueryAsked) {
  const { ExclusiveStartKey: after, Limit: limit = found.length } = asked;
  const isLast = (item: Item) => item['pk'] === after?.['pk'] && item['sk'] === after?.['sk'];
  const from = after === undefined ? 0 : found.findIndex(isLast) + 1;
  const Items = found.slice(from, from + limit);
  const last = Items.at(-1);
  const isMore = from + limit < found.length;
  return isMore && last !== undefined ? { Items, LastEvaluatedKey: last } : { Items };
}
