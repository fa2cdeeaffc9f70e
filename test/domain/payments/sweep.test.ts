// The sweeper: nothing that is due is held up by what nobody can get done, by a hot shard, or by a second sweeper.
import { describe, expect, it } from 'vitest';
import { advancePayment } from '../../../lambdas/domain/payments/advance-payment.ts';
import type { DueIndex } from '../../../lambdas/domain/payments/ports.ts';
import { mostPerShard, sweep } from '../../../lambdas/domain/payments/sweep.ts';
import { RetryLater } from '../../../lambdas/domain/retry-later.ts';
import { aHeldPayment, annAndBob, moved, secondMs, stepsOf } from '../../builders/scenes.ts';
import { openStores, storeKinds } from '../../contracts/open-stores.ts';
import { aDraft, noonMs } from '../../builders/payments.ts';

const hourMs = 60 * 60_000;

/** What is due in each shard, the earliest first. */
function sweeping(shards: readonly (readonly string[] | 'throttled')[]) {
  const woken: string[] = [];
  const asked: string[] = [];
  const dueIndex: DueIndex = {
    shards: shards.length,
    dueBefore: async (shard, _nowMs, { end, limit }) => {
      const due = shards[shard] ?? [];
      asked.push(`${shard} ${end}`);
      if (due === 'throttled') throw new RetryLater('store_throttled');
      return (end === 'earliest' ? due : due.toReversed()).slice(0, limit);
    },
  };
  const dueQueue = {
    wake: async (subject: string) => {
      woken.push(subject);
    },
  };
  return { world: { clock: { now: () => noonMs }, dueIndex, dueQueue }, woken, asked };
}

const many = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) => `pay_${name}${index}`);

describe('the sweeper', () => {
  it('wakes all that is due, each once, and asks each shard once where little is due', async () => {
    const { world, woken, asked } = sweeping([['pay_a', 'pay_b'], [], ['req_c']]);

    expect(await sweep(world)).toBe(3);
    expect(woken.toSorted()).toEqual(['pay_a', 'pay_b', 'req_c']);
    expect(asked.toSorted()).toEqual(['0 earliest', '1 earliest', '2 earliest']);
  });

  it('takes a bounded part of a shard that is hot, and all of the others', async () => {
    const { world, woken } = sweeping([many('hot', 50_000), ['pay_quiet'], ['ord_quiet']]);

    expect(await sweep(world)).toBe(2 * mostPerShard + 2);
    expect(woken).toContain('pay_quiet');
    expect(woken).toContain('ord_quiet');
  });

  it('wakes what fell due last also where a whole page before it is never done', async () => {
    const { world, woken } = sweeping([[...many('stuck', 10 * mostPerShard), 'pay_fresh']]);

    await sweep(world);

    expect(woken).toContain('pay_fresh');
    expect(woken).toContain('pay_stuck0');
    expect(new Set(woken).size).toBe(woken.length);
  });

  it('lets a shard that is throttled hurt no other, and fails then, so that somebody hears of it', async () => {
    const { world, woken } = sweeping(['throttled', ['pay_a'], ['pay_b']]);

    await expect(sweep(world)).rejects.toThrow('store_throttled');
    expect(woken.toSorted()).toEqual(['pay_a', 'pay_b']);
  });
});

describe('two sweepers at once', () => {
  it('pay out once, and write each step once', async () => {
    const scene = await annAndBob();
    const { payment } = await aHeldPayment(scene);
    const { town } = scene;
    town.holdEvents();
    const undoneUntilMs = town.world.clock.now() + 10 * secondMs;
    const woken: string[] = [];
    const world = {
      ...town.world,
      clock: { now: () => undoneUntilMs },
      dueQueue: {
        wake: async (subject: string) => {
          woken.push(subject);
        },
      },
    };

    await Promise.all([sweep(world), sweep(world)]);
    expect(woken).toEqual([payment.id, payment.id]);
    await Promise.all(woken.map(() => advancePayment(world, payment.id)));
    await town.settle();

    expect(moved(town)).toEqual(['charge', 'payout']);
    const steps = await stepsOf(town, scene.ann);
    expect(steps.filter((step) => step === 'payout_started' || step === 'paid_out')).toEqual([
      'payout_started',
      'paid_out',
    ]);
    await town.checkBooks();
  });
});

describe.each(storeKinds)('many that are due at once %s', (kind) => {
  it('are all woken by two sweepers at once', async () => {
    const stores = await openStores(kind);
    const drafts = Array.from({ length: 120 }, () => aDraft({ createdAtMs: noonMs - 2 * hourMs }));
    for (const draft of drafts) await stores.payments.commit(draft);
    const woken = new Set<string>();
    const world = {
      dueIndex: stores.dueIndex,
      clock: { now: () => noonMs },
      dueQueue: {
        wake: async (subject: string) => {
          woken.add(subject);
        },
      },
    };

    await Promise.all([sweep(world), sweep(world)]);

    expect(woken).toEqual(new Set(drafts.map(({ payment }) => payment.id)));
  });
});
