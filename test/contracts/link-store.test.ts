// What every LinkStore does: a link is used up once, whoever presses at the same time.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Link, LinkStore } from '../../lambdas/domain/links/link.ts';
import { anAddress, nextNumber } from '../builders/people.ts';
import { openStores, sorted, storeKinds } from './open-stores.ts';

const aLink = (changes: Partial<Link> = {}): Link => ({
  fingerprint: `f${nextNumber()}`,
  version: 1,
  purpose: { kind: 'pay', paymentId: 'pay_1' },
  personId: 'per_ann',
  address: anAddress(),
  createdAtMs: 1000,
  expiresAtMs: 2000,
  ...changes,
});

describe.each(storeKinds)('links %s', (kind) => {
  let links: LinkStore;
  beforeAll(async () => {
    ({ links } = await openStores(kind));
  });

  it.each([
    { kind: 'pay', paymentId: 'pay_1' },
    { kind: 'payout' },
    { kind: 'settings' },
    { kind: 'join', shopId: 'shp_joe' },
    { kind: 'join', shopId: 'shp_joe', joinerId: 'per_ann' },
  ] as const)('keeps a link to $kind', async (purpose) => {
    const link = aLink({ purpose, boundTo: 'cookie', usedAtMs: 1500 });
    expect(await links.save(link)).toBe('saved');

    expect(await links.get(link.fingerprint)).toEqual(link);
  });

  it('knows no link that was never made', async () => {
    expect(await links.get('forged')).toBeUndefined();
    expect(await links.get('')).toBeUndefined();
    expect(await links.get('x'.repeat(5000))).toBeUndefined();
  });

  it('is used up by one of twenty who press at once', async () => {
    const link = aLink();
    await links.save(link);
    const used = { ...link, version: 2, usedAtMs: 1500 };

    const outcomes = await Promise.all(Array.from({ length: 20 }, () => links.save(used)));

    expect(sorted(outcomes)).toEqual([...Array<string>(19).fill('conflict'), 'saved']);
  });

  it('cannot be made again', async () => {
    const link = aLink();
    await links.save({ ...link });
    await links.save({ ...link, version: 2, usedAtMs: 1500 });

    expect(await links.save(link)).toBe('conflict');
    expect((await links.get(link.fingerprint))?.usedAtMs).toBe(1500);
  });
});
