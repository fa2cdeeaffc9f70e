// Whether a buyer may pay in one tap with the card that the shop's account keeps for them.
import { compare, isZero } from '../lambdas/domain/money/money.ts';
import type { Order } from '../lambdas/domain/orders/order.ts';
import type { SavedCard } from '../lambdas/domain/orders/ports.ts';
import { pinFreeUpTo } from '../lambdas/domain/payments/limits.ts';
import type { Shop } from '../lambdas/domain/shops/shop.ts';
import { readBrand } from './order-words.ts';

/** The same limit as between people: above it a link alone does not spend a card that somebody saved. */
export function isPinNeededFor({ bill: { total } }: Pick<Order, 'bill'>): boolean {
  return compare(total, pinFreeUpTo(total.currency)) > 0;
}

/**
 * Whoever has no PIN pays larger orders on Stripe's page, where the bank asks for what it wants: a first PIN chosen
 * here would guard nothing, since whoever holds the link would choose it.
 */
export function savedCardToOffer(of: {
  readonly order: Pick<Order, 'bill'>;
  readonly shop: Pick<Shop, 'acceptedBrands'>;
  readonly savedCard: SavedCard | undefined;
  readonly hasPin: boolean;
}): SavedCard | undefined {
  const { order, shop, savedCard, hasPin } = of;
  if (savedCard === undefined || isZero(order.bill.total)) return undefined;
  if (isPinNeededFor(order) && !hasPin) return undefined;
  const brand = readBrand(savedCard.instrument.brand);
  const isTaken = brand !== undefined && shop.acceptedBrands.includes(brand);
  return isTaken || shop.acceptedBrands.length === 0 ? savedCard : undefined;
}
