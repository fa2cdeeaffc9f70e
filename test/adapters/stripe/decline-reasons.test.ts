// Stripe's decline codes in the payer's words; what smells of fraud says nothing.
import { describe, expect, it } from 'vitest';
import { readDeclineReason } from '../../../lambdas/adapters/stripe/decline-reasons.ts';

describe('why a charge was declined', () => {
  it.each([
    ['insufficient_funds', 'insufficient_funds'],
    ['card_velocity_exceeded', 'limit_exceeded'],
    ['incorrect_pin', 'incorrect_details'],
    ['issuer_not_available', 'try_again_later'],
    ['transaction_not_allowed', 'not_supported'],
    ['invalid_account', 'instrument_gone'],
    ['authentication_required', 'authentication_failed'],
    ['do_not_honor', 'generic'],
    ['generic_decline', 'generic'],
    ['invented_last_week', 'generic'],
  ])('by %s is %s', (declineCode, reason) => {
    expect(readDeclineReason({ code: 'card_declined', declineCode })).toBe(reason);
  });

  it.each([
    ['expired_card', 'expired_card'],
    ['incorrect_cvc', 'incorrect_details'],
    ['processing_error', 'try_again_later'],
    ['payment_intent_authentication_failure', 'authentication_failed'],
    ['payment_intent_payment_attempt_expired', 'not_finished'],
  ])('by the error code %s alone is %s', (code, reason) => {
    expect(readDeclineReason({ code })).toBe(reason);
  });

  it.each([
    'fraudulent',
    'lost_card',
    'stolen_card',
    'pickup_card',
    'restricted_card',
    'security_violation',
    'merchant_blacklist',
  ])('by %s stays generic, whatever the error code or the advice says', (declineCode) => {
    const told = { code: 'expired_card', declineCode, adviceCode: 'confirm_card_data' };
    expect(readDeclineReason(told)).toBe('generic');
  });

  it('follows the advice only where the bank gave no reason', () => {
    const code = 'card_declined';
    const silent = { code, declineCode: 'do_not_honor' };
    expect(readDeclineReason({ ...silent, adviceCode: 'try_again_later' })).toBe('try_again_later');
    expect(readDeclineReason({ ...silent, adviceCode: 'confirm_card_data' })).toBe(
      'incorrect_details',
    );
    expect(readDeclineReason({ ...silent, adviceCode: 'do_not_try_again' })).toBe('generic');
    const poor = { code, declineCode: 'insufficient_funds', adviceCode: 'try_again_later' };
    expect(readDeclineReason(poor)).toBe('insufficient_funds');
  });
});
