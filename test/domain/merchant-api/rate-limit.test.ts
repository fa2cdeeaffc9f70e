// How often a key may call: a hundred at once, then one each time that a token is back, and never more than that.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { memoryMerchantStores } from '../../../lambdas/adapters/memory/merchant-stores.ts';
import { bucket, takeToken } from '../../../lambdas/domain/merchant-api/rate-limit.ts';
import { noonMs } from '../../builders/merchants.ts';

function openDesk() {
  const time = { nowMs: noonMs };
  return { time, ...memoryMerchantStores(), clock: { now: () => time.nowMs } };
}

it('lets a hundred calls pass at once, says how many are left, and then when to come again', async () => {
  const desk = openDesk();
  const states = [];
  for (let call = 0; call < bucket.size; call += 1) states.push(await takeToken(desk, 'key_1'));

  expect(states.every(({ isAllowed }) => isAllowed)).toBe(true);
  expect(states.map(({ remaining }) => remaining)).toEqual(
    Array.from({ length: bucket.size }, (_, call) => bucket.size - 1 - call),
  );
  expect(states.slice(0, -1).every((state) => state.retryAfterSeconds === 0)).toBe(true);
  expect(await takeToken(desk, 'key_1')).toEqual({
    isAllowed: false,
    limit: 100,
    remaining: 0,
    resetSeconds: 5,
    retryAfterSeconds: 1,
  });
  expect(await takeToken(desk, 'key_2')).toMatchObject({ isAllowed: true, remaining: 99 });
});

it('is full again when as long as it was told has passed', async () => {
  const desk = openDesk();
  for (let call = 0; call < 30; call += 1) await takeToken(desk, 'key_1');
  const { resetSeconds } = await takeToken(desk, 'key_1');
  desk.time.nowMs += resetSeconds * 1000;

  expect(resetSeconds).toBe(2);
  expect(await takeToken(desk, 'key_1')).toMatchObject({ remaining: 99, resetSeconds: 1 });
});

it('never lets more pass than the bucket and what has flowed into it, however the calls come', async () => {
  const pauses = fc.array(fc.oneof(fc.constant(0), fc.nat(200)), {
    minLength: 110,
    maxLength: 200,
  });

  await fc.assert(
    fc.asyncProperty(pauses, async (waits) => {
      const desk = openDesk();
      let passed = 0;
      for (const wait of waits) {
        desk.time.nowMs += wait;
        const state = await takeToken(desk, 'key_1');
        if (state.isAllowed) passed += 1;
        expect(state.isAllowed || state.retryAfterSeconds > 0).toBe(true);
      }
      const most = bucket.size + (desk.time.nowMs - noonMs) / bucket.refillMs;

      expect(passed).toBeLessThanOrEqual(most);
      expect(passed).toBeGreaterThanOrEqual(Math.min(waits.length, bucket.size));
    }),
    { numRuns: 30 },
  );
});
