// Whether a buyer may pay in one tap with the card that the shop's account keeps for them.
import { compare, isZero } from '../lambdas/domain/money/money.ts';
import { foldText } from '../lambdas/domain/money/fold-text.ts';
import type { Order, PostalAddress } from '../lambdas/domain/orders/order.ts';
import type { SavedCard } from '../lambdas/domain/orders/ports.ts';
import { pinFreeUpTo } from '../lambdas/domain/payments/limits.ts';
import type { Shop } from '../lambdas/domain/shops/shop.ts';
import type { World } from '../lambdas/domain/world.ts';
import { readBrand } from './order-words.ts';

interface Spending {
  readonly order: Pick<Order, 'bill' | 'wish'>;
  /** Where this buyer had something sent by this shop before, and paid for it. */
  readonly usedAddresses?: readonly PostalAddress[];
}

/**
 * The same limit as between people: above it a link alone does not spend a card that somebody saved. Nor does it send
 * goods anywhere new for any amount: whoever steals a phone would have them sent to themselves.
 */
export function isPinNeededFor({ order, usedAddresses = [] }: Spending): boolean {
  const { total } = order.bill;
  const { handover } = order.wish;
  const isLarge = compare(total, pinFreeUpTo(total.currency)) > 0;
  if (isLarge || handover.kind === 'pick_up') return isLarge;
  const to = placeOf(handover.to);
  return !usedAddresses.some((each) => placeOf(each) === to);
}

/** However it is written: case, spaces and dots make no other place. Whose name is on the door does. */
function placeOf(to: PostalAddress): string {
  const { name, street1, street2 = '', city, state = '', postalCode, country } = to;
  return [name, street1, street2, city, state, postalCode, country]
    .map((part) =>
      foldText(part)
        .toLowerCase()
        .replaceAll(/[\s.,#-]+/gu, ''),
    )
    .join('|');
}

/** More of a buyer's past than this is not looked at: an address of long ago asks for the PIN once more. */
const mostOrdersLookedAt = 50;

/** Only where a saved card could be spent is it worth the read. */
export async function usedAddressesOf(
  world: Pick<World, 'orders'>,
  { shopId, buyerId }: Pick<Order, 'shopId' | 'buyerId'>,
): Promise<PostalAddress[]> {
  const orders = await world.orders.ofBuyer(shopId, buyerId, mostOrdersLookedAt);
  return orders.flatMap(({ paidAtMs, wish: { handover } }) =>
    paidAtMs !== undefined && handover.kind === 'shipping' ? [handover.to] : [],
  );
}

/**
 * Whoever has no PIN pays larger orders on Stripe's page, where the bank asks for what it wants: a first PIN chosen
 * here would guard nothing, since whoever holds the link would choose it.
 */
export function savedCardToOffer(
  of: Spending & {
    readonly shop: Pick<Shop, 'acceptedBrands'>;
    readonly savedCard: SavedCard | undefined;
    readonly hasPin: boolean;
  },
): SavedCard | undefined {
  const { order, shop, savedCard, hasPin } = of;
  if (savedCard === undefined || isZero(order.bill.total)) return undefined;
  if (isPinNeededFor(of) && !hasPin) return undefined;
  const brand = readBrand(savedCard.instrument.brand);
  const isTaken = brand !== undefined && shop.acceptedBrands.includes(brand);
  return isTaken || shop.acceptedBrands.length === 0 ? savedCard : undefined;
}
