// Opening recipients' accounts at Stripe, and reading whether money can go there.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  readFoundRecipient,
  onboardRecipient,
} from '../../../lambdas/adapters/stripe/recipients.ts';
import { errorBody } from './objects.ts';
import { type ScriptedStripe, startScriptedStripe } from './scripted-stripe.ts';

const request = {
  personId: 'per_1',
  country: 'US',
  returnUrl: 'https://tender.test/payout/t/return',
  refreshUrl: 'https://tender.test/payout/t',
} as const;
const account = { body: { id: 'acct_1', object: 'v2.core.account' } };
const link = { body: { url: 'https://connect.stripe.test/setup/1' } };

let stripe: ScriptedStripe;
beforeEach(async () => {
  stripe = await startScriptedStripe();
});
afterEach(() => stripe.close());

describe('onboarding a recipient', () => {
  it('opens the account once a person and a fresh page', async () => {
    stripe.script(account, link);

    expect(await onboardRecipient(stripe.client, request)).toEqual({
      kind: 'done',
      url: 'https://connect.stripe.test/setup/1',
      accountId: 'acct_1',
    });
    const [opened, page] = stripe.requests;
    expect(opened?.headers['idempotency-key']).toBe('per_1:recipient:1');
    expect(opened?.params).toEqual({
      dashboard: 'express',
      identity: { country: 'us', entity_type: 'individual' },
      configuration: {
        recipient: { capabilities: { stripe_balance: { stripe_transfers: { requested: true } } } },
      },
      defaults: {
        responsibilities: { fees_collector: 'application', losses_collector: 'application' },
      },
      metadata: { tender_person: 'per_1' },
      include: ['configuration.recipient'],
    });
    expect(page).toMatchObject({
      path: '/v2/core/account_links',
      params: {
        account: 'acct_1',
        use_case: {
          type: 'account_onboarding',
          account_onboarding: { refresh_url: request.refreshUrl, return_url: request.returnUrl },
        },
      },
    });
  });

  it('opens only a page where there is an account, another one each time', async () => {
    stripe.script(link);
    await onboardRecipient(stripe.client, { ...request, accountId: 'acct_7' });
    await onboardRecipient(stripe.client, { ...request, accountId: 'acct_7' });
    expect(stripe.requests.map(({ path }) => path)).toEqual([
      '/v2/core/account_links',
      '/v2/core/account_links',
    ]);
    const keys = stripe.requests.map(({ headers }) => headers['idempotency-key']);
    expect(new Set(keys).size).toBe(2);
  });

  it('is declined for an account that is gone, and unknown when nobody answers', async () => {
    stripe.script({ status: 404, body: errorBody({ code: 'not_found' }) });
    expect(await onboardRecipient(stripe.client, { ...request, accountId: 'acct_7' })).toEqual({
      kind: 'declined',
      why: 'account_gone',
    });
    stripe.script('drop');
    expect(await onboardRecipient(stripe.client, request)).toMatchObject({ kind: 'unknown' });
  });
});

describe('an account that is being opened by another request', () => {
  it('is unknown, not a mistake: the same key is asked again', async () => {
    const error = { type: 'idempotency_error', code: 'idempotency_key_in_use' };
    stripe.script({ status: 409, body: errorBody(error) });
    expect(await onboardRecipient(stripe.client, request)).toEqual({
      kind: 'unknown',
      why: 'status_409',
    });
  });

  it('with other details is a mistake of ours', async () => {
    stripe.script({ status: 400, body: errorBody({ type: 'idempotency_error' }) });
    await expect(onboardRecipient(stripe.client, request)).rejects.toThrow('other parameters');
  });
});

describe('whether an account can be paid', () => {
  const withTransfers = (status: string, resolution?: string) => ({
    id: 'acct_1',
    metadata: { tender_person: 'per_1' },
    configuration: {
      recipient: {
        capabilities: {
          stripe_balance: {
            stripe_transfers: {
              status,
              status_details: resolution === undefined ? [] : [{ resolution }],
            },
          },
        },
      },
    },
  });

  it.each([
    ['active', undefined, 'ready'],
    ['pending', undefined, 'started'],
    ['restricted', undefined, 'started'],
    ['restricted', 'provide_info', 'started'],
    ['restricted', 'contact_stripe', 'restricted'],
    ['restricted', 'no_resolution', 'restricted'],
    ['rejected', undefined, 'restricted'],
    ['unsupported', undefined, 'restricted'],
    ['blessed', undefined, 'started'],
  ])('transfers %s (%s) are %s', (status, resolution, expected) => {
    expect(readFoundRecipient(withTransfers(status, resolution))).toEqual({
      personId: 'per_1',
      status: expected,
    });
  });

  it('is never ready for a closed account, whatever its capability says', () => {
    expect(readFoundRecipient({ ...withTransfers('active'), closed: true }).status).toBe(
      'restricted',
    );
  });

  it('is not ready where nothing was included or applied', () => {
    expect(readFoundRecipient({ id: 'acct_1' })).toEqual({ status: 'started' });
  });
});
