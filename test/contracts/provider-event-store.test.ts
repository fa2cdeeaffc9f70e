// What every ProviderEventStore does: an event is new once, and seen for ever after it is settled.
import { beforeAll, describe, expect, it } from 'vitest';
import type { ProviderEventStore } from '../../lambdas/domain/payments/ports.ts';
import { openStores, sorted, storeKinds } from './open-stores.ts';

describe.each(storeKinds)('provider events %s', (kind) => {
  let events: ProviderEventStore;
  beforeAll(async () => {
    ({ providerEvents: events } = await openStores(kind));
  });

  it('goes from new over unsettled to seen', async () => {
    expect(await events.begin('evt_1', 1)).toBe('new');
    expect(await events.begin('evt_1', 2)).toBe('unsettled');
    await events.settle('evt_1', 'moved_on');
    expect(await events.begin('evt_1', 3)).toBe('seen');
    await events.settle('evt_1', 'again');
    expect(await events.begin('evt_1', 4)).toBe('seen');
  });

  it('is new to one of twenty', async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => events.begin('evt_2', 1)));

    expect(sorted(outcomes)).toEqual(['new', ...Array<string>(19).fill('unsettled')]);
  });

  it('cannot settle what never began', async () => {
    await expect(events.settle('evt_none', 'x')).rejects.toThrow('before it began');
    expect(await events.begin('evt_none', 1)).toBe('new');
  });

  it('names those that nobody has settled, in their order: never seen, or begun alone', async () => {
    await events.begin('evt_begun', 1);
    await events.begin('evt_done', 1);
    await events.settle('evt_done', 'applied');

    expect(await events.unsettled(['evt_done', 'evt_never', 'evt_begun'])).toEqual([
      'evt_never',
      'evt_begun',
    ]);
    expect(await events.unsettled(['evt_done'])).toEqual([]);
    expect(await events.unsettled([])).toEqual([]);
    const hundred = Array.from({ length: 100 }, (_, index) => `evt_of_a_page_${index}`);
    expect(await events.unsettled(hundred)).toEqual(hundred);
  });

  it('tells ids apart that no key could hold', async () => {
    const long = 'e'.repeat(5000);
    expect(await events.begin(`${long}1`, 1)).toBe('new');
    expect(await events.begin(`${long}2`, 1)).toBe('new');
    expect(await events.begin('#/\u0000☃', 1)).toBe('new');
    expect(await events.begin(`${long}1`, 1)).toBe('unsettled');
  });
});
