// Somebody opens a shop's bill in Messenger: whoever is first becomes its buyer, and nobody else ever after.
import type { Address } from '../people/address.ts';
import { nameAndHandle, type Person } from '../people/person.ts';
import type { Shop } from '../shops/shop.ts';
import type { World } from '../world.ts';
import { changeOrder } from './change-order.ts';
import { isBeingPaid, type Order, type OrderId } from './order.ts';
import { asItWasSent } from './plain-wish.ts';
import { isOpenDraft } from './requote-order.ts';
import { isOpenToTake } from './send-bill.ts';
import { takeOrderStep } from './take-order-step.ts';

export type ClaimBillOutcome =
  /** Theirs, now or since they opened it before. */
  | { readonly kind: 'theirs'; readonly order: Order }
  /** Somebody else's, in Messenger. Of the order nothing may be told. */
  | { readonly kind: 'taken' }
  /** A browser has gone to pay it. */
  | { readonly kind: 'being_paid' }
  /** Paid, called off or run out before anybody took it here. */
  | { readonly kind: 'over'; readonly how: 'paid' | 'cancelled' | 'expired' }
  /** No such bill of this shop, or of things that it sells no more. */
  | { readonly kind: 'unknown' };

type ClaimWorld = Pick<World, 'orders' | 'products' | 'links' | 'tokens' | 'clock' | 'settings'>;

export interface Claimer {
  readonly shop: Shop;
  readonly person: Person;
  readonly address: Address;
}

/** One conditional write: of two at the same moment one is told that it is taken. */
export async function claimBill(
  world: ClaimWorld,
  token: string,
  claimer: Claimer,
): Promise<ClaimBillOutcome> {
  const order = await orderOf(world, token, claimer.shop);
  if (order === undefined) return { kind: 'unknown' };
  const plain = isOpenToTake(order) ? await asItWasSent(world, claimer.shop, order) : {};
  if (plain === undefined) return { kind: 'unknown' };
  const nowMs = world.clock.now();
  const changed = await changeOrder(world, order, (now) => {
    if (!isOpenToTake(now) || !isOpenDraft(now, nowMs) || now.sent === undefined) return undefined;
    const { person, address } = claimer;
    const { holder: _browser, ...sent } = now.sent;
    const buyerName = person.name ?? nameAndHandle(person);
    const changes = { ...plain, buyerId: person.id, buyerName, address, sent };
    const { settings } = world;
    return takeOrderStep(now, { step: 'claimed', actor: 'buyer', nowMs, settings, changes });
  });
  return standingFor(changed?.order ?? order, claimer, nowMs);
}

async function orderOf(
  world: ClaimWorld,
  token: string,
  shop: Pick<Shop, 'id'>,
): Promise<Order | undefined> {
  const link = await world.links.get(world.tokens.fingerprint(token));
  if (link?.purpose.kind !== 'bill' || link.expiresAtMs <= world.clock.now()) return undefined;
  const id: OrderId = link.purpose.orderId;
  const order = await world.orders.get(id);
  return order?.shopId === shop.id ? order : undefined;
}

function standingFor(order: Order, { person }: Claimer, nowMs: number): ClaimBillOutcome {
  if (order.buyerId === person.id) return { kind: 'theirs', order };
  if (!isOpenToTake(order)) return { kind: 'taken' };
  if (isBeingPaid(order)) return { kind: 'being_paid' };
  if (order.state === 'cancelled') return { kind: 'over', how: 'cancelled' };
  const isOver =
    order.state === 'expired' || (order.state === 'draft' && !isOpenDraft(order, nowMs));
  return { kind: 'over', how: isOver ? 'expired' : 'paid' };
}
