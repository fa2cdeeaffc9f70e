// A buyer's bank takes the money back: the order follows the dispute as the provider holds it, to its end.
import { isSameMoney } from '../money/money.ts';
import { RetryLater } from '../retry-later.ts';
import type { World } from '../world.ts';
import { accountOf } from './ask-for-payment.ts';
import { changeOrder } from './change-order.ts';
import { hasLeft } from './merchant.ts';
import type { Order, OrderDispute, OrderDisputeState, OrderId } from './order.ts';
import { isLegal, type OrderStep } from './order-steps.ts';
import type { FoundOrderDispute, OrderChange } from './ports.ts';
import { takeOrderStep } from './take-order-step.ts';

type DisputeWorld = Pick<World, 'orders' | 'shops' | 'shopProvider' | 'clock' | 'settings'>;

interface ToldOfDispute {
  readonly disputeId: string;
  readonly found: FoundOrderDispute;
  readonly isDue?: boolean;
}

/** Takes its state from the dispute itself, never from the name of an event about it. */
export async function followOrderDispute(
  world: Pick<World, 'orders' | 'clock' | 'settings'>,
  orderId: OrderId,
  told: ToldOfDispute,
): Promise<void> {
  await changeOrder(world, orderId, (order) => openStep(world, order, told));
  await changeOrder(world, orderId, (order) => nextStep(world, order, told));
}

/**
 * News of a second dispute may be quicker than the end of the first, which is looked up then; throws RetryLater while that
 * one is open. A dispute that was won took nothing in the end: it may as well be an old one, and waits for nobody.
 */
export async function hearOfEarlierDispute(
  world: DisputeWorld,
  order: Order,
  told: ToldOfDispute,
): Promise<void> {
  const { dispute } = order;
  if (dispute === undefined || dispute.id === told.disputeId || isOver(dispute.state)) return;
  if (told.found.state === 'won') return;
  const found = await world.shopProvider.lookUp.dispute(accountOf(order), dispute.id);
  if (found.kind !== 'found' || !isOver(found.thing.state))
    throw new RetryLater('row_not_there_yet');
  await followOrderDispute(world, order.id, { disputeId: dispute.id, found: found.thing });
}

/** Looked up daily while it is open; given up on an account that has left us, and taken up again if it comes back. */
export async function askAboutDispute(world: DisputeWorld, order: Order): Promise<void> {
  const { dispute } = order;
  if (dispute === undefined || isOver(dispute.state)) return;
  const found = await world.shopProvider.lookUp.dispute(accountOf(order), dispute.id);
  const disputeId = dispute.id;
  if (found.kind === 'found')
    return followOrderDispute(world, order.id, { disputeId, found: found.thing, isDue: true });
  const isLost = await hasLeft(world, order);
  await changeOrder(world, order.id, (now) =>
    now.dispute === undefined || isOver(now.dispute.state)
      ? undefined
      : take(world, now, {
          step: 'dispute_moved',
          dispute: isLost ? { ...now.dispute, isOutOfSight: true } : now.dispute,
          ...(isLost ? { reason: 'account_left' } : {}),
        }),
  );
}

/** One at a time: a second one opens only after the first was won. It opens before it ends, also when we hear late. */
function openStep(
  world: Pick<World, 'clock' | 'settings'>,
  order: Order,
  { disputeId, found }: ToldOfDispute,
): OrderChange | undefined {
  const { dispute } = order;
  if (dispute?.id === disputeId || (dispute !== undefined && dispute.state !== 'won'))
    return undefined;
  if (!isLegal('dispute_opened', order.state)) return undefined;
  const state = isOver(found.state) ? 'needs_response' : found.state;
  return take(world, order, {
    step: 'dispute_opened',
    dispute: { ...asFound(disputeId, found), state },
  });
}

function nextStep(
  world: Pick<World, 'clock' | 'settings'>,
  order: Order,
  { disputeId, found, isDue }: ToldOfDispute,
): OrderChange | undefined {
  const { dispute } = order;
  if (dispute?.id !== disputeId || isOver(dispute.state)) return undefined;
  const sentAtMs = dispute.evidenceSentAtMs;
  const now: OrderDispute = {
    ...asFound(disputeId, found),
    // What it is about does not change: what was booked when it opened is booked back when it ends.
    amount: dispute.amount,
    ...(sentAtMs === undefined ? {} : { evidenceSentAtMs: sentAtMs }),
  };
  if (isDue !== true && isSame(dispute, now)) return undefined;
  return take(world, order, { step: stepTo(found.state), dispute: now });
}

function stepTo(state: OrderDisputeState): OrderStep {
  switch (state) {
    case 'won':
      return 'dispute_won';
    case 'lost':
      return 'dispute_lost';
    case 'needs_response':
    case 'under_review':
      return 'dispute_moved';
  }
}

function asFound(id: string, found: FoundOrderDispute): OrderDispute {
  const { state, amount, fee, reason, respondBeforeMs } = found;
  return {
    id,
    state,
    amount,
    fee,
    reason,
    ...(respondBeforeMs === undefined ? {} : { respondBeforeMs }),
  };
}

function isSame(one: OrderDispute, other: OrderDispute): boolean {
  return (
    one.state === other.state &&
    isSameMoney(one.fee, other.fee) &&
    one.reason === other.reason &&
    one.respondBeforeMs === other.respondBeforeMs &&
    one.isOutOfSight === other.isOutOfSight
  );
}

export function isOver(state: OrderDisputeState): boolean {
  return state === 'won' || state === 'lost';
}

function take(
  world: Pick<World, 'clock' | 'settings'>,
  order: Order,
  {
    step,
    dispute,
    ...why
  }: { readonly step: OrderStep; readonly dispute: OrderDispute; readonly reason?: string },
): OrderChange {
  return takeOrderStep(order, {
    step,
    actor: 'provider',
    nowMs: world.clock.now(),
    settings: world.settings,
    changes: { dispute },
    ...why,
  });
}
