// The account where a shop is paid: opened at the provider, and known as the provider tells it.
import type { MerchantAccount, Shop, ShopId } from '../shops/shop.ts';
import { RetryLater } from '../retry-later.ts';
import type { World } from '../world.ts';
import type { Order } from './order.ts';
import type { FoundMerchant } from './ports.ts';

const maxTries = 6;

export type StartMerchantOutcome =
  | { readonly kind: 'redirect'; readonly url: string }
  | { readonly kind: 'declined' | 'unknown'; readonly why: string };

/** A fresh page of the provider's each time: its links are single-use and short. */
export async function startOnboarding(
  world: Pick<World, 'shops' | 'shopProvider'>,
  asked: {
    readonly shop: Shop;
    readonly urls: { readonly returnUrl: string; readonly refreshUrl: string };
  },
): Promise<StartMerchantOutcome> {
  const { id, name, country, account } = asked.shop;
  const isOpen = account !== undefined && account.status !== 'left';
  const answer = await world.shopProvider.onboardMerchant({
    shop: { id, name, country },
    ...asked.urls,
    ...(isOpen ? { accountId: account.accountId } : {}),
  });
  if (answer.kind !== 'done') return answer;
  const { accountId, url } = answer;
  await changeAccount(world, id, (now) =>
    now?.accountId === accountId ? undefined : { accountId, status: 'started', missing: [] },
  );
  return { kind: 'redirect', url };
}

/** Looks the account up: sales start when it is active and stop when it is not. Safe to call at any time. */
export async function refreshMerchant(
  world: Pick<World, 'shops' | 'shopProvider'>,
  shopId: ShopId,
): Promise<'refreshed' | 'no_account' | 'unknown'> {
  const account = (await world.shops.get(shopId))?.account;
  if (account === undefined) return 'no_account';
  const found = await world.shopProvider.lookUp.merchant(account.accountId);
  if (found.kind === 'unknown') return 'unknown';
  // An account that lets us see nothing any more has left.
  const now: FoundMerchant =
    found.kind === 'found' ? found.thing : { status: 'left', missing: account.missing };
  if (now.shopId !== undefined && now.shopId !== shopId) return 'no_account';
  await changeAccount(world, shopId, (before) =>
    before === undefined || isNoNews(before, account.accountId, now)
      ? undefined
      : { accountId: account.accountId, status: now.status, missing: now.missing },
  );
  return 'refreshed';
}

/** Whether the account that an order is paid on is lost to us: it answers nothing any more. */
export async function hasLeft(
  world: Pick<World, 'shops'>,
  { shopId, trail }: Pick<Order, 'shopId' | 'trail'>,
): Promise<boolean> {
  const account = (await world.shops.get(shopId))?.account;
  return account?.status === 'left' || account?.accountId !== trail.accountId;
}

function isNoNews(before: MerchantAccount, accountId: string, now: FoundMerchant): boolean {
  const isAnother = before.accountId !== accountId;
  const isSame =
    before.status === now.status && before.missing.join('\n') === now.missing.join('\n');
  return isAnother || isSame;
}

async function changeAccount(
  world: Pick<World, 'shops'>,
  shopId: ShopId,
  decide: (account: MerchantAccount | undefined) => MerchantAccount | undefined,
): Promise<void> {
  for (let attempt = 0; attempt < maxTries; attempt += 1) {
    const shop = await world.shops.get(shopId);
    const account = decide(shop?.account);
    if (shop === undefined || account === undefined) return;
    const next = { ...shop, account, version: shop.version + 1 };
    if ((await world.shops.save(next, shop)) === 'saved') return;
  }
  throw new RetryLater('conversation_moved');
}
