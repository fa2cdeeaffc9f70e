// What every DueIndex does: it finds all that is due, earliest first, and nothing that no longer waits.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Stores } from '../../lambdas/adapters/dynamodb/stores.ts';
import { aDraft, anAskedRequest, next, noonMs } from '../builders/payments.ts';
import { openStores, storeKinds } from './open-stores.ts';

const minuteMs = 60_000;
/** Drafts are due half an hour after they were made. */
const draftDueMs = noonMs + 30 * minuteMs;

describe.each(storeKinds)('the due index %s', (kind) => {
  let stores: Stores;
  beforeAll(async () => {
    stores = await openStores(kind);
  });

  const due = async (nowMs: number, limit = 1000) => {
    const shards = Array.from({ length: stores.dueIndex.shards }, (_, shard) => shard);
    const found = await Promise.all(
      shards.map((shard) => stores.dueIndex.dueBefore(shard, nowMs, { end: 'earliest', limit })),
    );
    return found.flat();
  };

  it('finds what is due and nothing before its time, payments and requests alike', async () => {
    const draft = aDraft();
    const asked = anAskedRequest({ createdAtMs: noonMs - 60 * 24 * 60 * minuteMs });
    await stores.payments.commit(draft);
    await stores.requests.commit(asked);

    expect(await due(draftDueMs - 1)).toContain(asked.request.id);
    expect(await due(draftDueMs - 1)).not.toContain(draft.payment.id);
    expect(await due(draftDueMs)).toContain(draft.payment.id);
  });

  it('forgets what waits no longer', async () => {
    const draft = aDraft();
    await stores.payments.commit(draft);
    await stores.payments.commit(next(draft.payment, 'draft_cancelled'));

    expect(await due(draftDueMs + minuteMs)).not.toContain(draft.payment.id);
  });

  it('spreads over its shards, each id in one alone', async () => {
    const drafts = Array.from({ length: 40 }, () => aDraft({ createdAtMs: noonMs + minuteMs }));
    for (const draft of drafts) await stores.payments.commit(draft);
    const ids = drafts.map(({ payment }) => payment.id);

    const found = await due(draftDueMs + minuteMs);
    for (const id of ids) expect(found.filter((each) => each === id)).toHaveLength(1);
    const shardSizes = await Promise.all(
      Array.from({ length: stores.dueIndex.shards }, (_, shard) =>
        stores.dueIndex.dueBefore(shard, draftDueMs + minuteMs, {
          end: 'earliest',
          limit: 1000,
        }),
      ),
    );
    expect(shardSizes.filter((shard) => shard.length > 0).length).toBeGreaterThan(4);
  });

  it('gives the earliest or the latest first, and no more than asked for', async () => {
    const late = Array.from({ length: 24 }, (_, index) =>
      aDraft({ createdAtMs: noonMs + (200 - index) * minuteMs }),
    );
    for (const draft of late) await stores.payments.commit(draft);
    const dueAt = new Map<string, number>(
      late.map(({ payment }) => [payment.id, payment.dueAtMs ?? 0]),
    );

    for (let shard = 0; shard < stores.dueIndex.shards; shard += 1) {
      const first = (limit: number, end: 'earliest' | 'latest' = 'earliest') =>
        stores.dueIndex.dueBefore(shard, noonMs + 1000 * minuteMs, { end, limit });
      const all = await first(1000);
      const ours = all.filter((id) => dueAt.has(id)).map((id) => dueAt.get(id) ?? 0);
      expect(ours).toEqual(ours.toSorted((one, other) => one - other));
      expect(await first(2)).toEqual(all.slice(0, 2));
      const last = (await first(1000, 'latest')).filter((id) => dueAt.has(id));
      expect(last.map((id) => dueAt.get(id))).toEqual(ours.toReversed());
      expect(await first(2, 'latest')).toHaveLength(Math.min(2, all.length));
    }
  });
});
