// What the stores of the merchants' API do, in memory and on DynamoDB alike: one writer wins, and lists go on where they ended.
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { dynamoDueIndex } from '../../lambdas/adapters/dynamodb/due-index.ts';
import {
  dynamoMerchantStores,
  type MerchantStores,
} from '../../lambdas/adapters/dynamodb/merchant-stores.ts';
import { tableOf } from '../../lambdas/adapters/dynamodb/table.ts';
import { memoryMerchantStores } from '../../lambdas/adapters/memory/merchant-stores.ts';
import type { Page, PageOf } from '../../lambdas/domain/shops/ports.ts';
import {
  aDelivery,
  aMerchantEvent,
  anApiKey,
  anEndpoint,
  aShopId,
  noonMs,
} from '../builders/merchants.ts';
import { makeTables } from '../builders/tables.ts';
import { openDocuments, sorted, storeKinds } from './open-stores.ts';

async function openMerchantStores(kind: (typeof storeKinds)[number]): Promise<MerchantStores> {
  if (kind === 'in memory') return memoryMerchantStores();
  const { documents, names } = await openDocuments(kind);
  return dynamoMerchantStores(documents, names);
}

/** Every page of a list, from the first to the last. */
async function allPages<Thing>(
  read: (page: PageOf) => Promise<Page<Thing>>,
  limit: number,
): Promise<Thing[][]> {
  const pages: Thing[][] = [];
  let after: string | undefined;
  do {
    const page = await read({ limit, ...(after === undefined ? {} : { after }) });
    pages.push([...page.things]);
    after = page.next;
  } while (after !== undefined && pages.length < 50);
  return pages;
}

