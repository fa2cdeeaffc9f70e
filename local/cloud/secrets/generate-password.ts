// Makes a random text by the rules of Secrets Manager's GenerateSecretString.
import { randomInt } from 'node:crypto';
import * as z from 'zod/mini';

const flag = z.prefault(z.boolean(), false);

export const passwordRules = z.object({
  PasswordLength: z.prefault(z.number(), 32),
  ExcludeCharacters: z.prefault(z.string(), ''),
  ExcludeLowercase: flag,
  ExcludeUppercase: flag,
  ExcludeNumbers: flag,
  ExcludePunctuation: flag,
  IncludeSpace: flag,
  RequireEachIncludedType: z.prefault(z.boolean(), true),
});

export type PasswordRules = z.output<typeof passwordRules>;

const LOWERCASE = 'abcdefghijklmnopqrstuvwxyz';
const UPPERCASE = LOWERCASE.toUpperCase();
const NUMBERS = '0123456789';
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

export function generatePassword(rules: PasswordRules): string {
  const types = [
    rules.ExcludeLowercase ? '' : LOWERCASE,
    rules.ExcludeUppercase ? '' : UPPERCASE,
    rules.ExcludeNumbers ? '' : NUMBERS,
    rules.ExcludePunctuation ? '' : PUNCTUATION,
    rules.IncludeSpace ? ' ' : '',
  ]
    .map((type) =>
      type.split('').filter((character) => !rules.ExcludeCharacters.includes(character)),
    )
    .filter((type) => type.length > 0);
  const characters = Array.from({ length: rules.PasswordLength }, () => pick(types.flat()));
  const hasEachType = types.every((type) => type.some((one) => characters.includes(one)));
  return rules.RequireEachIncludedType && !hasEachType && characters.length >= types.length
    ? generatePassword(rules)
    : characters.join('');
}

const pick = (characters: string[]) => characters[randomInt(characters.length)] ?? '';
