// Payments and requests for tests, moved by the domain's own steps.
import { spend } from '../../lambdas/domain/payments/limits.ts';
import type { Payment } from '../../lambdas/domain/payments/payment.ts';
import type { PaymentStep } from '../../lambdas/domain/payments/payment-steps.ts';
import type { PaymentChange } from '../../lambdas/domain/payments/ports.ts';
import type { Spending } from '../../lambdas/domain/payments/spending.ts';
import { draftStep, type StepChanges, takeStep } from '../../lambdas/domain/payments/take-step.ts';
import type { PersonId } from '../../lambdas/domain/people/person.ts';
import type { MoneyRequest, RequestChange } from '../../lambdas/domain/requests/money-request.ts';
import { takeRequestStep } from '../../lambdas/domain/requests/take-request-step.ts';
import type { Settings } from '../../lambdas/domain/settings.ts';
import { nextNumber } from './people.ts';

export const someSettings: Settings = {
  live: false,
  peerPaymentsApproval: null,
  pageId: '1000',
  undoSeconds: 10,
  claimDays: 7,
  draftMinutes: 30,
  requestDays: 14,
  defaultCurrency: 'USD',
  country: 'US',
  feePercent: 0,
};

/** Noon of 22 November 2026, UTC. */
export const noonMs = Date.UTC(2026, 10, 22, 12);

export function aPersonId(): PersonId {
  return `per_p${nextNumber()}`;
}

/** The first step of a payment of $20. */
export function aDraft(changes: Partial<Payment> = {}): PaymentChange {
  const draft: Payment = {
    id: `pay_t${nextNumber()}`,
    version: 1,
    state: 'draft',
    payerId: aPersonId(),
    payee: { kind: 'person', personId: aPersonId() },
    amount: { minor: 2000, currency: 'USD' },
    fee: { minor: 0, currency: 'USD' },
    note: 'lunch',
    isFirstToPayee: true,
    trail: {},
    payOutAttempt: 1,
    asked: 0,
    createdAtMs: noonMs,
    ...changes,
  };
  return draftStep(draft, { actor: 'payer', nowMs: draft.createdAtMs, settings: someSettings });
}

export function aClaimDraft(claimCode: string, changes: Partial<Payment> = {}): PaymentChange {
  return aDraft({ payee: { kind: 'claim', claimCode, calledName: 'Robin' }, ...changes });
}

/** The next step from `payment`, a second later for each version. */
export function next(
  payment: Payment,
  step: PaymentStep,
  changes: StepChanges = {},
): PaymentChange {
  return takeStep(payment, {
    step,
    actor: 'payer',
    nowMs: payment.createdAtMs + payment.version * 1000,
    settings: someSettings,
    isPayeeReady: true,
    changes,
  });
}

/** Confirmed with a card, and counted into what the payer has spent. */
export function confirmed(payment: Payment, spending: Spending | undefined): PaymentChange {
  const nowMs = payment.createdAtMs + 1000;
  const change = next(payment, 'confirmed', {
    confirmedAtMs: nowMs,
    instrument: { id: 'pm_1QxAbCdEfGhIjKlMnOpQrStU', brand: 'visa', last4: '4242' },
  });
  return {
    ...change,
    spending: spend(spending, payment.payerId, { amount: payment.amount, nowMs }),
  };
}

export function charged(payment: Payment): PaymentChange {
  return next(payment, 'charged', {
    heldAtMs: payment.createdAtMs + 2000,
    claimBeforeMs: payment.createdAtMs + 7 * 24 * 3600 * 1000,
    trail: { intentId: 'pi_3QxAbCdEfGhIjKlMnOpQrStU', chargeId: 'ch_3QxAbCdEfGhIjKlMnOpQrStU' },
  });
}

/** Every step of a payment that goes well, in order. */
export function wholeLife(changes: Partial<Payment> = {}): PaymentChange[] {
  const drafted = aDraft(changes);
  const charging = confirmed(drafted.payment, undefined);
  const held = charged(charging.payment);
  const payingOut = next(held.payment, 'payout_started');
  const paid = next(payingOut.payment, 'paid_out', {
    paidAtMs: drafted.payment.createdAtMs + 12_000,
    trail: { ...held.payment.trail, payOutId: 'tr_1QxAbCdEfGhIjKlMnOpQrStU' },
  });
  return [drafted, charging, held, payingOut, paid];
}

export function anAskedRequest(changes: Partial<MoneyRequest> = {}): RequestChange {
  const createdAtMs = changes.createdAtMs ?? noonMs;
  const request: MoneyRequest = {
    id: `req_t${nextNumber()}`,
    version: 0,
    state: 'open',
    askerId: aPersonId(),
    payerId: aPersonId(),
    amount: { minor: 1500, currency: 'USD' },
    note: 'pizza',
    createdAtMs,
    expiresAtMs: createdAtMs + 14 * 24 * 3600 * 1000,
    acceptances: 0,
    ...changes,
  };
  return takeRequestStep(request, { step: 'asked', actor: 'payee', nowMs: createdAtMs });
}
