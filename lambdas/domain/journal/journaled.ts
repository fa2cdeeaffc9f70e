// Every step of a payment, an order or a request becomes its journal entry here: balanced, and sealed over the one before.
import { type Actor, assertBalanced, type JournalEntry, type Posting } from './entry.ts';
import { sealed } from './seal.ts';

/** What the entry needs to know of a subject after its step. */
interface Journaled {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly dueAtMs?: number;
  readonly seal?: string;
}

interface Happened<Step, State> {
  readonly step: Step;
  readonly from: State | 'nothing';
  readonly actor: Actor;
  readonly nowMs: number;
  readonly reason?: string;
}

/** The subject and its entry, to be written together. Throws when the postings do not balance. */
export function journaled<Subject extends Journaled, Step extends string>(
  after: Subject,
  { step, from, actor, nowMs, reason }: Happened<Step, Subject['state']>,
  postings: readonly Posting[],
) {
  assertBalanced(postings);
  const entry: JournalEntry<Subject['id'], Step, Subject['state']> = {
    subject: after.id,
    sequence: after.version,
    step,
    from,
    to: after.state,
    actor,
    atMs: nowMs,
    postings,
    ...(reason === undefined ? {} : { reason }),
    ...(after.dueAtMs === undefined ? {} : { dueAtMs: after.dueAtMs }),
  };
  return sealed(after, entry);
}
