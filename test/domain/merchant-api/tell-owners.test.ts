// Who is told when we stop to call an endpoint: each owner in the shop's own thread, once, and nobody else.
import { expect, it } from 'vitest';
import { memoryStores } from '../../../lambdas/adapters/memory/stores.ts';
import { tellOwners } from '../../../lambdas/domain/merchant-api/tell-owners.ts';
import { anEndpoint, noonMs } from '../../builders/merchants.ts';
import { aPerson } from '../../builders/people.ts';
import { aShop } from '../../builders/shops.ts';

it('tells owners at the shop’s Page, in words without the path, and once', async () => {
  const stores = memoryStores();
  const again: string[] = [];
  const world = {
    ...stores,
    clock: { now: () => noonMs },
    resendQueue: { sayAgain: async ({ id }: { readonly id: string }) => void again.push(id) },
  };
  const at = (pageId: string, psid: string) => [{ pageId, psid }];
  const joe = aPerson({ addresses: [...at('1000', '1'), ...at('2000', '2')] });
  const staff = aPerson({ addresses: at('2000', '3') });
  const gone = aPerson({ addresses: at('2000', '4'), stoppedAtMs: noonMs });
  const member = (personId: `per_${string}`, role: 'owner' | 'staff') =>
    ({ personId, name: 'x', role, addedAtMs: noonMs }) as const;
  const shop = aShop({
    pageId: '2000',
    team: [member(joe.id, 'owner'), member(staff.id, 'staff'), member(gone.id, 'owner')],
  });
  await stores.shops.create(shop);
  for (const person of [joe, staff, gone]) await stores.people.create(person);
  const endpoint = anEndpoint({
    shopId: shop.id,
    url: 'https://joe.example/hooks/secret-path',
    disabledBecause: 'gone',
  });

  expect(await tellOwners(world, endpoint)).toBe(1);
  expect(await tellOwners(world, endpoint)).toBe(1);
  expect(await tellOwners(world, anEndpoint({ ...endpoint, disabledBecause: 'merchant' }))).toBe(0);

  const item = await stores.outbox.get(again[0] ?? '');
  expect(new Set(again).size).toBe(1);
  expect(item).toMatchObject({ to: { pageId: '2000', psid: '2' }, state: 'waiting' });
  expect(JSON.stringify(item?.reply)).toMatch(/joe\.example said that it is gone/);
  expect(JSON.stringify(item?.reply)).not.toContain('secret-path');
});
