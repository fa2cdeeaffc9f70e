// A call with an Idempotency-Key: done by one, answered the same for ever, and taken over only from the dead.
import { beforeEach, describe, expect, it } from 'vitest';
import { memoryMerchantStores } from '../../../lambdas/adapters/memory/merchant-stores.ts';
import {
  beginCall,
  finishCall,
  releaseCall,
} from '../../../lambdas/domain/merchant-api/idempotent-call.ts';
import { noonMs } from '../../builders/merchants.ts';

const asked = { shopId: 'shp_1', key: 'order-17', fingerprint: 'of the body' } as const;
const answer = { status: 201, body: '{"id":"ord_1"}' };
const yearMs = 365 * 24 * 60 * 60 * 1000;

function openDesk() {
  const time = { nowMs: noonMs };
  return { time, ...memoryMerchantStores(), clock: { now: () => time.nowMs } };
}

let desk: ReturnType<typeof openDesk>;
beforeEach(() => {
  desk = openDesk();
});

async function begun() {
  const first = await beginCall(desk, asked);
  if (first.kind !== 'begun') throw new Error(first.kind);
  return first.call;
}

describe('a call', () => {
  it('that ten make at once is begun by one, and the others are told to wait', async () => {
    const all = await Promise.all(Array.from({ length: 10 }, () => beginCall(desk, asked)));

    expect(all.map(({ kind }) => kind).toSorted()).toEqual([
      'begun',
      ...Array.from({ length: 9 }, () => 'in_flight'),
    ]);
  });

  it('that was answered is answered so again, years later', async () => {
    await finishCall(desk, await begun(), answer);
    desk.time.nowMs += 10 * yearMs;

    expect(await beginCall(desk, asked)).toEqual({ kind: 'answered', answer });
  });

  it('with another body is refused, before and after the answer', async () => {
    const call = await begun();
    const other = { ...asked, fingerprint: 'of another body' };

    expect(await beginCall(desk, other)).toEqual({ kind: 'another_body' });
    await finishCall(desk, call, answer);
    expect(await beginCall(desk, other)).toEqual({ kind: 'another_body' });
  });

  it('of another shop, or under another key, is another call', async () => {
    await begun();

    expect(await beginCall(desk, { ...asked, shopId: 'shp_2' })).toMatchObject({ kind: 'begun' });
    expect(await beginCall(desk, { ...asked, key: 'order-18' })).toMatchObject({ kind: 'begun' });
  });
});

describe('whoever began and fell silent', () => {
  it('is waited for a minute, and then one other takes over', async () => {
    await begun();
    desk.time.nowMs += 59_999;
    expect(await beginCall(desk, asked)).toEqual({ kind: 'in_flight' });

    desk.time.nowMs += 1;
    const all = await Promise.all(Array.from({ length: 5 }, () => beginCall(desk, asked)));
    expect(all.filter(({ kind }) => kind === 'begun')).toHaveLength(1);
    expect(all.filter(({ kind }) => kind === 'in_flight')).toHaveLength(4);
  });

  it('gives the new one a whole minute too', async () => {
    await begun();
    desk.time.nowMs += 60_000;
    await begun();
    desk.time.nowMs += 59_999;

    expect(await beginCall(desk, asked)).toEqual({ kind: 'in_flight' });
  });

  it('and lives after all does not change what the other answered', async () => {
    const silent = await begun();
    desk.time.nowMs += 60_000;
    await finishCall(desk, await begun(), answer);
    await finishCall(desk, silent, { status: 500, body: 'too late' });

    expect(await beginCall(desk, asked)).toEqual({ kind: 'answered', answer });
  });

  it('with a word that it broke is waited for no longer', async () => {
    await releaseCall(desk, await begun());

    expect(await beginCall(desk, asked)).toMatchObject({ kind: 'begun' });
  });
});
