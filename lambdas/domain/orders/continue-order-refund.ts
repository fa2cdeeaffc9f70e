// Asks the provider for a refund of an order, or how it goes, and follows it until it has arrived or a person must look.
import { isAskedTooOften, isWithinKeyLife } from '../payments/ask-again.ts';
import type { RefundAnswer } from '../payments/ports.ts';
import type { World } from '../world.ts';
import { accountOf } from './ask-for-payment.ts';
import { changeOrder } from './change-order.ts';
import type { Order, OrderId, Refund, RefundState } from './order.ts';
import type { OrderStep } from './order-steps.ts';
import type { OrderChange } from './ports.ts';
import { takeOrderStep } from './take-order-step.ts';

/** Under one key for ever: never refunded twice. Refunds that have ended are left alone. */
export async function continueOrderRefund(
  world: Pick<World, 'orders' | 'shopProvider' | 'clock' | 'settings'>,
  order: Order,
  refund: Refund,
): Promise<void> {
  if (refund.state !== 'asked' && refund.state !== 'pending') return;
  const answer = await askForRefund(world, order, refund);
  await settleOrderRefund(world, order.id, { refundId: refund.id, answer, isDue: true });
}

async function askForRefund(
  world: Pick<World, 'shopProvider' | 'clock'>,
  order: Order,
  refund: Refund,
): Promise<RefundAnswer> {
  const accountId = accountOf(order);
  const { providerRefundId, intentId, amount, reason, askedAtMs } = refund;
  if (providerRefundId !== undefined) {
    const found = await world.shopProvider.lookUp.refund(accountId, providerRefundId);
    return found.kind === 'found' ? found.thing.answer : { kind: 'unknown', why: found.kind };
  }
  if (!isWithinKeyLife(askedAtMs, world.clock.now())) return lostRefund(world, order, refund);
  return world.shopProvider.refund({
    orderId: order.id,
    refundId: refund.id,
    accountId,
    intentId,
    amount,
    reason,
  });
}

/** Past its key's life it is looked for, and what is not there by then was never made: the shop may give it anew. */
async function lostRefund(
  world: Pick<World, 'shopProvider'>,
  order: Order,
  { id: refundId, intentId }: Refund,
): Promise<RefundAnswer> {
  const accountId = accountOf(order);
  const found = await world.shopProvider.lookUp.lostRefund({ accountId, intentId, refundId });
  switch (found.kind) {
    case 'found':
      return found.thing.answer;
    case 'not_found':
      return { kind: 'declined', why: 'never_made' };
    case 'unknown':
      return { kind: 'unknown', why: found.why };
  }
}

/** The same answer twice, or an older one late, changes nothing. Done may still fail, and then the buyer has nothing. */
export async function settleOrderRefund(
  world: Pick<World, 'orders' | 'clock' | 'settings'>,
  subject: OrderId,
  told: {
    readonly refundId: Refund['id'];
    readonly answer: RefundAnswer;
    readonly isDue: boolean;
  },
): Promise<void> {
  await changeOrder(world, subject, (order) => {
    const refund = order.refunds.find(({ id }) => id === told.refundId);
    if (refund === undefined) return undefined;
    const next = stepFor(refund, told.answer, told.isDue);
    return next === undefined ? undefined : refundStep(world, order, { refund, next });
  });
}

interface Next {
  readonly step: Extract<
    OrderStep,
    'refunded' | 'refund_failed' | 'refund_pending' | 'refund_asked'
  >;
  readonly state: RefundState;
  readonly asked: number;
  readonly providerRefundId?: string;
  readonly reason?: string;
}

function stepFor(refund: Refund, answer: RefundAnswer, isDue: boolean): Next | undefined {
  const { state } = refund;
  const noted =
    'refundId' in answer && answer.refundId !== undefined
      ? { providerRefundId: answer.refundId }
      : {};
  const asked = refund.asked + 1;
  switch (answer.kind) {
    case 'done':
      return state === 'done' ? undefined : { step: 'refunded', state: 'done', asked: 0, ...noted };
    case 'declined':
      if (state === 'failed') return undefined;
      return { step: 'refund_failed', state: 'failed', asked: 0, reason: answer.why, ...noted };
    case 'pending':
      if (state === 'asked') return { step: 'refund_pending', state: 'pending', asked, ...noted };
      return state === 'pending' && isDue
        ? again(refund, { asked, tooLong: 'refund_pending_too_long' })
        : undefined;
    case 'unknown':
      return isDue && (state === 'asked' || state === 'pending')
        ? again(refund, { asked, tooLong: 'refund_never_known' })
        : undefined;
  }
}

/** After the last ask its reason wakes a person; an event of the provider's still moves it. */
function again(
  { state }: Refund,
  { asked, tooLong }: { readonly asked: number; readonly tooLong: string },
): Next {
  return {
    step: 'refund_asked',
    state,
    asked,
    ...(isAskedTooOften(asked) ? { reason: tooLong } : {}),
  };
}

function refundStep(
  world: Pick<World, 'clock' | 'settings'>,
  order: Order,
  { refund, next }: { readonly refund: Refund; readonly next: Next },
): OrderChange {
  const { step, state, asked, providerRefundId, reason } = next;
  const moved: Refund = {
    ...refund,
    state,
    asked,
    ...(providerRefundId === undefined ? {} : { providerRefundId }),
  };
  return takeOrderStep(order, {
    step,
    actor: 'provider',
    nowMs: world.clock.now(),
    settings: world.settings,
    changes: { refunds: order.refunds.map((each) => (each.id === refund.id ? moved : each)) },
    ...(reason === undefined ? {} : { reason }),
  });
}
