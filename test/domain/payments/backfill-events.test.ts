// Webhooks that never came: the provider's own list is read, and only what nobody has settled is queued.
import { describe, expect, it } from 'vitest';
import { memoryProviderEvents } from '../../../lambdas/adapters/memory/provider-events.ts';
import {
  backfillEvents,
  type BackfillWorld,
  type ShopAccount,
} from '../../../lambdas/domain/payments/backfill-events.ts';
import type { ProviderEventHint } from '../../../lambdas/domain/payments/ports.ts';
import { anOrderDraft } from '../../builders/orders.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** Noon. */
const nowMs = Date.UTC(2026, 10, 22, 12);

interface Happened extends ProviderEventHint {
  readonly atMs: number;
}

const happened = (id: string, agoMs: number): Happened => ({
  id,
  type: 'charge.dispute.created',
  objectId: `du_${id}`,
  atMs: nowMs - agoMs,
});

interface Scene {
  /** Newest first, by account; the platform's under `platform`. */
  readonly events?: Readonly<Record<string, readonly Happened[] | 'not_known'>>;
  readonly shops?: readonly (ShopAccount & { readonly soldAgoMs?: number })[];
  readonly pageSize?: number;
  readonly atMs?: number;
  /** What reading one page takes. */
  readonly slowMs?: number;
}

function backfilling(scene: Scene) {
  const { events = {}, shops = [], pageSize = 100, slowMs = 0 } = scene;
  const clock = { nowMs: scene.atMs ?? nowMs };
  const queued: ProviderEventHint[] = [];
  const read: string[] = [];
  const world: BackfillWorld = {
    clock: { now: () => clock.nowMs },
    providerEvents: memoryProviderEvents(),
    eventsQueue: {
      put: async (hint) => {
        queued.push(hint);
      },
    },
    orders: {
      ofShop: async (shopId) => {
        const ago = shops.find((shop) => shop.shopId === shopId)?.soldAgoMs;
        const createdAtMs = clock.nowMs - (ago ?? 0);
        return { things: ago === undefined ? [] : [anOrderDraft({ shopId, createdAtMs }).order] };
      },
    },
    async *shopAccounts() {
      yield* shops;
    },
    eventLog: {
      async *happened({ fromMs, toMs }, accountId = 'platform') {
        read.push(accountId);
        const listed = events[accountId] ?? [];
        if (listed === 'not_known') {
          yield listed;
          return;
        }
        const inside = listed.filter(({ atMs }) => atMs >= fromMs && atMs < toMs);
        for (let start = 0; start < inside.length; start += pageSize) {
          clock.nowMs += slowMs;
          yield inside.slice(start, start + pageSize);
        }
      },
    },
  };
  const run = (forMs = hourMs) => backfillEvents(world, clock.nowMs + forMs);
  return { world, run, read, queued: () => queued.map(({ id }) => id) };
}

describe('the backfill', () => {
  it('queues what nobody has settled, the oldest first, and what was begun and never ended', async () => {
    const { world, run, queued } = backfilling({
      events: {
        platform: [happened('c', hourMs), happened('b', 2 * hourMs), happened('a', 3 * hourMs)],
      },
    });
    await world.providerEvents.begin('b', 1);
    await world.providerEvents.settle('b', 'applied');
    await world.providerEvents.begin('c', 1);

    const done = await run();

    expect(queued()).toEqual(['a', 'c']);
    expect(done).toEqual({ accounts: 1, events: 3, queued: 2, notKnown: 0, left: 0 });
  });

  it('leaves alone what may still be on its way, and what is older than it looks', async () => {
    const { run, queued } = backfilling({
      events: {
        platform: [
          happened('young', 4 * minuteMs),
          happened('due', 5 * minuteMs + 1),
          happened('oldest', 6 * hourMs),
          happened('old', 6 * hourMs + 1),
        ],
      },
    });

    await run();

    expect(queued()).toEqual(['oldest', 'due']);
  });

  it('looks three days back once a night', async () => {
    const atMs = Date.UTC(2026, 10, 23, 2, 30);
    const ago = (id: string, agoMs: number) => ({ ...happened(id, 0), atMs: atMs - agoMs });
    const { run, queued } = backfilling({
      atMs,
      events: { platform: [ago('late', 3 * dayMs), ago('lost', 3 * dayMs + 1)] },
    });

    await run();

    expect(queued()).toEqual(['late']);
  });

  it('reads the accounts of shops that sold lately, and no other', async () => {
    const { run, read } = backfilling({
      shops: [
        { shopId: 'shp_a', accountId: 'acct_a', soldAgoMs: dayMs },
        { shopId: 'shp_never', accountId: 'acct_never' },
        { shopId: 'shp_long', accountId: 'acct_long', soldAgoMs: 120 * dayMs },
        { shopId: 'shp_b', accountId: 'acct_b', soldAgoMs: 119 * dayMs },
      ],
    });

    await run();

    expect(read.toSorted()).toEqual(['acct_a', 'acct_b', 'platform']);
  });

  it('goes on where one account does not answer', async () => {
    const { run, queued } = backfilling({
      events: { acct_a: 'not_known', acct_b: [happened('b', hourMs)] },
      shops: ['a', 'b'].map((name) => ({
        shopId: `shp_${name}`,
        accountId: `acct_${name}`,
        soldAgoMs: dayMs,
      })),
    });

    expect(await run()).toMatchObject({ accounts: 3, notKnown: 1, left: 0 });
    expect(queued()).toEqual(['b']);
  });

  it('stops in time in the middle of a long list, and counts what it left', async () => {
    const many = Array.from({ length: 50 }, (_, index) => happened(`e${index}`, hourMs + index));
    const { run, queued } = backfilling({
      pageSize: 10,
      slowMs: minuteMs,
      events: { platform: many },
      shops: [{ shopId: 'shp_a', accountId: 'acct_a', soldAgoMs: dayMs }],
    });

    const done = await run(3 * minuteMs);

    expect(done).toMatchObject({ accounts: 1, events: 30, left: 2 });
    expect(queued()).toHaveLength(30);
  });

  it('reads a thousand pages of an account and no more, so that one does not use up the time of all', async () => {
    const listOf = (count: number) =>
      Array.from({ length: count }, (_, index) => happened(`e${index}`, hourMs + index));
    const exactly = backfilling({ pageSize: 1, events: { platform: listOf(999) } });
    expect(await exactly.run()).toMatchObject({ events: 999, left: 0 });

    const tooMany = backfilling({ pageSize: 1, events: { platform: listOf(1200) } });
    expect(await tooMany.run()).toMatchObject({ events: 1000, left: 1 });
  });

  it('begins with another shop each hour, so that none is always the one there was no time for', async () => {
    const shops = Array.from({ length: 12 }, (_, index) => ({
      shopId: `shp_${index}` as const,
      accountId: `acct_${index}`,
      soldAgoMs: dayMs,
    }));
    const firsts = new Set<string | undefined>();
    for (let hour = 0; hour < 36; hour += 1) {
      const { run, read } = backfilling({ shops, atMs: nowMs + hour * hourMs });
      await run();
      firsts.add(read[1]);
    }

    expect(firsts.size).toBe(12);
  });
});
