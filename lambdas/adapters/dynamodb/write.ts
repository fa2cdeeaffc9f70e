// Single conditional writes: over the version that was read, or only where nothing was.
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { SaveOutcome } from '../../domain/people/ports.ts';
import { ask } from './ask.ts';
import type { Item } from './item-format.ts';
import type { Table } from './table.ts';

export interface Condition {
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: Record<string, unknown>;
}

export const ifAbsent: Condition = { ConditionExpression: 'attribute_not_exists(pk)' };

/** Version 1 is written only where there is none; each later one only over the one before. */
export function overVersionBefore(version: number): Condition {
  if (version === 1) return ifAbsent;
  return {
    ConditionExpression: '#version = :versionBefore',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':versionBefore': version - 1 },
  };
}

/**
 * `conflict` also when an earlier try of this very call was written but its answer lost: two callers may want the
 * same (a PIN guessed wrong once more, a link used up), and only one of them may be told that it was theirs. Whoever
 * reads again sees how things stand.
 */
export async function put(table: Table, item: Item, condition: Condition): Promise<SaveOutcome> {
  const command = new PutCommand({ TableName: table.name, Item: item, ...condition });
  return outcomeOf(() => ask(table, () => table.documents.send(command)));
}

/** `conflict` when the condition did not hold. */
export async function outcomeOf(write: () => Promise<unknown>): Promise<SaveOutcome> {
  try {
    await write();
    return 'saved';
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return 'conflict';
    throw error;
  }
}
