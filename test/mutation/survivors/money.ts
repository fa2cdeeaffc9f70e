// Of reading, writing and splitting amounts: the mutants that live on, and why.
import { forTypes, type Survivor } from './survivor.ts';

const foundToBeNone =
  'Whatever stands for nothing there is looked up as a sign, and found to be none.';
const remembering = 'What is remembered is found out again just the same, only later.';

const money = 'domain/money';
export const moneySurvivors: readonly Survivor[] = [
  {
    file: `${money}/money.ts`,
    was: 'left.minor < right.minor',
    becomes: 'left.minor <= right.minor',
    why: 'Equal amounts have been answered in the line before.',
  },
  {
    file: `${money}/money.ts`,
    was: 'Math.abs(scaled - whole) > 1e-6',
    becomes: 'Math.abs(scaled - whole) >= 1e-6',
    why: 'No percentage of five decimals or fewer is off by exactly a millionth.',
  },
  {
    file: `${money}/money.ts`,
    was: 'dividend < 0n',
    becomes: 'dividend <= 0n',
    why: 'Of nothing, half a unit less is rounded to nothing as well.',
  },
  {
    file: `${money}/split-money.ts`,
    was: 'whole.minor < 0',
    becomes: 'whole.minor <= 0',
    why: 'Shares of nothing are nothing under either sign, and `money` gives zero none.',
  },
  {
    file: `${money}/format-money.ts`,
    was: '`${amount.currency} ${text}`',
    why: forTypes,
  },
  { file: `${money}/format-money.ts`, was: String.raw`/^-?\d+(?:\.\d+)?$/u`, why: forTypes },
  {
    file: `${money}/fold-text.ts`,
    was: "typeof by === 'string'",
    why: '`replaceAll` takes either; the question is there for its two types.',
  },
  { file: `${money}/fold-text.ts`, was: "'string'", why: 'As above.' },
  { file: `${money}/money-reading.ts`, was: "first.kind === 'counted'", why: forTypes },
  { file: `${money}/money-reading.ts`, was: "'counted'", why: forTypes },
  { file: `${money}/money-reading.ts`, was: "'none'", why: forTypes },
  { file: `${money}/number-words.ts`, was: "''", why: forTypes },
  { file: `${money}/read-decimal.ts`, was: "''", why: forTypes },
  {
    file: `${money}/read-decimal.ts`,
    was: '[]',
    becomes: '["Stryker was here"]',
    why: 'A text without signs is answered before; no match is no sign.',
  },
  { file: `${money}/find-amounts.ts`, was: "''", why: foundToBeNone },
  { file: `${money}/find-amounts.ts`, was: '[]', why: foundToBeNone },
  {
    file: `${money}/find-amounts.ts`,
    was: 'count > 0',
    becomes: 'count >= 0',
    why: 'A phrase of no words is no sign.',
  },
  {
    file: `${money}/find-amounts.ts`,
    was: "signWords.exec(after)?.[1]?.split(' ').slice(0, longestSignInWords)",
    why: 'It spares looking up phrases that are longer than any sign.',
  },
  { file: `${money}/speaker.ts`, was: 'before !== undefined', becomes: 'false', why: remembering },
  { file: `${money}/speaker.ts`, was: 'known.size < 200', why: remembering },
  { file: `${money}/speaker.ts`, was: 'known.set(key, made);', why: remembering },
  { file: `${money}/speaker.ts`, was: "''", why: forTypes },
  {
    file: `${money}/find-amounts.ts`,
    was: "match[0].endsWith(' ')",
    why: 'The sign after “a ” is found with the space before it or without.',
  },
  {
    file: `${money}/find-amounts.ts`,
    was: String.raw`/\.+$/u`,
    why: 'No sign that we know has a full stop within and none at its end.',
  },
  {
    file: `${money}/find-amounts.ts`,
    was: String.raw`/^(?: (?=\p{Sc}))?\S*/u`,
    why: 'All of it is optional, so that it matches where it begins.',
  },
  {
    file: `${money}/find-amounts.ts`,
    was: 'false',
    becomes: 'true',
    why: 'Of no currency at all nothing is read, in which unit ever.',
  },
  {
    file: `${money}/find-amounts.ts`,
    was: '/^an?$/iu',
    becomes: '/an?$/iu',
    why: 'No word for a number ends in “a” or “an”.',
  },
  {
    file: `${money}/find-amounts.ts`,
    was: String.raw`/^ ?\p{Sc}[\p{L}\p{M}\p{Sc}.]*|^\p{L}[\p{L}\p{M}]*/u`,
    why: 'It is how much of what we cannot read is shown again; that it cannot be read is the promise.',
  },
  {
    file: `${money}/money-reading.ts`,
    was: 'readings.every((reading) => reading.minor === 0)',
    why: 'All readings of one text are nothing, or none is.',
  },
  {
    file: `${money}/speaker.ts`,
    was: "'en-US'",
    why: forTypes,
  },
  {
    file: `${money}/speaker.ts`,
    was: "' '",
    why: 'Its test reads every locale and takes longer than a mutant is given on a busy machine.',
  },
  {
    file: `${money}/find-amounts.ts`,
    was: String.raw`/^\d+(?: \d+)+$/u`,
    becomes: String.raw`/\d+(?: \d+)+$/u`,
    why: 'Of a number that is found with spaces in it, digits are all that stands before them.',
  },
];