describe.each(storeKinds)('the merchants’ stores %s', (kind) => {
  let stores: MerchantStores;
  beforeAll(async () => {
    stores = await openMerchantStores(kind);
  });

  describe('of API keys', () => {
    it('find a key by its id and in the list of its shop', async () => {
      const shopId = aShopId();
      const key = anApiKey({
        shopId,
        previous: { fingerprint: 'old', validUntilMs: noonMs },
        rolledAtMs: noonMs,
      });
      expect(await stores.apiKeys.save(key)).toBe('saved');
      const revoked = { ...key, version: 2, revokedAtMs: noonMs };
      expect(await stores.apiKeys.save(revoked)).toBe('saved');

      expect(await stores.apiKeys.get(key.id)).toEqual(revoked);
      expect(await stores.apiKeys.ofShop(shopId)).toEqual([revoked]);
      expect(await stores.apiKeys.ofShop(aShopId())).toEqual([]);
      expect(await stores.apiKeys.get('key_none')).toBeUndefined();
    });

    it('make and roll a key once, whoever presses at the same time', async () => {
      const key = anApiKey();
      const made = await Promise.all(Array.from({ length: 8 }, () => stores.apiKeys.save(key)));
      const rolled = { ...key, version: 2, fingerprint: 'new' };
      const won = await Promise.all(Array.from({ length: 8 }, () => stores.apiKeys.save(rolled)));

      expect(sorted(made)).toEqual([...Array<string>(7).fill('conflict'), 'saved']);
      expect(sorted(won)).toEqual([...Array<string>(7).fill('conflict'), 'saved']);
    });
  });

  describe('of a key’s last use', () => {
    it('keep the latest day, and the key as it is otherwise', async () => {
      const key = anApiKey();
      await stores.apiKeys.save(key);
      await stores.apiKeys.noteUse(key.id, '2026-11-21');
      await Promise.all(
        Array.from({ length: 5 }, () => stores.apiKeys.noteUse(key.id, '2026-11-22')),
      );
      await stores.apiKeys.noteUse(key.id, '2026-11-20');

      expect(await stores.apiKeys.get(key.id)).toEqual({ ...key, lastUsedOn: '2026-11-22' });
      expect(await stores.apiKeys.save({ ...key, version: 2 })).toBe('saved');
    });

    it('make no key of one that is not there', async () => {
      await stores.apiKeys.noteUse('key_none', '2026-11-22');

      expect(await stores.apiKeys.get('key_none')).toBeUndefined();
    });
  });

  describe('of calls', () => {
    it('let one of twenty begin, and keep its answer', async () => {
      const call = {
        shopId: aShopId(),
        key: 'a key with ☕ and / and # in it',
        version: 1,
        fingerprint: 'f',
        startedAtMs: noonMs,
      };
      const begun = await Promise.all(Array.from({ length: 20 }, () => stores.apiCalls.save(call)));
      const done = { ...call, version: 2, answer: { status: 201, body: '{"a":1}' } };
      await stores.apiCalls.save(done);

      expect(sorted(begun)).toEqual([...Array<string>(19).fill('conflict'), 'saved']);
      expect(await stores.apiCalls.get(call.shopId, call.key)).toEqual(done);
      expect(await stores.apiCalls.get(aShopId(), call.key)).toBeUndefined();
    });
  });

  describe('of buckets', () => {
    const bucket = { size: 5, refillMs: 100 };

    it('give out as many as there are, and one more for each that comes back', async () => {
      const { id } = anApiKey();
      const take = (nowMs: number) => stores.rates.take(id, { ...bucket, nowMs });
      const taken = [];
      for (let count = 0; count < 7; count += 1) taken.push((await take(noonMs)).kind);

      expect(taken).toEqual(['taken', 'taken', 'taken', 'taken', 'taken', 'empty', 'empty']);
      expect(await take(noonMs)).toEqual({ kind: 'empty', fullAtMs: noonMs + 500 });
      expect(await take(noonMs + 99)).toMatchObject({ kind: 'empty' });
      expect(await take(noonMs + 100)).toEqual({ kind: 'taken', fullAtMs: noonMs + 600 });
      expect(await take(noonMs + 100)).toMatchObject({ kind: 'empty' });
      expect(await take(noonMs + 600)).toEqual({ kind: 'taken', fullAtMs: noonMs + 700 });
    });

    it('never give out more to twenty at once', async () => {
      const { id } = anApiKey();
      const all = await Promise.all(
        Array.from({ length: 20 }, () => stores.rates.take(id, { ...bucket, nowMs: noonMs })),
      );

      expect(all.filter(({ kind }) => kind === 'taken')).toHaveLength(5);
    });
  });

  describe('of endpoints', () => {
    it('keep, change and remove one, each in its shop alone', async () => {
      const shopId = aShopId();
      const endpoint = anEndpoint({ shopId, description: 'till', eventTypes: ['order.paid'] });
      await stores.webhookEndpoints.save(endpoint);
      const failing = {
        ...endpoint,
        version: 2,
        failingSinceMs: noonMs,
        disabledBecause: 'failing',
        previousSecret: { secret: 'whsec_old', validUntilMs: noonMs },
      } as const;
      expect(await stores.webhookEndpoints.save(failing)).toBe('saved');
      expect(await stores.webhookEndpoints.save(failing)).toBe('conflict');

      expect(await stores.webhookEndpoints.get(shopId, endpoint.id)).toEqual(failing);
      expect(await stores.webhookEndpoints.get(aShopId(), endpoint.id)).toBeUndefined();
      expect(await stores.webhookEndpoints.ofShop(shopId)).toEqual([failing]);
      await stores.webhookEndpoints.remove(aShopId(), endpoint.id);
      expect(await stores.webhookEndpoints.ofShop(shopId)).toHaveLength(1);
      await stores.webhookEndpoints.remove(shopId, endpoint.id);
      expect(await stores.webhookEndpoints.ofShop(shopId)).toEqual([]);
    });
  });

  describe('of events', () => {
    it('keep an event once, and the first that came', async () => {
      const event = aMerchantEvent({ shopId: aShopId() });
      await stores.merchantEvents.add(event);
      await stores.merchantEvents.add({ ...event, type: 'order.ready' });

      expect(await stores.merchantEvents.get(event.shopId, event.id)).toEqual(event);
      expect(await stores.merchantEvents.get(aShopId(), event.id)).toBeUndefined();
    });

    it('list them newest first, page by page, and nobody else’s', async () => {
      const shopId = aShopId();
      const events = Array.from({ length: 7 }, (_, index) =>
        aMerchantEvent({ shopId, createdAtMs: noonMs + index * 1000 }),
      );
      for (const event of events) await stores.merchantEvents.add(event);
      await stores.merchantEvents.add(aMerchantEvent({ shopId: aShopId() }));

      const pages = await allPages((page) => stores.merchantEvents.ofShop(shopId, page), 3);

      expect(pages.map((page) => page.length)).toEqual([3, 3, 1]);
      expect(pages.flat()).toEqual(events.toReversed());
      expect(await stores.merchantEvents.ofShop(shopId, { limit: 3, after: 'evt_' })).toEqual({
        things: [],
      });
    });
  });

  describe('of deliveries', () => {
    it('keep what every try came to', async () => {
      const delivery = aDelivery();
      await stores.deliveries.save(delivery);
      const { dueAtMs: _due, ...rest } = delivery;
      const failed = {
        ...rest,
        version: 2,
        state: 'failed',
        tries: 2,
        attempts: [
          { atMs: noonMs, tookMs: 31, status: 500, answer: 'oh no' },
          { atMs: noonMs, tookMs: 15_000, why: 'timeout' },
        ],
      } as const;
      expect(await stores.deliveries.save(failed)).toBe('saved');
      expect(await stores.deliveries.save(failed)).toBe('conflict');

      expect(await stores.deliveries.get(delivery.id)).toEqual(failed);
    });

    it('list those of an endpoint, newest first, page by page', async () => {
      const { id: endpointId } = anEndpoint();
      const deliveries = Array.from({ length: 5 }, (_, index) =>
        aDelivery({ endpointId, createdAtMs: noonMs + index }),
      );
      for (const delivery of deliveries) await stores.deliveries.save(delivery);

      const pages = await allPages((page) => stores.deliveries.ofEndpoint(endpointId, page), 2);

      expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
      expect(pages.flat()).toEqual(deliveries.toReversed());
    });
  });
});

describe('a delivery on DynamoDB', () => {
  it('is found by the sweeper while it waits, and no more once it is over', async () => {
    const { documents, names } = await makeTables(inject('dynamoDbUrl'));
    const { deliveries } = dynamoMerchantStores(documents, names);
    const index = dynamoDueIndex(tableOf(documents, names.transactions));
    const due = async () =>
      (
        await Promise.all(
          Array.from({ length: index.shards }, (_, shard) =>
            index.dueBefore(shard, noonMs, { end: 'earliest', limit: 10 }),
          ),
        )
      ).flat();
    const delivery = aDelivery();
    await deliveries.save(delivery);

    expect(await due()).toEqual([delivery.id]);
    const { dueAtMs: _due, ...over } = delivery;
    await deliveries.save({ ...over, version: 2, state: 'delivered' });
    expect(await due()).toEqual([]);
  });

  it('is not found under a cursor that nobody gave out', async () => {
    const { documents, names } = await makeTables(inject('dynamoDbUrl'));
    const { deliveries } = dynamoMerchantStores(documents, names);
    const delivery = aDelivery();
    await deliveries.save(delivery);

    for (const after of ['', 'x', '1.whd_', "1.whd_a' OR 1", '99999999999999.whd_a']) {
      const page = await deliveries.ofEndpoint(delivery.endpointId, { limit: 5, after });
      expect(page.next).toBeUndefined();
    }
  });
});
