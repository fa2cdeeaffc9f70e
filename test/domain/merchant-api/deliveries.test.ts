// Proves the way of an event to its merchant: once an endpoint, tried for three days, never twice at a time, and given up loudly.
import { beforeEach, describe, expect, it } from 'vitest';
import { memoryMerchantStores } from '../../../lambdas/adapters/memory/merchant-stores.ts';
import {
  advanceDelivery,
  type DeliveryOutcome,
} from '../../../lambdas/domain/merchant-api/advance-delivery.ts';
import { type Delivery, nextTryAt } from '../../../lambdas/domain/merchant-api/delivery.ts';
import { disabledNotice } from '../../../lambdas/domain/merchant-api/disabled-notice.ts';
import {
  changeEndpoint,
  redeliver,
  rollEndpointSecret,
} from '../../../lambdas/domain/merchant-api/manage-endpoints.ts';
import type { PostAnswer, WebhookSender } from '../../../lambdas/domain/merchant-api/ports.ts';
import { publishEvent } from '../../../lambdas/domain/merchant-api/publish-event.ts';
import type { WebhookEndpoint } from '../../../lambdas/domain/merchant-api/webhook-endpoint.ts';
import { derivedIds, randomTokens } from '../../../lambdas/wiring/randomness.ts';
import { aMerchantEvent, anEndpoint, noonMs } from '../../builders/merchants.ts';

type Posted = Parameters<WebhookSender['post']>[0];

function openPostOffice() {
  const time = { nowMs: noonMs };
  const posts: (Posted & { readonly atMs: number })[] = [];
  const wakes: { readonly subject: string; readonly inSeconds: number }[] = [];
  const office = {
    answer: (_message: Posted): PostAnswer | Promise<PostAnswer> => ok,
  };
  const world = {
    ...memoryMerchantStores(),
    clock: { now: () => time.nowMs },
    ids: derivedIds,
    tokens: randomTokens,
    webhookQueue: {
      wake: async (subject: string, inSeconds: number) => void wakes.push({ subject, inSeconds }),
    },
    webhookSender: {
      async post(message: Posted) {
        posts.push({ ...message, atMs: time.nowMs });
        return office.answer(message);
      },
    },
  };
  return { time, posts, wakes, world, office };
}

const ok: PostAnswer = { kind: 'answered', status: 200, text: 'thanks', tookMs: 5 };
const answered = (status: number): PostAnswer => ({
  kind: 'answered',
  status,
  text: '',
  tookMs: 5,
});
const late: PostAnswer = { kind: 'no_answer', why: 'timeout', tookMs: 15_000 };

let town: ReturnType<typeof openPostOffice>;
let endpoint: WebhookEndpoint;
beforeEach(async () => {
  town = openPostOffice();
  endpoint = anEndpoint();
  await town.world.webhookEndpoints.save(endpoint);
});

const deliveries = async (): Promise<readonly Delivery[]> =>
  (await town.world.deliveries.ofEndpoint(endpoint.id, { limit: 100 })).things;
const theDelivery = async (): Promise<Delivery> => {
  const [only] = await deliveries();
  if (only === undefined) throw new Error('Nothing is on its way.');
  return only;
};
const endpointNow = async () =>
  (await town.world.webhookEndpoints.get(endpoint.shopId, endpoint.id)) ?? endpoint;

/** From due date to due date, until nothing waits. */
async function untilItIsOver(): Promise<DeliveryOutcome[]> {
  const outcomes: DeliveryOutcome[] = [];
  for (let round = 0; round < 30; round += 1) {
    const { id, dueAtMs } = await theDelivery();
    if (dueAtMs === undefined) return outcomes;
    town.time.nowMs = Math.max(town.time.nowMs, dueAtMs);
    outcomes.push(await advanceDelivery(town.world, id));
  }
  return outcomes;
}

