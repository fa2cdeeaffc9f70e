// A shop sends a bill: to somebody who has written to it, or as a link for whoever opens it first. It expires.
import { makeLink, makeToken } from '../links/make-link.ts';
import type { Address } from '../people/address.ts';
import type { Shop } from '../shops/shop.ts';
import { writeShopRef } from '../shops/shop-refs.ts';
import type { World } from '../world.ts';
import { type DraftOrderOutcome, draftOrder } from './draft-order.ts';
import { type CustomLine, isNobodys, type Order, type WantedLine } from './order.ts';

export type SendBillWorld = Parameters<typeof draftOrder>[0] &
  Pick<World, 'people' | 'links' | 'tokens' | 'publicUrl'>;

export interface BillToSend {
  readonly shop: Shop;
  /** Without it, the bill goes out as a link. */
  readonly to?: Address;
  readonly lines: readonly WantedLine[];
  readonly customLines?: readonly CustomLine[];
  readonly promotionCode?: string;
  readonly note?: string;
  readonly payWithinMs?: number;
  /** Makes the order's id: asked twice is asked once. */
  readonly madeBy: string;
}

/** Both are keys: whoever has one may read the bill and pay it. */
export interface BillLinks {
  readonly url: string;
  /** None for a bill that is somebody's already: it stands in their thread. */
  readonly messengerUrl?: string;
}

export type SendBillOutcome =
  | { readonly kind: 'sent'; readonly order: Order; readonly links: BillLinks }
  | { readonly kind: 'person_unknown' }
  | Extract<DraftOrderOutcome, { kind: 'refused' }>;

export async function sendBill(world: SendBillWorld, bill: BillToSend): Promise<SendBillOutcome> {
  const { shop, to, lines, customLines, promotionCode, note, payWithinMs, madeBy } = bill;
  const buyer = to === undefined ? undefined : await world.people.byAddress(to);
  if (to !== undefined && buyer === undefined) return { kind: 'person_unknown' };
  const drafted = await draftOrder(world, {
    shop,
    ...(buyer === undefined || to === undefined ? {} : { buyer, address: to }),
    wish: {
      lines,
      ...(customLines === undefined || customLines.length === 0 ? {} : { customLines }),
      handover: { kind: 'pick_up' },
      tipPercent: 0,
      ...(promotionCode === undefined ? {} : { promotionCode }),
    },
    madeBy,
    source: 'payment_request',
    ...(note === undefined ? {} : { noteOfShop: note }),
    ...(payWithinMs === undefined ? {} : { payBeforeMs: world.clock.now() + payWithinMs }),
  });
  if (drafted.kind === 'refused') return drafted;
  return { kind: 'sent', order: drafted.order, links: await linksTo(world, shop, drafted.order) };
}

/** Fresh ones each time, for tokens are kept nowhere; earlier ones still lead to the same bill. */
export async function linksTo(
  world: Pick<World, 'links' | 'tokens' | 'clock' | 'publicUrl'>,
  shop: Pick<Shop, 'pageId'>,
  order: Order,
): Promise<BillLinks> {
  const { id: orderId, buyerId: personId, address, sent } = order;
  if (address !== undefined) {
    const expiresAtMs = sent?.endsAtMs ?? order.payBeforeMs ?? world.clock.now();
    const purpose = { kind: 'order', orderId } as const;
    return { url: await makeLink(world, { purpose, personId, address, expiresAtMs }) };
  }
  const token = await makeToken(world, {
    purpose: { kind: 'bill', orderId },
    personId,
    address: { pageId: shop.pageId, psid: '' },
  });
  return {
    url: `${world.publicUrl}/order/${token}`,
    messengerUrl: `https://m.me/${shop.pageId}?ref=${writeShopRef({ kind: 'open_bill', token })}`,
  };
}

/** A button for whoever the bill is told to in their thread. */
export function linkForBuyer(
  world: Pick<World, 'links' | 'tokens' | 'clock' | 'publicUrl'>,
  { id: orderId, buyerId: personId, address }: Order,
): Promise<string> {
  if (address === undefined) throw new Error(`Order ${orderId} is told in no thread.`);
  return makeLink(world, { purpose: { kind: 'order', orderId }, personId, address });
}

/** Whether it is one that a shop sent and nobody has taken in Messenger. */
export function isOpenToTake(order: Order): boolean {
  return order.sent?.isByLink === true && isNobodys(order);
}
