// What a PaymentIntent's state means for the money.
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import {
  intentSchema,
  readChargeAnswer,
  readFoundCharge,
} from '../../../lambdas/adapters/stripe/intent.ts';
import { money } from '../../../lambdas/domain/money/money.ts';
import { intentObject } from './objects.ts';

const intent = (more: Record<string, unknown>) => z.parse(intentSchema, intentObject(more));
const answer = (more: Record<string, unknown>) => readChargeAnswer(intent(more));

describe('an intent', () => {
  it.each(['processing', 'requires_confirmation'])('that is %s is under way', (status) => {
    const pending = { kind: 'pending', intentId: 'pi_1' };
    expect(answer({ status })).toEqual(pending);
    // What failed before it was begun anew says nothing of how it goes now.
    expect(answer({ status, last_payment_error: { code: 'card_declined' } })).toEqual(pending);
  });

  it.each([
    null,
    undefined,
    { type: 'use_stripe_sdk' },
    { type: 'x', redirect_to_url: { url: null } },
  ])('whose action is no link (%j) cannot be done here', (action) => {
    expect(answer({ status: 'requires_action', next_action: action })).toEqual({
      kind: 'declined',
      reason: 'not_supported',
      intentId: 'pi_1',
    });
  });

  it.each([null, undefined])(
    'without a card waits for one, where it failed with none (%j)',
    (error) => {
      const status = 'requires_payment_method';
      expect(answer({ status, last_payment_error: error })).toMatchObject({ kind: 'pending' });
      expect(answer({ status: 'canceled', last_payment_error: error })).toMatchObject({
        kind: 'declined',
        reason: 'not_finished',
      });
      expect(answer({ status, last_payment_error: {} })).toMatchObject({
        kind: 'declined',
        reason: 'generic',
      });
    },
  );

  it('is found with what was received once it has succeeded, and with what is asked until then', () => {
    const amounts = { amount: 2000, amount_received: 1900 };
    const total = (status: string) => readFoundCharge(intent({ status, ...amounts }))?.total;
    expect(total('succeeded')).toEqual(money(1900, 'USD'));
    expect(total('processing')).toEqual(money(2000, 'USD'));
  });
});
