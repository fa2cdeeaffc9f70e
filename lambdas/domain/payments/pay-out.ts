// Pays a held payment to its recipient once the undo window is over: intent first, then the provider.
import { isReadyToBePaid, type Person, type PersonId } from '../people/person.ts';
import type { World } from '../world.ts';
import { isAskedTooOften } from './ask-again.ts';
import { changePayment } from './change-payment.ts';
import { asksSoFar, undoEndsAt } from './due-dates.ts';
import { type Payment, type PaymentId, payeeId } from './payment.ts';
import type { PayOutAnswer, PaymentChange } from './ports.ts';
import { notePayoutAccount } from './payout-account.ts';
import { dueWhenUndoEnds } from './ready-payee.ts';
import { takeStep } from './take-step.ts';

export type PayOutWorld = Pick<World, 'payments' | 'people' | 'provider' | 'clock' | 'settings'>;

/** Starts paying out when it may: held, recipient ready, undo window over. Losing a race to an undo is fine. */
export async function payOut(
  world: PayOutWorld,
  payment: Payment,
  recipient: Person,
): Promise<void> {
  const account = recipient.recipientAccount;
  if (account === undefined || !isReadyToBePaid(recipient)) return;
  const started = await changePayment(world, payment, (now) => {
    if (now.state !== 'held') return undefined;
    if (world.clock.now() < undoEndsAt(now, world.settings)) return dueWhenUndoEnds(world, now);
    return takeStep(now, {
      step: 'payout_started',
      actor: 'clock',
      nowMs: world.clock.now(),
      settings: world.settings,
    });
  });
  if (started?.isOurs === true && started.payment.state === 'paying_out')
    await askForPayOut(world, started.payment, { id: recipient.id, ...account });
}

/**
 * Finds out about a payout under way, and asks for it again where the provider is sure that it was not made. Looking comes
 * first because a key is forgotten after a day: a payout made, and taken back by hand since, would then be made anew.
 */
export async function continuePayOut(world: PayOutWorld, payment: Payment): Promise<void> {
  const { id: paymentId, payOutAttempt: attempt } = payment;
  const made = await world.provider.lookUp.payOutOf({ paymentId, attempt });
  if (made.kind === 'found')
    return settlePayOut(world, payment, { kind: 'done', payOutId: made.thing.payOutId });
  if (made.kind === 'unknown') return settlePayOut(world, payment, made);
  const recipient = await recipientOf(world, payment);
  const account = recipient?.recipientAccount;
  if (recipient === undefined || account === undefined)
    return settlePayOut(world, payment, { kind: 'recipient_not_ready' });
  return askForPayOut(world, payment, { id: recipient.id, ...account });
}

/** Looks whether a payout was made whose answer never came, and asks for none: the rest is for its due date. */
export async function hearOfPayOut(world: PayOutWorld, payment: Payment): Promise<void> {
  if (payment.state !== 'paying_out') return;
  const { id: paymentId, payOutAttempt: attempt } = payment;
  const made = await world.provider.lookUp.payOutOf({ paymentId, attempt });
  if (made.kind === 'found')
    await settlePayOut(world, payment, { kind: 'done', payOutId: made.thing.payOutId });
}

async function askForPayOut(
  world: PayOutWorld,
  payment: Payment,
  { id, accountId }: { readonly id: PersonId; readonly accountId: string },
): Promise<void> {
  const chargeId = payment.trail.chargeId;
  if (chargeId === undefined) throw new Error(`Payment ${payment.id} pays out without a charge.`);
  const answer = await world.provider.payOut({
    paymentId: payment.id,
    attempt: payment.payOutAttempt,
    amount: payment.amount,
    accountId,
    chargeId,
  });
  // A refusal is news about the account: still taken for ready, it would be tried again at once and for ever.
  if (answer.kind === 'recipient_not_ready')
    await notePayoutAccount(world, id, { accountId, status: 'restricted' });
  return settlePayOut(world, payment, answer);
}

/** Moves `paying_out` on by the provider's answer; anything else is left as it is. */
export async function settlePayOut(
  world: Pick<World, 'payments' | 'clock' | 'settings'>,
  subject: PaymentId | Payment,
  answer: PayOutAnswer,
): Promise<void> {
  await changePayment(world, subject, (payment) =>
    payment.state === 'paying_out' ? stepFor(world, payment, answer) : undefined,
  );
}

function stepFor(
  world: Pick<World, 'clock' | 'settings'>,
  payment: Payment,
  answer: PayOutAnswer,
): PaymentChange {
  const taken = { actor: 'provider', nowMs: world.clock.now(), settings: world.settings } as const;
  switch (answer.kind) {
    case 'done':
      return takeStep(payment, {
        ...taken,
        step: 'paid_out',
        changes: { paidAtMs: taken.nowMs, trail: { ...payment.trail, payOutId: answer.payOutId } },
      });
    case 'recipient_not_ready':
      // A definite no: the next try is another attempt with another key.
      return takeStep(payment, {
        ...taken,
        step: 'payout_postponed',
        isPayeeReady: false,
        changes: { payOutAttempt: payment.payOutAttempt + 1 },
      });
    case 'declined':
      return takeStep(payment, { ...taken, step: 'sent_to_review', reason: 'payout_refused' });
    case 'unknown':
      return isAskedTooOften(asksSoFar(payment) + 1)
        ? takeStep(payment, { ...taken, step: 'sent_to_review', reason: 'payout_never_known' })
        : takeStep(payment, { ...taken, step: 'payout_asked' });
  }
}

async function recipientOf(
  world: Pick<World, 'people'>,
  payment: Payment,
): Promise<Person | undefined> {
  const id = payeeId(payment);
  return id === undefined ? undefined : world.people.byId(id);
}
