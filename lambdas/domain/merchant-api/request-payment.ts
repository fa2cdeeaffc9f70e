// A shop asks somebody who has written to it for a payment: an order like any other, made by the shop, that expires.
import type { Link } from '../links/link.ts';
import { cancelOrder } from '../orders/cancel-order.ts';
import { type DraftOrderOutcome, draftOrder } from '../orders/draft-order.ts';
import type { Order, OrderId, WantedLine } from '../orders/order.ts';
import type { Person } from '../people/person.ts';
import type { Shop } from '../shops/shop.ts';
import type { World } from '../world.ts';

type RequestWorld = Parameters<typeof draftOrder>[0] &
  Pick<World, 'people' | 'links' | 'tokens' | 'publicUrl'>;

export interface PaymentRequestWish {
  readonly shop: Shop;
  /** At the shop's own Page. */
  readonly psid: string;
  readonly lines: readonly WantedLine[];
  readonly promotionCode?: string;
  readonly note?: string;
  readonly payWithinMs?: number;
  /** Makes the order's id: asked twice is asked once. */
  readonly madeBy: string;
}

export async function requestPayment(
  world: RequestWorld,
  wish: PaymentRequestWish,
): Promise<
  | { readonly kind: 'asked'; readonly order: Order; readonly url: string }
  | { readonly kind: 'person_unknown' }
  | Extract<DraftOrderOutcome, { kind: 'refused' }>
> {
  const { shop, lines, promotionCode, note, payWithinMs } = wish;
  const address = { pageId: shop.pageId, psid: wish.psid };
  const buyer = await world.people.byAddress(address);
  if (buyer === undefined) return { kind: 'person_unknown' };
  const nowMs = world.clock.now();
  const drafted = await draftOrder(world, {
    shop,
    buyer,
    address,
    wish: {
      lines,
      handover: { kind: 'pick_up' },
      tipPercent: 0,
      ...(promotionCode === undefined ? {} : { promotionCode }),
      ...(note === undefined ? {} : { note }),
    },
    madeBy: wish.madeBy,
    source: 'payment_request',
    ...(payWithinMs === undefined ? {} : { payBeforeMs: nowMs + payWithinMs }),
  });
  if (drafted.kind === 'refused') return drafted;
  return { kind: 'asked', order: drafted.order, url: await linkTo(world, buyer, drafted.order) };
}

/** Lives as long as the request itself, unlike links that are handed out for a moment. */
async function linkTo(world: RequestWorld, buyer: Person, order: Order): Promise<string> {
  const token = world.tokens.newToken();
  const nowMs = world.clock.now();
  const link: Link = {
    purpose: { kind: 'order', orderId: order.id },
    personId: buyer.id,
    address: order.address,
    fingerprint: world.tokens.fingerprint(token),
    version: 1,
    createdAtMs: nowMs,
    expiresAtMs: order.payBeforeMs ?? nowMs,
  };
  if ((await world.links.save(link)) === 'conflict') throw new Error('A random token came twice.');
  return `${world.publicUrl}/order/${token}`;
}

export function cancelRequest(world: Parameters<typeof cancelOrder>[0], orderId: OrderId) {
  return cancelOrder(world, { orderId, actor: 'shop' });
}
