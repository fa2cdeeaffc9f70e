// A buyer's wish for money back, kept with the order until the shop gives it or says no in its own words.
import { isPositive } from '../money/money.ts';
import { noteForOthers } from '../privacy/words-of-others.ts';
import type { World } from '../world.ts';
import { changeOrder } from './change-order.ts';
import type { Order, OrderId } from './order.ts';
import { isLegal } from './order-steps.ts';
import { leftToRefund } from './refundable.ts';
import { takeOrderStep } from './take-order-step.ts';

type WishWorld = Pick<World, 'orders' | 'clock' | 'settings'>;

export type WishOutcome =
  | { readonly kind: 'wished'; readonly order: Order }
  /** One wish an order: asking again is asking once. */
  | { readonly kind: 'wished_before'; readonly order: Order }
  | { readonly kind: 'refused_before'; readonly order: Order; readonly words: string }
  | { readonly kind: 'not_refundable' };

export async function wishForRefund(
  world: WishWorld,
  said: { readonly orderId: OrderId; readonly words?: string },
): Promise<WishOutcome> {
  const words = noteForOthers(said.words);
  const changed = await changeOrder(world, said.orderId, (order) => {
    const { refundWish } = order;
    const isSettled = refundWish?.state === 'open' || refundWish?.refusal !== undefined;
    if (isSettled || !canWish(order)) return undefined;
    const nowMs = world.clock.now();
    const wish = {
      state: 'open',
      wishedAtMs: nowMs,
      ...(words === undefined ? {} : { words }),
    } as const;
    const { settings } = world;
    const changes = { refundWish: wish };
    return takeOrderStep(order, {
      step: 'refund_wished',
      actor: 'buyer',
      nowMs,
      settings,
      changes,
    });
  });
  if (changed === undefined) return { kind: 'not_refundable' };
  const { order, isOurs } = changed;
  if (isOurs) return { kind: 'wished', order };
  if (order.refundWish?.state === 'open') return { kind: 'wished_before', order };
  const refusal = order.refundWish?.refusal;
  return refusal === undefined || !canWish(order)
    ? { kind: 'not_refundable' }
    : { kind: 'refused_before', order, words: refusal };
}

function canWish(order: Order): boolean {
  return isLegal('refund_wished', order.state) && isPositive(leftToRefund(order));
}

/** The shop says no. `not_open`: nobody asks, or it was answered meanwhile; nothing is written then. */
export async function refuseRefund(
  world: WishWorld,
  said: { readonly orderId: OrderId; readonly words: string },
): Promise<{ readonly kind: 'refused' | 'not_open' | 'no_words'; readonly order: Order }> {
  const refusal = noteForOthers(said.words);
  const changed = await changeOrder(world, said.orderId, (order) => {
    const { refundWish } = order;
    if (refusal === undefined || refundWish?.state !== 'open') return undefined;
    if (!isLegal('refund_refused', order.state)) return undefined;
    return takeOrderStep(order, {
      step: 'refund_refused',
      actor: 'shop',
      nowMs: world.clock.now(),
      settings: world.settings,
      changes: { refundWish: { ...refundWish, state: 'answered', refusal } },
    });
  });
  if (changed === undefined) throw new Error(`Order ${said.orderId} is not there.`);
  const { order, isOurs } = changed;
  if (refusal === undefined) return { kind: 'no_words', order };
  return { kind: isOurs ? 'refused' : 'not_open', order };
}
