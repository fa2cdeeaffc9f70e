// Someone opened a claim link: the first to do so is the recipient, for good.
import { isReadyToBePaid, type Person } from '../people/person.ts';
import type { World } from '../world.ts';
import { changePayment } from './change-payment.ts';
import type { Payment } from './payment.ts';
import { noticeReadyPayee } from './ready-payee.ts';
import { takeStep } from './take-step.ts';

export type ClaimPaymentOutcome =
  | { readonly kind: 'claimed'; readonly payment: Payment }
  | { readonly kind: 'already_yours'; readonly payment: Payment }
  | { readonly kind: 'your_own' }
  | { readonly kind: 'taken' }
  /** The payer has not finished paying. */
  | { readonly kind: 'not_paid_yet' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'not_found' };

export async function claimPayment(
  world: Pick<World, 'payments' | 'people' | 'blocks' | 'clock' | 'settings'>,
  said: { readonly claimCode: string; readonly claimer: Person },
): Promise<ClaimPaymentOutcome> {
  const { claimer } = said;
  const found = await world.payments.byClaimCode(said.claimCode);
  if (found === undefined) return { kind: 'not_found' };
  if (found.payerId === claimer.id) return { kind: 'your_own' };
  // A blocked person learns no more than a stranger with a wrong link.
  if (await world.blocks.isBlockedBetween(found.payerId, claimer.id)) return { kind: 'not_found' };
  const changed = await changePayment(world, found, (payment) => {
    if (payment.state !== 'held' || payment.payee.kind !== 'claim') return undefined;
    if (world.clock.now() >= (payment.claimBeforeMs ?? 0)) return undefined;
    return takeStep(payment, {
      step: 'claimed',
      actor: 'payee',
      nowMs: world.clock.now(),
      settings: world.settings,
      isPayeeReady: isReadyToBePaid(claimer),
      changes: { payee: { kind: 'person', personId: claimer.id } },
    });
  });
  if (changed === undefined) return { kind: 'not_found' };
  if (changed.isOurs) await noticeReadyPayee(world, changed.payment);
  return outcomeOf(changed.payment, claimer, changed.isOurs);
}

function outcomeOf(payment: Payment, claimer: Person, isOurs: boolean): ClaimPaymentOutcome {
  if (isOurs) return { kind: 'claimed', payment };
  if (['refunding', 'refunded', 'refund_failed'].includes(payment.state)) return { kind: 'gone' };
  if (payment.payee.kind === 'person') {
    return payment.payee.personId === claimer.id
      ? { kind: 'already_yours', payment }
      : { kind: 'taken' };
  }
  const isUnpaid = ['draft', 'charging', 'needs_action', 'unknown'].includes(payment.state);
  return { kind: isUnpaid ? 'not_paid_yet' : 'gone' };
}
