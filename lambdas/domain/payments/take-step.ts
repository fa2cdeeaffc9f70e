// The only way a payment changes: one legal step, its balanced journal entry and its next due date together.
import type { Actor } from '../journal/entry.ts';
import { journaled } from '../journal/journaled.ts';
import type { Settings } from '../settings.ts';
import { dueAfter } from './due-dates.ts';
import type { Payment } from './payment.ts';
import { isLegal, type PaymentStep, paymentSteps } from './payment-steps.ts';
import type { PaymentChange } from './ports.ts';
import { postingsOf } from './postings.ts';

/** What a step may change beside the state; version, state, asked and due date follow by rule. */
export type StepChanges = Partial<
  Pick<
    Payment,
    | 'payee'
    | 'instrument'
    | 'trail'
    | 'payOutAttempt'
    | 'confirmedAtMs'
    | 'heldAtMs'
    | 'claimBeforeMs'
    | 'remindedAtMs'
    | 'paidAtMs'
  >
>;

export interface Taken {
  readonly step: PaymentStep;
  readonly actor: Actor;
  readonly nowMs: number;
  readonly settings: Settings;
  readonly changes?: StepChanges;
  readonly reason?: string;
  /** Needed for steps that lead to `held`; see due-dates.ts. */
  readonly isPayeeReady?: boolean;
}

/** Throws on an illegal step: use cases look at the state first, so that is a bug. */
export function takeStep(payment: Payment, taken: Taken): PaymentChange {
  if (!isLegal(taken.step, payment.state)) {
    throw new Error(
      `Payment ${payment.id}: step ${taken.step} is not legal from ${payment.state}.`,
    );
  }
  const to = paymentSteps[taken.step].to;
  const { dueAtMs: _previousDue, reason: _previousReason, ...kept } = payment;
  const moved: Payment = {
    ...kept,
    ...taken.changes,
    version: payment.version + 1,
    state: to,
    asked: to === payment.state ? payment.asked + 1 : 0,
    ...(taken.reason === undefined ? {} : { reason: taken.reason }),
  };
  return changeOf(payment, withDue(moved, taken), taken);
}

/** The first step: the draft itself. */
export function draftStep(draft: Payment, taken: Omit<Taken, 'step'>): PaymentChange {
  const first = withDue({ ...draft, version: 1, state: 'draft' }, { ...taken, step: 'drafted' });
  return changeOf(undefined, first, { ...taken, step: 'drafted' });
}

function withDue(payment: Payment, taken: Taken): Payment {
  const dueAtMs = dueAfter(payment, { ...taken, isPayeeReady: taken.isPayeeReady ?? false });
  return dueAtMs === undefined ? payment : { ...payment, dueAtMs };
}

function changeOf(before: Payment | undefined, after: Payment, taken: Taken): PaymentChange {
  const postings = before === undefined ? [] : postingsOf(taken.step, before);
  const from = before?.state ?? 'nothing';
  const { subject, entry } = journaled(after, { ...taken, from }, postings);
  return { payment: subject, entry };
}