describe('an event', () => {
  it('goes to each endpoint that wants it, and once, however often it is published', async () => {
    const wanting = anEndpoint({ eventTypes: ['order.paid'] });
    const others = [
      anEndpoint({ eventTypes: ['order.ready'] }),
      anEndpoint({ disabledBecause: 'merchant' }),
      anEndpoint({ shopId: 'shp_other' }),
    ];
    for (const each of [wanting, ...others]) await town.world.webhookEndpoints.save(each);
    const event = aMerchantEvent();

    await Promise.all(Array.from({ length: 5 }, () => publishEvent(town.world, event)));

    expect(town.wakes).toHaveLength(2);
    for (const { subject } of town.wakes) {
      await advanceDelivery(
        town.world,
        subject.startsWith('whd_') ? `whd_${subject.slice(4)}` : 'whd_',
      );
    }
    expect(town.posts.map(({ url }) => url)).toEqual([endpoint.url, wanting.url]);
  });

  it('is small, under its own id, and says nothing of the buyer', async () => {
    const event = aMerchantEvent();
    await publishEvent(town.world, event);
    await untilItIsOver();
    const [posted] = town.posts;

    expect(posted?.id).toBe(event.id);
    expect(JSON.parse(posted?.body ?? '')).toEqual({
      id: event.id,
      type: 'order.paid',
      timestamp: '2026-11-22T12:00:00.000Z',
      data: {
        order: 'ord_1',
        number: 'K7M-2QX',
        state: 'paid',
        source: 'cart',
        total: { amount: 1250, currency: 'USD' },
      },
    });
    expect(await theDelivery()).toMatchObject({ state: 'delivered', tries: 1 });
  });
});

describe('a delivery that fails', () => {
  beforeEach(async () => {
    await publishEvent(town.world, aMerchantEvent());
  });

  it.each([
    ['500', answered(500)],
    ['a redirect', answered(302)],
    ['300', answered(300)],
    ['199, which is no end', answered(199)],
    ['404', answered(404)],
    ['200 after 30 s, which is none', late],
    ['an address that is not public', { kind: 'no_answer', why: 'address', tookMs: 1 } as const],
  ])('with %s is tried again under the same id, and then is done', async (_what, failure) => {
    const answers = [failure, failure, ok];
    town.office.answer = () => answers.shift() ?? ok;

    const outcomes = await untilItIsOver();

    expect(outcomes.map(({ kind }) => kind)).toEqual(['again', 'again', 'delivered']);
    expect(new Set(town.posts.map(({ id }) => id)).size).toBe(1);
    expect((await theDelivery()).attempts).toHaveLength(3);
    expect(await endpointNow()).not.toHaveProperty('failingSinceMs');
  });

  it('is woken for when its next try is due, to the second', async () => {
    town.office.answer = () => answered(500);
    const { id } = await theDelivery();
    await advanceDelivery(town.world, id);
    const { dueAtMs = 0 } = await theDelivery();

    expect(town.wakes.at(-1)).toEqual({
      subject: id,
      inSeconds: (dueAtMs - town.time.nowMs) / 1000,
    });
  });

  it('comes back at another moment than others that failed together with it', async () => {
    const moments = Array.from({ length: 20 }, (_, index) =>
      nextTryAt({ id: `whd_${index}`, tries: 1 }, { ids: derivedIds, nowMs: noonMs }),
    );

    expect(new Set(moments).size).toBeGreaterThan(15);
  });

  it('is tried ten times over three days, ever less often, with some jitter', async () => {
    town.office.answer = () => answered(503);
    await untilItIsOver();
    const hours = town.posts.map(({ atMs }) => (atMs - noonMs) / 3_600_000);
    const pauses = hours.slice(1).map((at, index) => at - (hours[index] ?? 0));

    expect(town.posts).toHaveLength(10);
    expect(hours.at(-1)).toBeGreaterThanOrEqual(72);
    expect(hours.at(-1)).toBeLessThan(84);
    expect(pauses).toEqual(pauses.toSorted((one, other) => one - other));
    expect((await theDelivery()).state).toBe('failed');
    expect(town.wakes.map(({ inSeconds }) => inSeconds)[1]).not.toBe(5);
  });

  it('for three days disables its endpoint, and its owner is told', async () => {
    town.office.answer = () => late;
    const outcomes = await untilItIsOver();
    const last = outcomes.at(-1);

    expect(last?.kind).toBe('endpoint_disabled');
    expect((await endpointNow()).disabledBecause).toBe('failing');
    expect(last?.kind === 'endpoint_disabled' && disabledNotice(last.endpoint)).toMatch(
      /joe\.example has not taken an event for three days/,
    );
  });

  it('three days to the moment after the first that failed disables it', async () => {
    await town.world.webhookEndpoints.save({
      ...endpoint,
      version: 2,
      failingSinceMs: noonMs - 3 * 24 * 3_600_000,
    });
    town.office.answer = () => answered(500);

    expect((await advanceDelivery(town.world, (await theDelivery()).id)).kind).toBe(
      'endpoint_disabled',
    );
  });

  it('with 410 disables it at once, and nothing more is sent there', async () => {
    town.office.answer = () => answered(410);
    const outcomes = await untilItIsOver();
    await publishEvent(town.world, aMerchantEvent());

    expect(outcomes.map(({ kind }) => kind)).toEqual(['endpoint_disabled']);
    expect((await endpointNow()).disabledBecause).toBe('gone');
    expect(await deliveries()).toHaveLength(1);
    expect(town.posts).toHaveLength(1);
  });

  it('is dropped when its endpoint is turned off or deleted meanwhile', async () => {
    town.office.answer = () => answered(500);
    const { id } = await theDelivery();
    await advanceDelivery(town.world, id);
    await town.world.webhookEndpoints.remove(endpoint.shopId, endpoint.id);
    town.time.nowMs += 60_000;

    expect((await advanceDelivery(town.world, id)).kind).toBe('dropped');
    expect(await theDelivery()).toMatchObject({ state: 'dropped' });
    expect(town.posts).toHaveLength(1);
  });

  it('is not even tried when its endpoint was turned off before', async () => {
    await town.world.webhookEndpoints.save({
      ...endpoint,
      version: 2,
      disabledBecause: 'merchant',
    });

    expect((await advanceDelivery(town.world, (await theDelivery()).id)).kind).toBe('dropped');
    expect(town.posts).toEqual([]);
  });

  it('leaves its endpoint as it is where it goes well', async () => {
    await untilItIsOver();

    expect(await endpointNow()).toEqual(endpoint);
  });
});

