// Codes for a team: each one is read back from the words in which it is typed.
import { expect, it } from 'vitest';
import { newJoinCode } from '../../../lambdas/domain/shops/join-code.ts';
import { randomTokens } from '../../../lambdas/wiring/randomness.ts';

it('is lower-case letters and digits, and always has a digit', () => {
  for (let made = 0; made < 2000; made += 1)
    expect(newJoinCode(randomTokens)).toMatch(/^(?=.*\d)[a-z0-9]{16}$/u);
});

it('takes another token for one that has none', () => {
  const tokens = ['x'.repeat(43), '-_'.repeat(21), 'Ab1'.repeat(14)];

  expect(newJoinCode({ newToken: () => tokens.shift() ?? '' })).toBe('ab1ab1ab1ab1ab1a');
});
