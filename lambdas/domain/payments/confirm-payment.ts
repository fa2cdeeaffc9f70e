// The payer says yes on our page: the intent is written down first, then the card is charged.
import { type PinEntry, type PinPass, passPin } from '../people/pass-pin.ts';
import { hasLeft, type Person, type PersonId } from '../people/person.ts';
import type { World } from '../world.ts';
import { changePayment } from './change-payment.ts';
import { type Exceeded, exceededBy, spend } from './limits.ts';
import { type Payment, type PaymentId, payeeId } from './payment.ts';
import { arePeerPaymentsOn } from './peer-payments-switch.ts';
import { totalOf } from './postings.ts';
import { settleCharge } from './settle-charge.ts';
import { isPinNeeded } from './step-up.ts';
import { takeStep } from './take-step.ts';

export type ConfirmPaymentOutcome =
  | { readonly kind: 'held'; readonly payment: Payment }
  /** The payer's bank wants to see them: send them to `url`. */
  | { readonly kind: 'needs_action'; readonly payment: Payment; readonly url: string }
  | {
      readonly kind: 'declined';
      readonly payment: Payment;
      readonly reason: string;
    }
  /** We do not know yet, and will tell in the thread; nobody is charged twice. */
  | { readonly kind: 'unknown'; readonly payment: Payment }
  /** It was confirmed, cancelled or run out before this. */
  | { readonly kind: 'no_longer_a_draft'; readonly payment: Payment }
  | { readonly kind: 'over_limit'; readonly exceeded: Exceeded }
  | { readonly kind: 'instrument_gone' }
  /** The PIN was needed and not right, or not chosen yet. */
  | { readonly kind: 'pin'; readonly pass: Exclude<PinPass, { kind: 'passed' }> }
  | { readonly kind: 'blocked' }
  /** The payee asked to be forgotten after the draft was made. */
  | { readonly kind: 'payee_left' }
  | { readonly kind: 'peer_payments_off' }
  | { readonly kind: 'not_found' };

export type ConfirmWorld = Pick<
  World,
  | 'payments'
  | 'people'
  | 'pins'
  | 'pinHasher'
  | 'blocks'
  | 'requests'
  | 'provider'
  | 'clock'
  | 'settings'
  | 'publicUrl'
>;

export interface Confirmation {
  readonly paymentId: PaymentId;
  readonly personId: PersonId;
  readonly instrumentId: string;
  readonly pin: PinEntry;
}

/** Two confirmations at once: one is charged, the other is told what became of it. */
export async function confirmPayment(
  world: ConfirmWorld,
  said: Confirmation,
): Promise<ConfirmPaymentOutcome> {
  const prepared = await prepare(world, said);
  if (prepared.kind !== 'ready') return prepared;
  const recorded = await record(world, prepared, said);
  if (recorded.kind !== 'recorded') return recorded;
  return charge(world, recorded.payment, prepared.payer);
}

type Prepared =
  | { readonly kind: 'ready'; readonly payer: Person; readonly payment: Payment }
  | Exclude<ConfirmPaymentOutcome, { kind: 'held' | 'needs_action' | 'declined' | 'unknown' }>;

async function prepare(world: ConfirmWorld, said: Confirmation): Promise<Prepared> {
  const [payment, payer] = await Promise.all([
    world.payments.get(said.paymentId),
    world.people.byId(said.personId),
  ]);
  if (payment === undefined || payment.payerId !== said.personId) return { kind: 'not_found' };
  if (payment.state !== 'draft') return { kind: 'no_longer_a_draft', payment };
  if (!arePeerPaymentsOn(world.settings)) return { kind: 'peer_payments_off' };
  const payee = payeeId(payment);
  if (payer === undefined) return { kind: 'not_found' };
  if (!payer.instruments.some((each) => each.id === said.instrumentId))
    return { kind: 'instrument_gone' };
  const refused = payee === undefined ? undefined : await whyNotToPayee(world, payer.id, payee);
  if (refused !== undefined) return { kind: refused };
  if (isPinNeeded(payment)) {
    const pass = await passPin(world, payer.id, said.pin);
    if (pass.kind !== 'passed') return { kind: 'pin', pass };
  }
  return { kind: 'ready', payer, payment };
}

