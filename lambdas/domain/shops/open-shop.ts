// Opens a shop on a Page: an operator's act, which hands out the one code that makes somebody its owner.
import type { Currency } from '../money/currency.ts';
import type { World } from '../world.ts';
import { newJoinCode } from './join-code.ts';
import { newShop } from './new-shop.ts';
import type { Shop } from './shop.ts';

export interface ShopWanted {
  readonly pageId: string;
  readonly name: string;
  readonly currency: Currency;
  /** ISO 3166 alpha-2. */
  readonly country: string;
  /** IANA, such as `America/New_York`. */
  readonly timeZone: string;
  /** Percent of each order's total that the operator keeps. */
  readonly feePercent: number;
}

export type OpenShopOutcome =
  /** Whoever writes "owner CODE" to the Page first, owns the shop. The code is kept nowhere. */
  | { readonly kind: 'opened'; readonly shop: Shop; readonly ownerCode: string }
  | { readonly kind: 'page_taken'; readonly shop: Shop };

/** A Page has one shop for ever: asking twice opens nothing and shows no second code. */
export async function openShop(
  world: Pick<World, 'shops' | 'ids' | 'tokens' | 'clock'>,
  wanted: ShopWanted,
): Promise<OpenShopOutcome> {
  const ownerCode = newJoinCode(world.tokens);
  const shop: Shop = {
    ...newShop,
    ...wanted,
    id: world.ids.derived('shp', wanted.pageId),
    version: 1,
    ownerCode: world.tokens.fingerprint(ownerCode),
    createdAtMs: world.clock.now(),
  };
  if ((await world.shops.create(shop)) === 'saved') return { kind: 'opened', shop, ownerCode };
  const taken = await world.shops.byPage(wanted.pageId);
  if (taken === undefined) throw new Error(`Page ${wanted.pageId} conflicts with no shop.`);
  return { kind: 'page_taken', shop: taken };
}
