// Turns what became of Checkout's page into the order's next step, whoever asked.
import type { Actor } from '../journal/entry.ts';
import { isAskedTooOften } from '../payments/ask-again.ts';
import type { World } from '../world.ts';
import { changeOrder } from './change-order.ts';
import { isBeingPaid, type Order, type OrderId } from './order.ts';
import type { CheckoutAnswer, OrderChange } from './ports.ts';
import { settlePaid, type SettleOrderWorld } from './settle-paid.ts';
import { takeOrderStep } from './take-order-step.ts';

export interface ToldOfCheckout {
  readonly sessionId: string;
  readonly answer: CheckoutAnswer;
  /** It was due: an answer that says nothing moves the date when it is asked again. */
  readonly isDue: boolean;
}

/** The same answer twice, or an older one late, changes nothing: the order only moves forward. */
export async function settleCheckout(
  world: SettleOrderWorld,
  subject: OrderId | Order,
  told: ToldOfCheckout,
): Promise<Order | undefined> {
  if (told.answer.kind === 'paid') return settlePaid(world, subject, told.answer);
  const changed = await changeOrder(world, subject, (order) => stepFor(world, order, told));
  return changed?.order;
}

function stepFor(
  world: Pick<World, 'clock' | 'settings'>,
  order: Order,
  { sessionId, answer, isDue }: ToldOfCheckout,
): OrderChange | undefined {
  // Only money counts from a page that is not this try's.
  if (!isBeingPaid(order) || order.trail.sessionId !== sessionId) return undefined;
  switch (answer.kind) {
    case 'closed':
      return closedStep(world, order);
    case 'pending':
      if (order.trail.intentId === answer.intentId)
        return isDue ? askedStep(world, order) : undefined;
      return takeOrderStep(order, {
        step: 'payment_pending',
        actor: 'provider',
        nowMs: world.clock.now(),
        settings: world.settings,
        changes: { trail: { ...order.trail, intentId: answer.intentId } },
      });
    case 'open':
    case 'unknown':
    case 'paid':
      return isDue ? askedStep(world, order) : undefined;
  }
}

/** Nothing was taken and nothing will be. A bank that said no after days leaves the buyer a bill to pay otherwise. */
function closedStep(world: Pick<World, 'clock' | 'settings'>, order: Order): OrderChange {
  return order.closing === undefined && order.trail.intentId !== undefined
    ? declinedStep(world, order, { reason: 'bank_said_no', actor: 'provider' })
    : leftStep(world, order);
}

/** Its reason tells that nobody was refused: whoever went to pay has just not done so. */
export const pageLeft = 'page_left';

/** A bill that the shop sent outlives a page that somebody left: whoever holds a link could end it otherwise. */
export function leftStep(world: Pick<World, 'clock' | 'settings'>, order: Order): OrderChange {
  const isStillWanted =
    order.closing === undefined && (order.sent?.endsAtMs ?? 0) > world.clock.now();
  return isStillWanted
    ? declinedStep(world, order, { reason: pageLeft, actor: 'clock' })
    : endStep(world, order);
}

/** As the buyer or the clock wanted it; a page that closed by itself has run out. */
export function endStep(
  world: Pick<World, 'clock' | 'settings'>,
  order: Order,
  reason?: string,
): OrderChange {
  return takeOrderStep(order, {
    step: order.closing === 'cancel' ? 'order_cancelled' : 'order_expired',
    actor: order.closing === 'cancel' ? 'buyer' : 'clock',
    nowMs: world.clock.now(),
    settings: world.settings,
    ...(reason === undefined ? {} : { reason }),
  });
}

/** Back to the bill, for another try under other keys. Where it lives on the provider is kept, for late news of this one. */
export function declinedStep(
  world: Pick<World, 'clock' | 'settings'>,
  order: Order,
  told: { readonly reason: string; readonly actor: Actor },
): OrderChange {
  const { accountId } = order.trail;
  const { method: _tried, ...untried } = order;
  return takeOrderStep(untried, {
    step: 'payment_declined',
    ...told,
    nowMs: world.clock.now(),
    settings: world.settings,
    changes: {
      attempt: order.attempt + 1,
      trail: accountId === undefined ? {} : { accountId },
    },
  });
}

/** Asked, and no wiser. After five days the reason tells a person to look; it is asked all the same. */
export function askedStep(
  world: Pick<World, 'clock' | 'settings'>,
  order: Order,
  actor: Actor = 'clock',
): OrderChange {
  return takeOrderStep(order, {
    step: 'payment_asked',
    actor,
    nowMs: world.clock.now(),
    settings: world.settings,
    ...(isAskedTooOften(order.asked + 1) ? { reason: 'payment_never_known' } : {}),
  });
}
