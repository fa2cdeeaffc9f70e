// A session of the merchant console: one member of one shop's team, in one browser, for a while.
import type { PersonId } from '../people/person.ts';
import type { ShopId } from '../shops/shop.ts';

export interface ConsoleSession {
  /** Of the token in the browser's cookie: the token itself is nowhere kept. */
  readonly fingerprint: string;
  readonly version: number;
  readonly shopId: ShopId;
  readonly personId: PersonId;
  readonly createdAtMs: number;
  readonly lastUsedAtMs: number;
  /** Credential of the passkey that began it; begun by a link, it has none. It ends with its passkey. */
  readonly passkeyId?: string;
}

const hourMs = 60 * 60 * 1000;

/** Whoever leaves the counter is signed out; whoever stays signs in once a week. */
export const idleMs = 12 * hourMs;
export const lifeMs = 7 * 24 * hourMs;

/** Noted no more often than this: a page a second need not be a write a second. */
export const noteUseEveryMs = 15 * 60 * 1000;

export function endsAtMs(session: Pick<ConsoleSession, 'createdAtMs' | 'lastUsedAtMs'>): number {
  return Math.min(session.createdAtMs + lifeMs, session.lastUsedAtMs + idleMs);
}
