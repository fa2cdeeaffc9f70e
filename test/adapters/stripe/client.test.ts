// Where Stripe's client points and which key it uses.
import { describe, expect, it } from 'vitest';
import { createStripeClient } from '../../../lambdas/adapters/stripe/client.ts';

const secretKey = async () => 'sk_test_1';

describe('the client of Stripe', () => {
  it('keeps one client while the key stays, and takes a rolled key without a deploy', async () => {
    let key = 'sk_test_1';
    const client = createStripeClient({ secretKey: async () => key });
    const first = await client();
    expect(await client()).toBe(first);
    key = 'sk_test_2';
    expect(await client()).not.toBe(first);
  });

  it('fails before anything is sent when there is no key', async () => {
    const client = createStripeClient({
      secretKey: async () => Promise.reject(new Error('no secret')),
    });
    await expect(client()).rejects.toThrow('no secret');
  });

  it.each([
    ['ftp://stripe.test', 'without a path'],
    ['http://localhost:3002/v1', 'without a path'],
    ['stripe', 'Invalid URL'],
  ])('refuses to point at %s', (apiUrl, why) => {
    expect(() => createStripeClient({ secretKey, apiUrl })).toThrow(why);
  });
});
