// Drafts of orders as a shop's prices make them, for tests of pages that need no stores.
import type { Order, WantedLine, Wish } from '../../lambdas/domain/orders/order.ts';
import { quote } from '../../lambdas/domain/orders/quote.ts';
import type { Product } from '../../lambdas/domain/shops/product.ts';
import type { Shop } from '../../lambdas/domain/shops/shop.ts';
import { nextNumber } from './people.ts';
import { aProduct, aShop } from './shops.ts';

/** Ships two ways within two countries, asks for tips, has one promotion and a tax. */
export function aCoffeeShop(changes: Partial<Shop> = {}): Shop {
  const usd = (minor: number) => ({ minor, currency: 'USD' }) as const;
  return aShop({
    taxPercent: 10,
    offersPickUp: true,
    shipping: [
      { id: 'post', name: 'By post', price: usd(500) },
      { id: 'courier', name: 'By courier', price: usd(1200) },
    ],
    shipsTo: ['US', 'CA'],
    tips: [10, 15, 20],
    promotions: [{ code: 'BEANS10', off: { kind: 'percent', percent: 10 } }],
    acceptedBrands: ['visa', 'mastercard'],
    ...changes,
  });
}

export const anAddress = {
  name: 'Ann Archer',
  street1: '214 Bedford Avenue',
  city: 'Brooklyn',
  state: 'NY',
  postalCode: '11249',
  country: 'US',
} as const;

/** A draft of one flat white at $4.50, or of what is asked for. */
export function aDraftOrder(
  shop: Shop = aCoffeeShop(),
  {
    product = aProduct({ shopId: shop.id }),
    wish: wished = {},
    ...changes
  }: Partial<Omit<Order, 'wish'>> & { product?: Product; wish?: Partial<Wish> } = {},
): Order {
  const lines: readonly WantedLine[] = [{ productId: product.id, choices: [], quantity: 1 }];
  const wish: Wish = { lines, handover: { kind: 'pick_up' }, tipPercent: 0, ...wished };
  const quoted = quote(shop, new Map([[product.id, product]]), { wish, nowMs: 0 });
  if (quoted.kind === 'refused') throw new Error(`Not to be had: ${quoted.why}`);
  return {
    id: `ord_o${nextNumber()}`,
    version: 1,
    state: 'draft',
    number: 'K7M-2QX',
    shopId: shop.id,
    buyerId: 'per_ann',
    address: { pageId: shop.pageId, psid: '24000000000000001' },
    buyerName: 'Ann Archer',
    wish,
    bill: quoted.bill,
    fee: { minor: 0, currency: shop.currency },
    attempt: 1,
    trail: {},
    isStockReserved: false,
    refunds: [],
    source: 'cart',
    asked: 0,
    createdAtMs: 0,
    dueAtMs: 30 * 60_000,
    ...changes,
  };
}
