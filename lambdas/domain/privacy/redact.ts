// Finds what looks like a card or account number in typed text and takes it out before anything is stored.
import { withPlainDigits } from '../money/digits.ts';
import { ibanLength, isIban } from './iban.ts';

export type SecretKind =
  | 'card_number'
  | 'card_security_code'
  | 'iban'
  | 'account_number'
  | 'social_security_number';

type Found = { readonly kind: SecretKind; readonly start: number; readonly end: number };

const placeholders: Readonly<Record<SecretKind, string>> = {
  card_number: '[card number removed]',
  card_security_code: '[security code removed]',
  iban: '[IBAN removed]',
  account_number: '[account number removed]',
  social_security_number: '[social security number removed]',
};

/** The kinds of secret in a text, each once, in the order in which they stand there. Placeholders of `redact` count. */
export function findSecretsInText(text: string): SecretKind[] {
  const removed = Object.entries(placeholders)
    .filter(([, words]) => text.includes(words))
    .map(([kind]) => kind)
    .filter(isSecretKind);
  return [...new Set([...findSecrets(text).map((found) => found.kind), ...removed])];
}

/** The same text with "[card number removed]" and the like where a secret stood. Redacting twice changes nothing. */
export function redact(text: string): string {
  const found = findSecrets(text);
  if (found.length === 0) return text;
  // Again, because what is left of a run of digits may look like a card only once the first one is gone.
  return redact(found.reverse().reduce(withPlaceholder, text));
}

function withPlaceholder(text: string, found: Found): string {
  return text.slice(0, found.start) + placeholders[found.kind] + text.slice(found.end);
}

function isSecretKind(text: string): text is SecretKind {
  return Object.hasOwn(placeholders, text);
}

/** In the order of the text and without overlaps: of two that overlap, the kind that is looked for first wins. */
function findSecrets(text: string): Found[] {
  const visible = withoutOwnIds(text);
  const candidates = [
    ...findIbans(visible),
    ...findCards(visible),
    ...findSecurityCodes(visible),
    ...findSocialSecurityNumbers(visible),
    ...findAccountNumbers(visible),
  ];
  const kept: Found[] = [];
  for (const one of candidates) {
    if (!kept.some((other) => one.start < other.end && other.start < one.end)) kept.push(one);
  }
  return kept.sort((left, right) => left.start - right.start);
}

/** Our own ids are no secrets whatever digits they hold: blanked, so that positions stay. */
function withoutOwnIds(text: string): string {
  return text.replaceAll(/(?<![\p{L}\p{N}])(?:pay|req|per|ord|shp|prd)_\w+/gu, (id) =>
    'x'.repeat(id.length),
  );
}

// --- cards: 13-19 digits that pass the Luhn check, alone or in groups with spaces, dashes, dots and the like between them

type Group = { readonly digits: string; readonly start: number; readonly end: number };

const longestCard = 19;

/** Marks, too: an emoji of a digit is the digit and two of them. */
const digitRuns = /\p{Nd}+(?:[\s\p{Pd}\p{Cf}\p{M}−._/\\|,*·•]{1,4}\p{Nd}+)*/gu;

function findCards(text: string): Found[] {
  return [...text.matchAll(digitRuns)].flatMap((match) => {
    const groups = groupsOf(match[0], match.index);
    if (isPhoneNumber(text, groups)) return [];
    return mergeOverlapping(groups.flatMap((_, first) => cardsFrom(groups, first)));
  });
}

function groupsOf(run: string, offset: number): Group[] {
  return [...run.matchAll(/\p{Nd}+/gu)].map((match) => ({
    digits: withPlainDigits(match[0]),
    start: offset + match.index,
    end: offset + match.index + match[0].length,
  }));
}

/**
 * Cards that start with this group. The whole run is a card however it is grouped; a part of it only when it is grouped as
 * cards are, so that "4242 4242 4242 4242 12/27" is seen, and a date before a phone number is not.
 */
function cardsFrom(groups: readonly Group[], first: number): Found[] {
  const found: Found[] = [];
  const start = groups[first]?.start ?? 0;
  let digits = '';
  for (let last = first; last < groups.length && digits.length < longestCard; last += 1) {
    const group = groups[last];
    digits += group?.digits ?? '';
    if (group === undefined || !isCardNumber(digits)) continue;
    const isWhole = first === 0 && last === groups.length - 1;
    if (isWhole || isGroupedLikeACard(groups.slice(first, last + 1))) {
      found.push({ kind: 'card_number', start, end: group.end });
    }
  }
  return found;
}

