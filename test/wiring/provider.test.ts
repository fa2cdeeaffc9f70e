// A stage works with keys of its own kind alone, and never says what a key is.
import { describe, expect, it } from 'vitest';
import { requireKeyOfStage } from '../../lambdas/wiring/provider.ts';

const secretId = 'tender/stripe-key';

describe('the key of a stage', () => {
  it.each([
    [false, 'sk_test_local'],
    [false, 'rk_test_123'],
    [false, 'sk_local'],
    [true, 'sk_live_123'],
    [true, 'rk_live_123'],
  ])('that is live: %s may be %s', (live, key) => {
    expect(() => requireKeyOfStage(key, { live, secretId })).not.toThrow();
  });

  it.each([
    [false, 'sk_live_51Habc', 'holds a live key of Stripe, and this stage is not live'],
    [false, 'rk_live_51Habc', 'holds a live key of Stripe, and this stage is not live'],
    [true, 'sk_test_51Habc', 'holds a test key of Stripe, and this stage is live'],
    [true, 'rk_test_51Habc', 'holds a test key of Stripe, and this stage is live'],
  ])('that is live: %s may not be %s', (live, key, words) => {
    expect(() => requireKeyOfStage(key, { live, secretId })).toThrow(`tender/stripe-key ${words}`);
    expect(() => requireKeyOfStage(key, { live, secretId })).not.toThrow('51Habc');
  });
});