describe('a delivery that is woken', () => {
  beforeEach(async () => {
    await publishEvent(town.world, aMerchantEvent());
  });

  it('from ten sides at once is posted once', async () => {
    const { id } = await theDelivery();
    const all = await Promise.all(
      Array.from({ length: 10 }, () => advanceDelivery(town.world, id)),
    );

    expect(town.posts).toHaveLength(1);
    expect(all.filter(({ kind }) => kind === 'delivered')).toHaveLength(1);
  });

  it('early, late, or when it is unknown does nothing', async () => {
    const { id } = await theDelivery();
    town.time.nowMs -= 1;
    expect((await advanceDelivery(town.world, id)).kind).toBe('not_due');
    town.time.nowMs += 1;
    await advanceDelivery(town.world, id);
    expect((await advanceDelivery(town.world, id)).kind).toBe('not_due');
    expect((await advanceDelivery(town.world, 'whd_none')).kind).toBe('unknown');
    expect(town.posts).toHaveLength(1);
  });

  it('is posted again when whoever posted it died before noting so', async () => {
    town.office.answer = () => {
      throw new Error('died');
    };
    const { id } = await theDelivery();
    await expect(advanceDelivery(town.world, id)).rejects.toThrow('died');
    town.office.answer = () => ok;

    expect((await advanceDelivery(town.world, id)).kind).toBe('not_due');
    town.time.nowMs += 60_000;
    expect((await advanceDelivery(town.world, id)).kind).toBe('delivered');
    expect(new Set(town.posts.map((post) => post.id)).size).toBe(1);
  });
});

describe('the owner', () => {
  it('rolls a secret, and both sign until the overlap is over', async () => {
    const { shopId, id } = endpoint;
    await rollEndpointSecret(town.world, { shopId, id, overlapMs: 10_000 });
    await publishEvent(town.world, aMerchantEvent());
    await untilItIsOver();
    town.time.nowMs += 10_000;
    await publishEvent(town.world, aMerchantEvent());
    const next = (await deliveries()).find(({ state }) => state === 'waiting');
    await advanceDelivery(town.world, next?.id ?? 'whd_');
    const { secret } = await endpointNow();

    expect(town.posts.map(({ secrets }) => secrets)).toEqual([[secret, endpoint.secret], [secret]]);
  });

  it('turns a failing endpoint on again, forgiven, and sends what it missed', async () => {
    await publishEvent(town.world, aMerchantEvent());
    town.office.answer = () => answered(410);
    await untilItIsOver();
    const { shopId, id } = endpoint;
    const { id: deliveryId } = await theDelivery();
    await changeEndpoint(town.world, { shopId, id, change: { isEnabled: true } });
    town.office.answer = () => ok;

    const again = { shopId, endpointId: id, id: deliveryId };
    expect((await redeliver(town.world, { ...again, shopId: 'shp_other' })).kind).toBe('unknown');
    expect((await redeliver(town.world, again)).kind).toBe('waiting');
    expect((await advanceDelivery(town.world, deliveryId)).kind).toBe('delivered');
    expect(new Set(town.posts.map((post) => post.id)).size).toBe(1);
    expect((await endpointNow()).disabledBecause).toBeUndefined();
  });
});
