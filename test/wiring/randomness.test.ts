// Proves that ids follow from their cause and nothing else, and that tokens follow from nothing.
import { describe, expect, test } from 'vitest';
import { derivedIds, randomTokens } from '../../lambdas/wiring/randomness.ts';

describe('a derived id', () => {
  test('is the same for the same parts, for ever: this one is stored in tables', () => {
    expect(derivedIds.derived('pay', 'm_abc', '1')).toBe('pay_54qkmxy7pipp6m2lzjcr');
  });

  test('differs when a part, their order, their borders or the prefix differ', () => {
    const ids = [
      derivedIds.derived('pay', 'a', 'bc'),
      derivedIds.derived('pay', 'ab', 'c'),
      derivedIds.derived('pay', 'bc', 'a'),
      derivedIds.derived('pay', 'a', 'bc', ''),
      derivedIds.derived('pay'),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    const request = derivedIds.derived('req', 'a', 'bc');
    expect(request.slice(4)).not.toBe(ids[0]?.slice(4));
  });

  test('is safe in every vendor’s keys and URLs', () => {
    expect(derivedIds.derived('per', '1000', '🍕')).toMatch(/^per_[a-z2-7]{20}$/u);
  });
});

describe('a token', () => {
  test('is never the same, URL-safe and 256 bits long', () => {
    const tokens = Array.from({ length: 100 }, () => randomTokens.newToken());
    expect(new Set(tokens).size).toBe(100);
    for (const token of tokens) {
      expect(token).toMatch(/^[\w-]{43}$/u);
      expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    }
  });

  test('is kept as a fingerprint that is always the same and not the token', () => {
    expect(randomTokens.fingerprint('abc')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });
});
