// The machine of a payment, every pair of state and step: the legal ones move, all others throw and write nothing.
import { describe, expect, it } from 'vitest';
import {
  isFinal,
  type Payment,
  type PaymentState,
} from '../../../lambdas/domain/payments/payment.ts';
import {
  isLegal,
  type PaymentStep,
  paymentSteps,
} from '../../../lambdas/domain/payments/payment-steps.ts';
import { takeStep } from '../../../lambdas/domain/payments/take-step.ts';
import { aDraft, noonMs, someSettings } from '../../builders/payments.ts';

const isStep = (text: string): text is PaymentStep => text in paymentSteps;
const steps = Object.keys(paymentSteps).filter(isStep);
const states = [...new Set(Object.values(paymentSteps).map(({ to }) => to))];
const pairs = states.flatMap((state) => steps.map((step) => ({ state, step })));

function paymentIn(state: PaymentState): Payment {
  const { dueAtMs: _draftsDue, ...payment } = aDraft({
    fee: { minor: 35, currency: 'USD' },
  }).payment;
  return {
    ...payment,
    state,
    version: 7,
    asked: 2,
    confirmedAtMs: noonMs,
    heldAtMs: noonMs,
    claimBeforeMs: noonMs + 1000,
    reason: 'of_before',
  };
}

const take = (payment: Payment, step: PaymentStep) =>
  takeStep(payment, { step, actor: 'clock', nowMs: noonMs + 5, settings: someSettings });

describe('a payment', () => {
  it.each(pairs.filter(({ state, step }) => isLegal(step, state)))(
    'in $state takes $step, balanced, with a due date where it waits',
    ({ state, step }) => {
      const { payment, entry } = take(paymentIn(state), step);

      expect(payment).toMatchObject({ state: paymentSteps[step].to, version: 8 });
      expect(payment.asked).toBe(payment.state === state ? 3 : 0);
      expect(payment.reason).toBeUndefined();
      expect(payment.dueAtMs === undefined).toBe(isFinal(payment.state));
      expect(entry).toMatchObject({ sequence: 8, step, from: state, to: payment.state });
      expect(entry.dueAtMs).toBe(payment.dueAtMs);
      expect(entry.postings.reduce((sum, { amount }) => sum + amount.minor, 0)).toBe(0);
    },
  );

  it.each(pairs.filter(({ state, step }) => !isLegal(step, state)))(
    'in $state refuses $step',
    ({ state, step }) => {
      expect(() => take(paymentIn(state), step)).toThrow(`step ${step} is not legal from ${state}`);
    },
  );

  it('is drafted once: a draft is no step of a payment that is there', () => {
    expect(steps.filter((step) => isLegal(step, 'nothing'))).toEqual(['drafted']);
  });

  it('ends: from every state a final one can be reached', () => {
    const ends = new Set(states.filter(isFinal));
    for (let found = true; found; ) {
      found = false;
      for (const { from, to } of Object.values(paymentSteps)) {
        for (const state of from) {
          if (state === 'nothing' || ends.has(state) || !ends.has(to)) continue;
          ends.add(state);
          found = true;
        }
      }
    }
    expect(new Set(states)).toEqual(ends);
  });
});
