// The shop gives money back, all of it or a part, once or often; never more than is left, however many do it at once.
import { compare, isPositive, isZero, type Money } from '../money/money.ts';
import type { World } from '../world.ts';
import { changeOrder } from './change-order.ts';
import type { Order, OrderId, Refund, RefundReason } from './order.ts';
import { isLegal } from './order-steps.ts';
import type { OrderChange } from './ports.ts';
import { feeBackFor, leftToRefund } from './refundable.ts';
import { takeOrderStep } from './take-order-step.ts';

export type RefundOrderOutcome =
  | { readonly kind: 'asked'; readonly order: Order; readonly refund: Refund }
  | { readonly kind: 'too_much'; readonly left: Money; readonly order: Order }
  /** Not paid, or nothing is left. A paid order of which nothing is left is cancelled all the same where that is wanted. */
  | { readonly kind: 'not_refundable'; readonly order: Order };

export interface RefundOrderSaid {
  readonly orderId: OrderId;
  readonly amount: Money | 'all';
  readonly reason: RefundReason;
  /** The form, request or message that said so: makes the refund's id, so the same one twice is one refund. */
  readonly madeBy: string;
  /** Calls off what has not been handed over: all that is left goes back, and the goods to the shelf. */
  readonly cancel?: boolean;
}

type RefundWorld = Pick<World, 'orders' | 'ids' | 'clock' | 'settings'>;

export async function refundOrder(
  world: RefundWorld,
  said: RefundOrderSaid,
): Promise<RefundOrderOutcome> {
  const id = world.ids.derived('rfd', said.orderId, said.madeBy);
  let tooMuchFor: Money | undefined;
  const changed = await changeOrder(world, said.orderId, (order) => {
    tooMuchFor = undefined;
    if (order.refunds.some((each) => each.id === id)) return undefined;
    const left = leftToRefund(order);
    const amount = said.amount === 'all' || isCalledOff(order, said) ? left : said.amount;
    if (!isZero(left) && !isWithin(amount, left)) {
      tooMuchFor = left;
      return undefined;
    }
    return refundStep(world, order, { said, id, amount });
  });
  if (changed === undefined) throw new Error(`Order ${said.orderId} is not there.`);
  const { order } = changed;
  if (tooMuchFor !== undefined) return { kind: 'too_much', left: tooMuchFor, order };
  const refund = order.refunds.find((each) => each.id === id);
  return refund === undefined
    ? { kind: 'not_refundable', order }
    : { kind: 'asked', order, refund };
}

function isCalledOff(order: Order, { cancel }: RefundOrderSaid): boolean {
  return cancel === true && isLegal('cancelled_by_shop', order.state);
}

function isWithin(amount: Money, left: Money): boolean {
  return amount.currency === left.currency && isPositive(amount) && compare(amount, left) <= 0;
}

function refundStep(
  world: RefundWorld,
  order: Order,
  wanted: { readonly said: RefundOrderSaid; readonly id: Refund['id']; readonly amount: Money },
): OrderChange | undefined {
  const step = isCalledOff(order, wanted.said) ? 'cancelled_by_shop' : 'refund_wanted';
  if (!isLegal(step, order.state)) return undefined;
  const refund = newRefund(world, order, wanted);
  if (refund === undefined && step === 'refund_wanted') return undefined;
  return takeOrderStep(order, {
    step,
    actor: 'shop',
    nowMs: world.clock.now(),
    settings: world.settings,
    reason: wanted.said.reason,
    ...(refund === undefined ? {} : { changes: { refunds: [...order.refunds, refund] } }),
  });
}

function newRefund(
  world: Pick<World, 'clock'>,
  order: Order,
  wanted: { readonly said: RefundOrderSaid; readonly id: Refund['id']; readonly amount: Money },
): Refund | undefined {
  const { id, amount, said } = wanted;
  const { intentId } = order.trail;
  if (intentId === undefined || isZero(leftToRefund(order))) return undefined;
  return {
    id,
    state: 'asked',
    amount,
    feeBack: feeBackFor(order, intentId, amount),
    reason: said.reason,
    intentId,
    askedAtMs: world.clock.now(),
    asked: 0,
  };
}
