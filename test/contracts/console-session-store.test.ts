// What every store of console sessions does: a session that has ended stays ended.
import { beforeAll, describe, expect, it } from 'vitest';
import type { ConsoleSessionStore } from '../../lambdas/domain/console/ports.ts';
import type { ConsoleSession } from '../../lambdas/domain/console/session.ts';
import { nextNumber } from '../builders/people.ts';
import { openStores, sorted, storeKinds } from './open-stores.ts';

const aSession = (changes: Partial<ConsoleSession> = {}): ConsoleSession => ({
  fingerprint: `s${nextNumber()}`,
  version: 1,
  shopId: 'shp_joe',
  personId: 'per_joe',
  createdAtMs: 1000,
  lastUsedAtMs: 1000,
  ...changes,
});

describe.each(storeKinds)('console sessions %s', (kind) => {
  let consoleSessions: ConsoleSessionStore;
  beforeAll(async () => {
    ({ consoleSessions } = await openStores(kind));
  });

  it('keeps one under its fingerprint and knows no other', async () => {
    const session = aSession({ passkeyId: 'Y3JlZA' });
    expect(await consoleSessions.save(session)).toBe('saved');

    expect(await consoleSessions.get(session.fingerprint)).toEqual(session);
    expect(await consoleSessions.get('forged')).toBeUndefined();
    expect(await consoleSessions.get('')).toBeUndefined();
  });

  it('notes its use for one of ten who write at once', async () => {
    const session = aSession();
    await consoleSessions.save(session);
    const used = { ...session, version: 2, lastUsedAtMs: 2000 };

    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => consoleSessions.save(used)),
    );

    expect(sorted(outcomes)).toEqual([...Array<string>(9).fill('conflict'), 'saved']);
  });

  it('ends it for good: a use noted late does not bring it back', async () => {
    const session = aSession();
    await consoleSessions.save(session);

    await consoleSessions.end(session.fingerprint);
    await consoleSessions.end(session.fingerprint);

    expect(await consoleSessions.get(session.fingerprint)).toBeUndefined();
    expect(await consoleSessions.save({ ...session, version: 2 })).toBe('conflict');
  });
});
