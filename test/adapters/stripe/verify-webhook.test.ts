// Proves that only Stripe can tell us what Stripe did, and that its own SDK's signatures pass.
import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
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

  test('is ten at the most, each whole and nothing more', () => {
    const others = `,v1=${hex('whsec_other')}`;
    expect(verify(`t=${nowSeconds},v1=${hex()}${others.repeat(9)}`)).toBe('good');
    expect(verify(`t=${nowSeconds},v1=${hex()}${others.repeat(10)}`)).toBe('malformed_signature');
    expect(verify(`t=${nowSeconds},v1=00${hex()}`)).toBe('malformed_signature');
    expect(verify(`t=${nowSeconds},v1=${hex()}00`)).toBe('malformed_signature');
    for (const odd of [`x${nowSeconds}`, `${nowSeconds}x`]) {
      const signature = createHmac('sha256', secret).update(`${odd}.`).update(body).digest('hex');
      expect(verify(`t=${odd},v1=${signature}`)).toBe('malformed_signature');
    }
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

describe('whoever signs', () => {
  const bodies = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));
  const secrets = fc.string({ minLength: 1, maxLength: 40 });
  const signings = fc.record({ signed: bodies, key: secrets });
  /** What else Stripe may put into the header one day: schemes of other names. */
  const otherParts = fc.array(fc.constantFrom('v0=00', 'v2=abc', 'x', '', 'v1=short'), {
    maxLength: 4,
  });

  test('with a secret of ours is known, whatever the body, the other secrets, and the order of the header', () => {
    fc.assert(
      fc.property(signings, fc.array(secrets), otherParts, ({ signed, key }, others, parts) => {
        const known = [`t=${nowSeconds}`, `v1=${hex(key, nowSeconds, signed)}`];
        const header = [...parts, ...known.toReversed()].join(',');
        const reading = verifyStripeSignature({ body: signed, header }, [...others, key], nowMs);

        expect(reading).toBe('good');
      }),
    );
  });

  test('with another secret, another time or over another byte is not', () => {
    const changes = fc.record({
      at: fc.nat(200),
      by: fc.integer({ min: 1, max: 255 }),
      later: fc.integer({ min: 1, max: 99 }),
    });

    fc.assert(
      fc.property(signings, changes, ({ signed, key }, { at, by, later }) => {
        const header = `t=${nowSeconds},v1=${hex(key, nowSeconds, signed)}`;
        const changed = Buffer.concat([signed, Buffer.from([0])]);
        const place = at % changed.length;
        changed[place] = ((changed[place] ?? 0) + by) % 256;
        const moved = header.replace(String(nowSeconds), String(nowSeconds + later));

        expect(verifyStripeSignature({ body: signed, header }, [`${key}x`], nowMs)).toBe(
          'wrong_signature',
        );
        expect(verifyStripeSignature({ body: changed, header }, [key], nowMs)).toBe(
          'wrong_signature',
        );
        expect(verifyStripeSignature({ body: signed, header: moved }, [key], nowMs)).toBe(
          'wrong_signature',
        );
      }),
    );
  });

  test('without a secret gets nowhere with any header at all', () => {
    const headers = fc.oneof(
      fc.string(),
      fc
        .array(fc.constantFrom('t=1795000000', `v1=${'0'.repeat(64)}`, 'v1=', 't=', ',', '=', ' '))
        .map((parts) => parts.join(',')),
    );

    fc.assert(
      fc.property(headers, bodies, (header, signed) => {
        const reading = verifyStripeSignature({ body: signed, header }, [secret], nowMs);

        expect(['malformed_signature', 'wrong_signature']).toContain(reading);
      }),
    );
  });
});
