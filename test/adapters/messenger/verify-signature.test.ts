// Proves that only whoever holds an app secret can write to us, over the very bytes that came.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  answerHandshake,
  isSignedByMeta,
} from '../../../lambdas/adapters/messenger/verify-signature.ts';
import { asMetaWrites, bodyOf, events, signatureOf } from '../../builders/messenger-events.ts';

const secret = 'app-secret';
const body = asMetaWrites(bodyOf(events.text()));

describe('the signature of a delivery', () => {
  test('is good over exactly the bytes that were signed', () => {
    expect(isSignedByMeta(body, signatureOf(body, secret), [secret])).toBe(true);
  });

  test('is good in capitals, as hex may be', () => {
    const header = `sha256=${signatureOf(body, secret).slice(7).toUpperCase()}`;
    expect(isSignedByMeta(body, header, [secret])).toBe(true);
  });

  test('is good under either secret while one is being rotated', () => {
    const header = signatureOf(body, 'previous');
    expect(isSignedByMeta(body, header, [secret, 'previous'])).toBe(true);
    expect(isSignedByMeta(body, header, [secret])).toBe(false);
  });

  test.each(['José owes me ¥500', 'pizza 🍕 for 👨‍👩‍👧', 'שלום عشرون', 'a/b </script>'])(
    'is good over %s, escaped as Meta writes it',
    (text) => {
      const escaped = asMetaWrites(bodyOf(events.text(text)));
      expect(isSignedByMeta(escaped, signatureOf(escaped, secret), [secret])).toBe(true);
    },
  );

  test.each(['José owes me ¥500', 'pizza 🍕 for 👨‍👩‍👧', 'שלום عشرون'])(
    'is good over %s, sent raw and signed raw',
    (text) => {
      const raw = Buffer.from(JSON.stringify(bodyOf(events.text(text))));
      expect(isSignedByMeta(raw, signatureOf(raw, secret), [secret])).toBe(true);
    },
  );

  test('is good over a raw body whose escaped form was signed, as Meta documents it', () => {
    const event = bodyOf(events.text('Zoë sent 🍕'));
    const raw = Buffer.from(JSON.stringify(event));
    const escaped = Buffer.from(
      JSON.stringify(event).replaceAll(
        /[^\0-\x7f]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
      ),
    );
    expect(isSignedByMeta(raw, signatureOf(escaped, secret), [secret])).toBe(true);
  });

  test('is good over an escaped form under either of two secrets', () => {
    const raw = Buffer.from('{"text":"é"}');
    const escaped = Buffer.from(String.raw`{"text":"\u00e9"}`);
    for (const one of [secret, 'previous'])
      expect(isSignedByMeta(raw, signatureOf(escaped, one), [secret, 'previous'])).toBe(true);
  });

  test('is not looked for in the escaped form of a large body, which anyone could send to keep us busy', () => {
    const isGood = (letters: number) => {
      const raw = Buffer.from(`{"text":"${'é'.repeat(letters)}"}`);
      const escaped = Buffer.from(`{"text":"${String.raw`\u00e9`.repeat(letters)}"}`);
      return isSignedByMeta(raw, signatureOf(escaped, secret), [secret]);
    };
    expect(isGood(100_000)).toBe(true);
    expect(isGood(140_000)).toBe(false);
  });

  test('is no good when the header is missing, cut, doubled, of another scheme or of other bytes', () => {
    const good = signatureOf(body, secret);
    const bad = [
      undefined,
      '',
      good.slice(0, -1),
      `${good}00`,
      `${good},${good}`,
      `${good}, sha256=${'0'.repeat(64)}`,
      good.replace('sha256', 'sha1'),
      good.slice('sha256='.length),
      signatureOf(Buffer.from('{}'), secret),
      signatureOf(body, 'someone else'),
      `sha256=${'z'.repeat(64)}`,
    ];
    for (const header of bad) expect(isSignedByMeta(body, header, [secret])).toBe(false);
  });

  test('is no good when there is no secret, or an empty one', () => {
    expect(isSignedByMeta(body, signatureOf(body, ''), [''])).toBe(false);
    expect(isSignedByMeta(body, signatureOf(body, secret), [])).toBe(false);
  });

  test('is no good once any single byte has changed', () => {
    const header = signatureOf(body, secret);
    fc.assert(
      fc.property(fc.nat(body.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const changed = Buffer.from(body);
        changed[at] = (changed[at]! + by) % 256;
        expect(isSignedByMeta(changed, header, [secret])).toBe(false);
      }),
    );
  });
});

describe('the handshake', () => {
  const query = { mode: 'subscribe', verifyToken: 'token', challenge: '1158201444' };

  test('answers the challenge to whoever knows the token', () => {
    expect(answerHandshake(query, 'token')).toBe('1158201444');
  });

  test.each([
    ['another token', { ...query, verifyToken: 'other' }],
    ['no token', { ...query, verifyToken: undefined }],
    ['a part of the token', { ...query, verifyToken: 'tok' }],
    ['another mode', { ...query, mode: 'unsubscribe' }],
    ['no challenge', { ...query, challenge: undefined }],
    ['an empty challenge', { ...query, challenge: '' }],
    ['a challenge with a tag before it', { ...query, challenge: '<b>1158201444' }],
    ['a challenge with a tag behind it', { ...query, challenge: '1158201444<b>' }],
    ['a challenge that is a page', { ...query, challenge: '<script>alert(1)</script>' }],
  ])('refuses %s', (_, asked) => {
    expect(answerHandshake(asked, 'token')).toBeUndefined();
  });

  test('refuses everyone while no token is set', () => {
    expect(answerHandshake({ ...query, verifyToken: '' }, '')).toBeUndefined();
  });
});
