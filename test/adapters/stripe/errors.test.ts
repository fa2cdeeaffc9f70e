// What a call to Stripe can end in: a thing, a definite no, or not knowing; a bug of ours or a wrong key is thrown.
import { Stripe } from 'stripe';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import {
  ask,
  isAbout,
  isAccessGone,
  isAccountGone,
  ProviderConfigurationError,
  type Refusal,
  unexpected,
} from '../../../lambdas/adapters/stripe/errors.ts';

const { StripeAPIError, StripeInvalidRequestError, StripePermissionError } = Stripe.errors;

const asking = (failure: unknown) =>
  ask(z.object({}), async () => {
    throw failure;
  });

function refusal(more: Partial<Refusal>): Refusal {
  return {
    kind: 'refused',
    status: 400,
    code: undefined,
    declineCode: undefined,
    adviceCode: undefined,
    param: undefined,
    intentId: undefined,
    cause: new Error('No.'),
    ...more,
  };
}

describe('a call to Stripe', () => {
  it('throws on what is no answer of Stripe’s at all', async () => {
    const bug = new TypeError('A bug.');
    await expect(asking(bug)).rejects.toBe(bug);
  });

  it('throws where Stripe refuses our key, and says what it said', async () => {
    const error = new StripePermissionError({ message: 'No.', type: 'invalid_request_error' });
    Object.assign(error, { statusCode: 403 });
    const asked = asking(error);
    await expect(asked).rejects.toBeInstanceOf(ProviderConfigurationError);
    await expect(asked).rejects.toMatchObject({
      name: 'ProviderConfigurationError',
      message: 'Stripe refuses our key with 403',
      cause: error,
    });
  });

  it.each([400, 402, 404])('is refused by a %i, but for a limit of rate', async (statusCode) => {
    const refused = new StripeInvalidRequestError({
      message: 'No.',
      type: 'invalid_request_error',
      code: 'resource_missing',
    });
    Object.assign(refused, { statusCode });
    expect(await asking(refused)).toMatchObject({ kind: 'refused', status: statusCode });
    Object.assign(refused, { code: 'rate_limit' });
    expect(await asking(refused)).toMatchObject(
      statusCode === 400 ? { kind: 'unknown', why: 'rate_limited' } : { kind: 'refused' },
    );
  });

  it.each([
    { statusCode: 403, code: 'account_invalid', kind: 'refused' },
    { statusCode: 500, code: 'account_invalid', kind: 'unknown' },
  ])('of an account that is gone is $kind with $statusCode', async ({ kind, ...told }) => {
    const error = new StripeAPIError({ message: 'No.', type: 'api_error' });
    expect(await asking(Object.assign(error, told))).toMatchObject({ kind });
  });

  it('with a key that was used for something else is our mistake, and keeps its cause', async () => {
    const error = new Stripe.errors.StripeIdempotencyError({
      message: 'No.',
      type: 'idempotency_error',
    });
    Object.assign(error, { statusCode: 400 });
    await expect(asking(error)).rejects.toMatchObject({ cause: error });
  });
});

describe('an account that is gone', () => {
  it.each([
    [403, 'account_invalid', true],
    [403, 'other', false],
    [404, 'account_invalid', false],
  ])('is a %i of %s: %s', (status, code, expected) => {
    expect(isAccountGone(refusal({ status, code }))).toBe(expected);
    const error = new StripePermissionError({ message: 'No.', type: 'invalid_request_error' });
    expect(isAccessGone(Object.assign(error, { statusCode: status, code }))).toBe(expected);
    expect(isAccessGone({ statusCode: status, code })).toBe(false);
  });
});

describe('a refusal', () => {
  it('that nobody expected says all that Stripe said', () => {
    const told = { status: 402, code: 'card_declined', declineCode: 'lost_card', param: 'source' };
    expect(unexpected(refusal(told)).message).toMatch(/: 402 card_declined lost_card source$/u);
    expect(unexpected(refusal({ code: 'odd' })).message).toMatch(/: 400 odd$/u);
  });

  it('is about what it names, unless it is about how we wrote it', () => {
    expect(isAbout(refusal({ param: 'customer' }), ['customer'])).toBe(true);
    expect(isAbout(refusal({ param: 'amount' }), ['customer'])).toBe(false);
    expect(isAbout(refusal({}), ['customer'])).toBe(false);
    const grammar = { code: 'parameter_missing', param: 'customer' };
    expect(isAbout(refusal(grammar), ['customer'])).toBe(false);
  });
});
