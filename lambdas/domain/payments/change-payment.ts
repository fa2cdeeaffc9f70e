// Reads a payment, decides on one step, writes it; reads again when someone else was quicker.
import { RetryLater } from '../retry-later.ts';
import type { World } from '../world.ts';
import type { Payment, PaymentId } from './payment.ts';
import type { PaymentChange } from './ports.ts';

/** Races on one payment are between a handful of parties; more conflicts than this is a storm to come back after. */
const maxTries = 6;

export interface Changed {
  /** As it stands now, whoever moved it there. */
  readonly payment: Payment;
  /** Whether this call took the step. */
  readonly isOurs: boolean;
}

/**
 * `decide` answers the step to take from the payment as it stands, or undefined when there is nothing to do; it may be
 * asked several times. A payment that was just read is decided on as it is: its step is refused if it has moved since,
 * so reading it again would tell nothing more. Undefined when there is no such payment.
 */
export async function changePayment(
  world: Pick<World, 'payments'>,
  subject: PaymentId | Payment,
  decide: (payment: Payment) => Promise<PaymentChange | undefined> | PaymentChange | undefined,
): Promise<Changed | undefined> {
  const [id, known] = typeof subject === 'string' ? [subject] : [subject.id, subject];
  for (let attempt = 0; attempt < maxTries; attempt += 1) {
    const payment = attempt === 0 && known !== undefined ? known : await world.payments.get(id);
    if (payment === undefined) return undefined;
    const change = await decide(payment);
    if (change === undefined) return { payment, isOurs: false };
    if ((await world.payments.commit(change)) === 'done') {
      return { payment: change.payment, isOurs: true };
    }
  }
  throw new RetryLater('conversation_moved');
}
