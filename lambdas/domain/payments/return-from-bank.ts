// The payer comes back from their bank's page: look the charge up and move on, whatever the address bar says.
import type { World } from '../world.ts';
import type { Payment, PaymentId } from './payment.ts';
import { answerOf, type SettleWorld, settleCharge } from './settle-charge.ts';

export interface BackFromBank {
  readonly payment: Payment;
  /** Where the bank still waits for the payer, when it does. */
  readonly url?: string;
}

/** Harmless for whoever calls it: it only reads the provider and moves the payment forward. */
export async function returnFromBank(
  world: SettleWorld & Pick<World, 'provider'>,
  paymentId: PaymentId,
): Promise<BackFromBank | undefined> {
  const payment = await world.payments.get(paymentId);
  const intentId = payment?.trail.intentId;
  if (payment === undefined || intentId === undefined || !isOpen(payment)) {
    return payment === undefined ? undefined : { payment };
  }
  const found = await world.provider.lookUp.charge(intentId);
  if (found.kind !== 'found') return { payment };
  const answer = answerOf(payment, found.thing);
  const settled = (await settleCharge(world, payment, { answer, actor: 'provider' })) ?? payment;
  return answer.kind === 'needs_action'
    ? { payment: settled, url: answer.url }
    : { payment: settled };
}

function isOpen(payment: Payment): boolean {
  return ['charging', 'needs_action', 'unknown'].includes(payment.state);
}