/** Groups of one size, the last perhaps shorter or longer (4-4-4-4, 4-4-4-4-3), or as American Express and Diners print them. */
function isGroupedLikeACard(groups: readonly Group[]): boolean {
  const sizes = groups.map((group) => group.digits.length);
  return new Set(sizes.slice(0, -1)).size <= 1 || /^4,6,[45]$/u.test(sizes.join(','));
}

/** No card begins with 0 (ISO/IEC 7812-1, major industry identifier). */
function isCardNumber(digits: string): boolean {
  return /^[1-9]\d{12,18}$/u.test(digits) && passesLuhn(digits);
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits[digits.length - 1 - place]);
    const weighted = place % 2 === 0 ? digit : digit * 2;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum % 10 === 0;
}

/** A plus sign and at most 14 digits: no country writes longer ones, and cards of that length are hardly left. */
function isPhoneNumber(text: string, groups: readonly Group[]): boolean {
  const length = groups.reduce((sum, group) => sum + group.digits.length, 0);
  return length <= 14 && /[+＋]\s?$/u.test(text.slice(0, groups[0]?.start ?? 0));
}

function mergeOverlapping(cards: readonly Found[]): Found[] {
  const merged: Found[] = [];
  for (const card of cards) {
    const last = merged.at(-1);
    if (last !== undefined && card.start < last.end) {
      merged[merged.length - 1] = { ...last, end: Math.max(last.end, card.end) };
    } else {
      merged.push(card);
    }
  }
  return merged;
}

// --- IBANs: by country, length and check digits

function findIbans(text: string): Found[] {
  return [...text.matchAll(/(?<![\p{L}\p{N}])[A-Z]{2}[0-9]{2}(?=[ -]?[A-Z0-9])/giu)].flatMap(
    (match) => {
      const end = ibanEnd(text, match.index);
      return end === undefined ? [] : [{ kind: 'iban', start: match.index, end } as const];
    },
  );
}

/** Where the IBAN that starts here ends, letting single spaces and dashes stand between its characters. */
function ibanEnd(text: string, start: number): number | undefined {
  const wanted = ibanLength(text.slice(start, start + 2)) ?? 0;
  let compact = '';
  let at = start;
  while (compact.length < wanted && /^[ -]?[A-Z0-9]/iu.test(text.slice(at, at + 2))) {
    if (/[ -]/u.test(text.charAt(at))) at += 1;
    compact += text.charAt(at);
    at += 1;
  }
  return wanted > 0 && isIban(compact) ? at : undefined;
}

// --- numbers that only the words around them give away

function findSecurityCodes(text: string): Found[] {
  return findAfterWords(
    text,
    /\b(?:cvv2?|cvc2?|cid|security code)\b(?:is|[\s:=#])*(\p{Nd}{3,4})(?!\p{Nd})/dgiu,
    'card_security_code',
  );
}

/** Area, group and serial number are never all zeros; 666 and 900-999 are not given out (US SSA). */
function findSocialSecurityNumbers(text: string): Found[] {
  return [
    ...findAfterWords(
      text,
      /(?<![\p{Nd}-])((?!000|666|9)[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4})(?![\p{Nd}-])/dgu,
      'social_security_number',
    ),
    ...findAfterWords(
      text,
      /\b(?:ssn|social security(?: (?:number|no))?)\b(?:is|[\s.:=#])*([0-9]{3}[ -]?[0-9]{2}[ -]?[0-9]{4})(?!\p{Nd})/dgiu,
      'social_security_number',
    ),
  ];
}

/** Six digits or more after a bank's words for them; and twenty or more in a row, which nobody types for anything else. */
function findAccountNumbers(text: string): Found[] {
  return [
    ...findAfterWords(
      text,
      /\b(?:account|acct|acc|routing|sort code|konto|aba|bsb)\b(?:\s*(?:number|num|no|nr|code))?(?:is|[\s.:=#])*(\p{Nd}(?:[ -]?\p{Nd}){5,})/dgiu,
      'account_number',
    ),
    ...findAfterWords(text, /(\p{Nd}{20,})/dgu, 'account_number'),
  ];
}

/** Only the first group of the pattern is secret; the words before it stay. */
function findAfterWords(text: string, pattern: RegExp, kind: SecretKind): Found[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const [start, end] = match.indices?.[1] ?? [];
    return start === undefined || end === undefined ? [] : [{ kind, start, end }];
  });
}
