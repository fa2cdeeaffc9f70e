// Joe's Coffee, as the tests know it: a drink that is never sold out, a mug that is counted, pick-up and parcels.
import { money } from '../../../lambdas/domain/money/money.ts';
import type { Product } from '../../../lambdas/domain/shops/product.ts';
import type { Shop } from '../../../lambdas/domain/shops/shop.ts';
import { newShop } from '../../../lambdas/domain/shops/new-shop.ts';
import { startedAtMs } from '../town/town-world.ts';

export const usd = (minor: number) => money(minor, 'USD');

/** 8.875% tax, 1% fee; ships to the US and Canada. */
export const joesCoffee: Shop = {
  ...newShop,
  id: 'shp_joe',
  version: 1,
  pageId: '2000',
  name: 'Joe’s Coffee',
  currency: 'USD',
  country: 'US',
  timeZone: 'America/New_York',
  categories: ['Coffee', 'Things'],
  taxPercent: 8.875,
  shipping: [
    { id: 'slow', name: 'Ground', price: usd(500) },
    { id: 'fast', name: 'Overnight', price: usd(2500) },
  ],
  shipsTo: ['US', 'CA'],
  tips: [10, 15, 20],
  promotions: [
    { code: 'TENOFF', off: { kind: 'percent', percent: 10 } },
    { code: 'FREE', off: { kind: 'amount', amount: usd(100_000) } },
    { code: 'SUMMER', off: { kind: 'percent', percent: 50 }, endsAtMs: startedAtMs },
  ],
  feePercent: 1,
  createdAtMs: startedAtMs,
};

const sold = {
  shopId: joesCoffee.id,
  version: 1,
  isActive: true,
  createdAtMs: startedAtMs,
  updatedAtMs: startedAtMs,
} as const;

/** $4.50, large for 75¢ more. Nobody counts it. */
export const coffee: Product = {
  ...sold,
  id: 'prd_flat',
  name: 'Flat white',
  category: 'Coffee',
  price: usd(450),
  options: [
    {
      name: 'Size',
      choices: [
        { name: 'Small', extra: usd(0) },
        { name: 'Large', extra: usd(75) },
      ],
    },
  ],
};

/** $18; as many as the town has. */
export const mug: Product = {
  ...sold,
  id: 'prd_mug',
  name: 'Mug',
  category: 'Things',
  price: usd(1800),
  options: [],
};
