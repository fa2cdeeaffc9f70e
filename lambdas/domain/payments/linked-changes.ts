// What goes into the same write as a payment's step: the payer's running totals and the request it answers.
import type { MoneyRequest, RequestStep } from '../requests/money-request.ts';
import { takeRequestStep } from '../requests/take-request-step.ts';
import type { World } from '../world.ts';
import { giveBack } from './limits.ts';
import type { Payment } from './payment.ts';
import type { PaymentChange } from './ports.ts';
import { totalOf } from './postings.ts';

/** The change with the payer's spending lowered again: the payment came to nothing. */
export async function withSpendingGivenBack(
  world: Pick<World, 'payments' | 'clock'>,
  change: PaymentChange,
): Promise<PaymentChange> {
  const { payment } = change;
  if (payment.confirmedAtMs === undefined) return change;
  const spending = await world.payments.spendingOf(payment.payerId);
  return {
    ...change,
    spending: giveBack(spending, payment.payerId, {
      amount: totalOf(payment),
      nowMs: world.clock.now(),
      spentAtMs: payment.confirmedAtMs,
    }),
  };
}

/** The change with the step of the request that this payment answers, where it answers one and the step fits. */
export async function withRequestStep(
  world: Pick<World, 'requests' | 'clock' | 'settings'>,
  change: PaymentChange,
  step: Extract<RequestStep, 'fulfilled' | 'reopened'>,
): Promise<PaymentChange> {
  const request = await requestAnsweredBy(world, change.payment);
  if (request === undefined || request.state !== 'paying') return change;
  const { actor, atMs } = change.entry;
  return { ...change, request: takeRequestStep(request, { step, actor, nowMs: atMs }) };
}

async function requestAnsweredBy(
  world: Pick<World, 'requests'>,
  payment: Payment,
): Promise<MoneyRequest | undefined> {
  if (payment.requestId === undefined) return undefined;
  const request = await world.requests.get(payment.requestId);
  return request?.paymentId === payment.id ? request : undefined;
}