/** What may have changed about the payee since the draft. */
async function whyNotToPayee(
  world: ConfirmWorld,
  payerId: PersonId,
  payee: PersonId,
): Promise<'blocked' | 'payee_left' | undefined> {
  const [isBlocked, person] = await Promise.all([
    world.blocks.isBlockedBetween(payerId, payee),
    world.people.byId(payee),
  ]);
  if (isBlocked) return 'blocked';
  return person === undefined || hasLeft(person) ? 'payee_left' : undefined;
}

type Recorded =
  | { readonly kind: 'recorded'; readonly payment: Payment }
  | Extract<ConfirmPaymentOutcome, { kind: 'no_longer_a_draft' | 'over_limit' | 'not_found' }>;

/** Record before charge, and count against the limits in the same write, so that two drafts cannot slip under one limit. */
async function record(
  world: ConfirmWorld,
  { payer, payment: draft }: { readonly payer: Person; readonly payment: Payment },
  said: Confirmation,
): Promise<Recorded> {
  let exceeded: Exceeded | undefined;
  const changed = await changePayment(world, draft, async (payment) => {
    const nowMs = world.clock.now();
    // An expired draft stays expired even while the sweeper has not come round.
    if (payment.state !== 'draft' || (payment.dueAtMs ?? 0) <= nowMs) return undefined;
    const spending = await world.payments.spendingOf(payer.id);
    exceeded = exceededBy(totalOf(payment), spending, { level: payer.level, nowMs });
    if (exceeded !== undefined) return undefined;
    const instrument = payer.instruments.find((each) => each.id === said.instrumentId);
    const change = takeStep(payment, {
      step: 'confirmed',
      actor: 'payer',
      nowMs,
      settings: world.settings,
      changes: { confirmedAtMs: nowMs, ...(instrument === undefined ? {} : { instrument }) },
    });
    return { ...change, spending: spend(spending, payer.id, { amount: totalOf(payment), nowMs }) };
  });
  if (changed === undefined) return { kind: 'not_found' };
  if (exceeded !== undefined) return { kind: 'over_limit', exceeded };
  if (!changed.isOurs) return { kind: 'no_longer_a_draft', payment: changed.payment };
  return { kind: 'recorded', payment: changed.payment };
}

async function charge(
  world: ConfirmWorld,
  payment: Payment,
  payer: Person,
): Promise<ConfirmPaymentOutcome> {
  const answer = await world.provider.charge(chargeRequestFor(world, payment, payer));
  const settled = (await settleCharge(world, payment, { answer, actor: 'provider' })) ?? payment;
  switch (settled.state) {
    case 'needs_action':
      return answer.kind === 'needs_action'
        ? { kind: 'needs_action', payment: settled, url: answer.url }
        : { kind: 'unknown', payment: settled };
    case 'declined':
      return { kind: 'declined', payment: settled, reason: settled.reason ?? 'generic' };
    case 'charging':
    case 'unknown':
    case 'review':
      return { kind: 'unknown', payment: settled };
    case 'draft':
    case 'cancelled':
      return { kind: 'no_longer_a_draft', payment: settled };
    case 'held':
    case 'paying_out':
    case 'paid':
    case 'refunding':
    case 'refunded':
    case 'refund_failed':
    case 'disputed':
    case 'lost':
      return { kind: 'held', payment: settled };
  }
}

/** Must be the same for ever for one payment: the provider compares it under the idempotency key. */
export function chargeRequestFor(world: Pick<World, 'publicUrl'>, payment: Payment, payer: Person) {
  return {
    paymentId: payment.id,
    total: totalOf(payment),
    customerId: payer.customerId ?? '',
    instrumentId: payment.instrument?.id ?? '',
    returnUrl: `${world.publicUrl}/pay/${payment.id}/return`,
  };
}
