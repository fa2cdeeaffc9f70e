// Makes the draft of a payment: terms frozen, nothing charged. The same message makes the same draft.
import { isZero, type Money, percentOf } from '../money/money.ts';
import type { Member, PersonId } from '../people/person.ts';
import type { RequestChange } from '../requests/money-request.ts';
import type { World } from '../world.ts';
import { type Exceeded, exceededBy, isWalletCurrency } from './limits.ts';
import type { Payee, Payment, PaymentId } from './payment.ts';
import { arePeerPaymentsOn } from './peer-payments-switch.ts';
import { totalOf } from './postings.ts';
import { draftStep } from './take-step.ts';

export type DraftPaymentOutcome =
  | { readonly kind: 'drafted'; readonly payment: Payment }
  | { readonly kind: 'peer_payments_off' }
  | { readonly kind: 'currency_not_taken' }
  | { readonly kind: 'over_limit'; readonly exceeded: Exceeded }
  /** The request that it answers was answered, withdrawn or reminded of at the same moment. */
  | { readonly kind: 'request_moved' }
  /** Either has blocked the other; who did is nobody's business. */
  | { readonly kind: 'blocked' };

export interface DraftRequest {
  readonly id: PaymentId;
  readonly payer: Member;
  readonly to:
    | { readonly kind: 'person'; readonly personId: PersonId }
    | { readonly kind: 'claim'; readonly calledName: string };
  readonly amount: Money;
  readonly note?: string;
  /** The request that this answers, with its step: written together with the draft. */
  readonly answers?: RequestChange;
}

export async function draftPayment(
  world: Pick<World, 'payments' | 'contacts' | 'tokens' | 'clock' | 'settings'>,
  wanted: DraftRequest,
): Promise<DraftPaymentOutcome> {
  const { payer, to, amount } = wanted;
  if (!arePeerPaymentsOn(world.settings)) return { kind: 'peer_payments_off' };
  if (!isWalletCurrency(amount.currency)) return { kind: 'currency_not_taken' };
  const [tie, spending] = await Promise.all([
    to.kind === 'person' ? world.contacts.tieBetween(payer.id, to.personId) : undefined,
    world.payments.spendingOf(payer.id),
  ]);
  if (tie?.isBlocked === true) return { kind: 'blocked' };
  const nowMs = world.clock.now();
  const draft = newDraft(world, wanted, { nowMs, isFirstToPayee: tie?.isContact !== true });
  const exceeded = exceededBy(totalOf(draft), spending, { level: payer.level, nowMs });
  if (exceeded !== undefined) return { kind: 'over_limit', exceeded };
  const change = draftStep(draft, { actor: 'payer', nowMs, settings: world.settings });
  const outcome = await world.payments.commit(
    wanted.answers === undefined ? change : { ...change, request: wanted.answers },
  );
  if (outcome === 'done') return { kind: 'drafted', payment: change.payment };
  // A message handled twice finds the draft that it made.
  const payment = await world.payments.get(wanted.id);
  if (payment !== undefined) return { kind: 'drafted', payment };
  if (wanted.answers === undefined) throw new Error(`Payment ${wanted.id} conflicts with nothing.`);
  return { kind: 'request_moved' };
}

function newDraft(
  world: Pick<World, 'tokens' | 'settings'>,
  wanted: DraftRequest,
  { nowMs, isFirstToPayee }: { readonly nowMs: number; readonly isFirstToPayee: boolean },
): Payment {
  const { payer, to, amount, note, answers } = wanted;
  const fee = percentOf(amount, world.settings.feePercent);
  const payee: Payee =
    to.kind === 'person'
      ? { kind: 'person', personId: to.personId }
      : { kind: 'claim', claimCode: world.tokens.newToken(), calledName: to.calledName };
  return {
    id: wanted.id,
    version: 0,
    state: 'draft',
    payerId: payer.id,
    payee,
    amount,
    fee: isZero(fee) ? { minor: 0, currency: amount.currency } : fee,
    isFirstToPayee,
    trail: {},
    payOutAttempt: 1,
    asked: 0,
    createdAtMs: nowMs,
    ...(note === undefined ? {} : { note }),
    ...(answers === undefined ? {} : { requestId: answers.request.id }),
  };
}
