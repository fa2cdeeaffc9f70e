// DynamoDB in memory, at the seam of the SDK's document client: conditions, transactions, indexes, tokens and what AWS refuses.
import {
  ConditionalCheckFailedException,
  IdempotentParameterMismatchException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Documents } from '../../../lambdas/adapters/dynamodb/table.ts';
import { type Expression, holds, type Item, updated } from './expressions.ts';
import { openTable, type Table } from './table.ts';

/** One item that changed, as the stream will tell of it. */
export interface Written {
  readonly table: string;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

export interface Tables {
  /** As the stores know the SDK's client: answered at once, without a fault. */
  readonly documents: Documents;
  /** What the service answers to one command; throws as the SDK does. */
  execute(command: object): unknown;
  /** How far behind indexes are when they are next asked: so many of the last writes are not in them yet. */
  staleBy: number;
  /** Told of everything that one call wrote, at once. */
  onWrite: (written: readonly Written[]) => void;
  table(name: string): Table;
}

const tokenLifeMs = 10 * 60 * 1000;

export function openTables(clock: { now(): number }): Tables {
  const open = new Map<string, Table>();
  const tokens = new Map<string, { readonly text: string; readonly atMs: number }>();
  const table = (name = '') => {
    const found = open.get(name) ?? openTable();
    open.set(name, found);
    return found;
  };

  function write(planned: readonly Planned[]): void {
    const written = planned.map(({ TableName = '', Key, after }) => ({
      table: TableName,
      before: table(TableName).get(Key),
      after,
    }));
    for (const { TableName, Key, after } of planned) table(TableName).set(Key, after);
    tables.onWrite(written);
  }

  function transact({ TransactItems = [], ClientRequestToken: token }: TransactInput): object {
    const text = JSON.stringify(TransactItems);
    const known = token === undefined ? undefined : tokens.get(token);
    if (known !== undefined && clock.now() - known.atMs < tokenLifeMs) {
      if (known.text === text) return {};
      throw new IdempotentParameterMismatchException({
        message: 'other parameters',
        $metadata: {},
      });
    }
    const wanted = TransactItems.map(({ Put, Update, Delete, ConditionCheck }) =>
      plan(Put ?? Update ?? Delete ?? ConditionCheck ?? {}, table),
    );
    if (wanted.some(({ isRefused }) => isRefused)) {
      throw new TransactionCanceledException({
        message: 'Transaction cancelled',
        $metadata: {},
        CancellationReasons: wanted.map(reasonOf),
      });
    }
    write(wanted.filter(({ isCheck }) => !isCheck));
    if (token !== undefined) tokens.set(token, { text, atMs: clock.now() });
    return {};
  }

  function writeOne(input: WriteInput): object {
    const planned = plan(input, table);
    if (planned.isRefused) {
      throw new ConditionalCheckFailedException({
        message: 'The conditional request failed',
        $metadata: {},
        ...reasonOf(planned),
      });
    }
    write([planned]);
    if (input.ReturnValues === 'ALL_NEW') return { Attributes: planned.after };
    const wantsOld = input.ReturnValues === 'ALL_OLD' && planned.stands !== undefined;
    return wantsOld ? { Attributes: planned.stands } : {};
  }

  const tables: Tables = {
    documents: { send: async (command: object) => tables.execute(command) as never },
    staleBy: 0,
    onWrite: () => undefined,
    table,
    execute(command) {
      if (command instanceof GetCommand) {
        const { TableName, Key } = command.input;
        const Item = table(TableName).get(Key);
        return Item === undefined ? {} : { Item };
      }
      if (command instanceof QueryCommand) {
        const { TableName } = command.input;
        return table(TableName).query(command.input, tables.staleBy);
      }
      if (command instanceof BatchGetCommand) return batchGet(command.input.RequestItems, table);
      if (command instanceof TransactWriteCommand) return transact(command.input as TransactInput);
      if (
        command instanceof PutCommand ||
        command instanceof UpdateCommand ||
        command instanceof DeleteCommand
      )
        return writeOne(command.input as WriteInput);
      throw new Error(`The simulated DynamoDB knows no ${command.constructor.name}.`);
    },
  };
  return tables;
}

interface WriteInput extends Expression {
  readonly TableName?: string;
  readonly Item?: Item;
  readonly Key?: Item;
  readonly UpdateExpression?: string;
  readonly ConditionExpression?: string;
  readonly ReturnValues?: string;
  readonly ReturnValuesOnConditionCheckFailure?: string;
}

interface TransactInput {
  readonly TransactItems?: readonly {
    readonly Put?: WriteInput;
    readonly Update?: WriteInput;
    readonly Delete?: WriteInput;
    readonly ConditionCheck?: WriteInput;
  }[];
  readonly ClientRequestToken?: string;
}

interface Planned extends WriteInput {
  readonly Key: Item;
  readonly stands: Item | undefined;
  readonly after: Item | undefined;
  readonly isRefused: boolean;
  readonly isCheck: boolean;
}

function plan(input: WriteInput, table: (name?: string) => Table): Planned {
  const { Item, UpdateExpression: update, ConditionExpression: condition } = input;
  const { pk, sk } = Item ?? input.Key ?? {};
  const Key = { pk, sk };
  const stands = table(input.TableName).get(Key);
  const isRefused = !holds(condition, stands, input);
  const after = update !== undefined && !isRefused ? updated(update, stands ?? Key, input) : Item;
  return { ...input, Key, stands, isRefused, isCheck: false, after: after && kept(after) };
}

function reasonOf({ isRefused, stands, ReturnValuesOnConditionCheckFailure: give }: Planned) {
  if (!isRefused) return { Code: 'None' };
  const isGiven = give === 'ALL_OLD' && stands !== undefined;
  return {
    Code: 'ConditionalCheckFailed',
    ...(isGiven ? { Item: marshall(stands, { removeUndefinedValues: true }) } : {}),
  };
}

function batchGet(asked: object = {}, table: (name: string) => Table): object {
  const answers = Object.entries(asked as Record<string, { Keys: readonly Item[] }>).map(
    ([name, { Keys }]) => [name, Keys.flatMap((key) => table(name).get(key) ?? [])],
  );
  return { Responses: Object.fromEntries(answers) };
}

/** A copy that nobody shares, without what is undefined, as `removeUndefinedValues` has it. */
function kept<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Uint8Array) return value.slice() as Value;
  if (Array.isArray(value)) return Object.freeze(value.map(kept)) as Value;
  const copy: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(value))
    if (field !== undefined) copy[name] = kept(field);
  return Object.freeze(copy) as Value;
}
