// What the domain needs to remember about requests for money.
import type { PersonId } from '../people/person.ts';
import type { MoneyRequest, RequestChange, RequestEntry } from './money-request.ts';
import type { RequestId } from './request-id.ts';

export interface RequestPage {
  /** At most this many, and those of the same millisecond as the last: a page never splits one. */
  readonly limit: number;
  /** The createdAtMs of the last of the page before. */
  readonly beforeMs?: number;
  /** Only those in state `open`. */
  readonly openOnly?: boolean;
}

export interface RequestStore {
  get(id: RequestId): Promise<MoneyRequest | undefined>;
  /** Those that exist, in no particular order. */
  byIds(ids: readonly RequestId[]): Promise<MoneyRequest[]>;
  /** `conflict` when it moved since it was read; nothing is written then. The same change twice is `done` twice. */
  commit(change: RequestChange): Promise<'done' | 'conflict'>;
  /** Asked by this person and asked of them, newest first. */
  ofPerson(personId: PersonId, page: RequestPage): Promise<MoneyRequest[]>;
  /** In the order in which it happened. */
  journalOf(id: RequestId): Promise<RequestEntry[]>;
}
