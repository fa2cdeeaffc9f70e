// One step of a payment or a request with everything that belongs to it: one transaction, all or nothing, once.
import { createHash } from 'node:crypto';
import { inOrder } from '../../domain/journal/in-order.ts';
import type { Item } from './item-format.ts';
import type { Table } from './table.ts';
import { type TransactOutcome, type TransactWrite, transact, transactPut } from './transact.ts';
import { ifAbsent, overVersionBefore } from './write.ts';

/** A subject after its step, and the entry that says so. */
export interface StepItems {
  readonly subject: Item;
  readonly version: number;
  readonly entry: Item;
}

/** The subject over the version before and its entry where there is none; the entry carries which change it is of. */
export function stepWrites(
  table: Table,
  names: { subject: string; entry: string },
  step: StepItems & { changeId: string },
): TransactWrite[] {
  const { subject, version, entry, changeId } = step;
  return [
    transactPut(table, names.subject, { item: subject, condition: overVersionBefore(version) }),
    transactPut(table, names.entry, { item: { ...entry, changeId }, condition: ifAbsent }),
  ];
}

/** What every commit names its entry. */
export interface StepEntry {
  readonly name: string;
  readonly changeId: string;
}

/**
 * Commits the writes of one change. When an entry of this sequence is there already and is of the very same change, an
 * earlier try of ours was written and its answer lost: `done`. A crash and a time-out after the write so look the same
 * as an answer. Otherwise someone else took another step: `conflict`, and the caller reads again.
 *
 * The request token covers the writes themselves, not just subject and sequence: two different steps that race for the
 * same sequence must not share a token, or the loser would be told of mismatched parameters instead of the truth. Equal
 * writes may share one: doing them twice is what the conditions forbid anyhow. It saves a call that is repeated within
 * ten minutes from being refused; after those the entry alone decides.
 */
export async function commitStep(
  table: Table,
  writes: readonly TransactWrite[],
  entry: StepEntry,
): Promise<'done' | 'conflict'> {
  return (await tryStep(table, writes, entry)).kind === 'done' ? 'done' : 'conflict';
}

/** The same, for a step that can be refused in more ways than one: which of its conditions did not hold. */
export async function tryStep(
  table: Table,
  writes: readonly TransactWrite[],
  entry: StepEntry,
): Promise<TransactOutcome> {
  const outcome = await transact(table, writes, tokenOf(writes));
  if (outcome.kind === 'done') return outcome;
  const isOurs = outcome.failed.get(entry.name)?.['changeId'] === entry.changeId;
  return isOurs ? { kind: 'done' } : outcome;
}

/** The same change has the same id, in whatever order its fields come. */
export function changeIdOf(change: object): string {
  return digest(JSON.stringify(inOrder(change)));
}

/** DynamoDB takes at most 36 characters. */
function tokenOf(writes: readonly TransactWrite[]): string {
  return digest(JSON.stringify(writes));
}

/** 216 bits. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 36);
}
