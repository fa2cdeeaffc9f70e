// Proves that only Stripe can tell us what Stripe did, and that its own SDK's signatures pass.
import { createHmac } from 'node:crypto';
import { Stripe } from 'stripe';
import { describe, expect, test } from 'vitest';
import { verifyStripeSignature } from '../../../lambdas/adapters/stripe/verify-webhook.ts';

const secret = 'whsec_current';
const nowMs = 1_795_000_000_000;
const nowSeconds = nowMs / 1000;
const body = Buffer.from('{"id":"evt_1","amount":"20,50 €"}');

const hex = (key = secret, timestamp = nowSeconds, signed = body) =>
  createHmac('sha256', key).update(`${timestamp}.`).update(signed).digest('hex');
const verify = (header: string | undefined, secrets: readonly string[] = [secret]) =>
  verifyStripeSignature({ body, header }, secrets, nowMs);

describe('the signature of a webhook', () => {
  test('made by Stripe’s own SDK is good', () => {
    const header = Stripe.webhooks.generateTestHeaderString({
      payload: body.toString('utf8'),
      secret,
      timestamp: nowSeconds,
    });
    expect(verify(header)).toBe('good');
  });

  test('is good when any of several v1 fits any of several secrets', () => {
    const header = `t=${nowSeconds},v1=${hex('whsec_new')},v1=${hex('whsec_old')}`;
    expect(verify(header, ['whsec_other', 'whsec_old'])).toBe('good');
    expect(verify(header, ['whsec_other'])).toBe('wrong_signature');
  });

  test('may have spaces and schemes that we do not know', () => {
    expect(verify(`t=${nowSeconds}, v0=${'0'.repeat(64)}, v9=x, v1=${hex()}`)).toBe('good');
  });

  test.each([
    [-300, 'good'],
    [-301, 'too_old'],
    [0, 'good'],
    [3600, 'good'],
    [-86_400, 'too_old'],
  ])('%d seconds from now is %s', (offset, reading) => {
    const timestamp = nowSeconds + offset;
    expect(verify(`t=${timestamp},v1=${hex(secret, timestamp)}`)).toBe(reading);
  });

  test.each([
    ['nothing', undefined, 'no_signature'],
    ['an empty header', '', 'malformed_signature'],
    ['no timestamp', `v1=${hex()}`, 'malformed_signature'],
    ['a timestamp that is a word', `t=now,v1=${hex()}`, 'malformed_signature'],
    ['two timestamps', `t=${nowSeconds},v1=${hex()},t=1`, 'malformed_signature'],
    ['no v1', `t=${nowSeconds}`, 'malformed_signature'],
    ['only the test scheme v0', `t=${nowSeconds},v0=${hex()}`, 'malformed_signature'],
    ['half a signature', `t=${nowSeconds},v1=${hex().slice(1)}`, 'malformed_signature'],
    [
      'a thousand signatures',
      `t=${nowSeconds}${`,v1=${hex('x')}`.repeat(1000)}`,
      'malformed_signature',
    ],
    [
      'the signature of another time',
      `t=${nowSeconds},v1=${hex(secret, nowSeconds - 1)}`,
      'wrong_signature',
    ],
    [
      'the signature of another body',
      `t=${nowSeconds},v1=${hex(secret, nowSeconds, Buffer.from('{}'))}`,
      'wrong_signature',
    ],
    [
      'the signature of another secret',
      `t=${nowSeconds},v1=${hex('whsec_other')}`,
      'wrong_signature',
    ],
  ])('%s is %s: %s', (...[, header, reading]) => {
    expect(verify(header)).toBe(reading);
  });

  test('under an empty secret, or under none, is nobody’s', () => {
    expect(verify(`t=${nowSeconds},v1=${hex('')}`, [''])).toBe('wrong_signature');
    expect(verify(`t=${nowSeconds},v1=${hex()}`, [])).toBe('wrong_signature');
  });
});
