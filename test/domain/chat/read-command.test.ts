// What must hold for any text at all, whoever writes it.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCommand } from '../../../lambdas/domain/chat/read-command.ts';
import { foldText } from '../../../lambdas/domain/money/fold-text.ts';
import { phrasings } from './phrasings.ts';
import { american, everybody } from './speakers.ts';

const speakers = fc.constantFrom(...everybody);
const anyText = fc.string({ unit: 'binary', maxLength: 80 });

/** Words and amounts that sentences about money are made of, in any order. */
const pieceOfTalk = fc.constantFrom(
  ...'bob @ann to from for and lunch me I not please you if twenty NaN 🍕 ? . , "'.split(' '),
  ...'$20 20 -5 1.234 5k'.split(' '),
  'to bob',
  '20 €',
  '\n',
  '\u0000',
);
const moneyVerbs = ['send', 'pay', 'give', 'transfer', 'wire', 'tip', 'repay', 'reimburse'];
const requestVerbs = ['request', 'ask', 'charge', 'collect'];
const talk = fc
  .array(fc.oneof(pieceOfTalk, fc.constantFrom(...moneyVerbs, ...requestVerbs)), { maxLength: 10 })
  .map((pieces) => pieces.join(' '));

const movesMoney = (kind: string): boolean => kind === 'send' || kind === 'request';

test('any text is read without throwing, and the same each time', () => {
  fc.assert(
    fc.property(fc.oneof(anyText, talk), speakers, (text, speaker) => {
      expect(readCommand(text, speaker)).toEqual(readCommand(text, speaker));
    }),
    { numRuns: 2000 },
  );
});

test('money never moves for a text without a money verb', () => {
  const withoutVerb = fc.oneof(
    anyText,
    fc.array(pieceOfTalk, { maxLength: 10 }).map((pieces) => pieces.join(' ')),
  );

  fc.assert(
    fc.property(withoutVerb, speakers, (text, speaker) => {
      const words = foldText(text)
        .toLowerCase()
        .split(/[^a-z]+/u);
      fc.pre(![...moneyVerbs, ...requestVerbs].some((verb) => words.includes(verb)));

      expect(movesMoney(readCommand(text, speaker).kind)).toBe(false);
    }),
    { numRuns: 2000 },
  );
});

test('what moves money has a positive, whole, safe amount and somebody at the other end', () => {
  let moving = 0;

  fc.assert(
    fc.property(talk, speakers, (text, speaker) => {
      const command = readCommand(text, speaker);
      if (command.kind !== 'send' && command.kind !== 'request') return;
      moving += 1;
      const other = command.kind === 'send' ? command.recipient : command.from;

      expect(Number.isSafeInteger(command.amount.minor)).toBe(true);
      expect(command.amount.minor).toBeGreaterThan(0);
      expect(other.kind === 'name' ? other.name : other.handle).toMatch(/\p{L}/u);
      expect(command.note).not.toBe('');
    }),
    { numRuns: 6000 },
  );

  expect(moving).toBeGreaterThan(0);
});

test('a denial before a sentence, and a question mark after it, stop every phrasing that moves money', () => {
  const moving = phrasings.filter(({ command }) => movesMoney(command.kind));
  const stillMoving = moving.flatMap(({ text, speaker }) =>
    [`don't ${text.trim()}`, `did you ${text.trim()}?`, `I ${text.trim()}`].filter((said) =>
      movesMoney(readCommand(said, speaker).kind),
    ),
  );

  expect(moving.length).toBeGreaterThan(100);
  expect(stillMoving).toEqual([]);
});

test('spaces around and doubled change nothing', () => {
  const changed = phrasings.filter(({ text, command, speaker }) => {
    const spaced = `\n  ${text.replaceAll(' ', '  ')} \t`;
    return readCommand(spaced, speaker).kind !== command.kind;
  });

  expect(changed.map(({ text }) => text)).toEqual([]);
});

test('a megabyte is answered at once', () => {
  const before = performance.now();
  const hostile = [
    'send 20 to '.repeat(100_000),
    '1 '.repeat(500_000),
    `send ${'1,'.repeat(500_000)} to bob`,
    'a'.repeat(1_000_000),
    ' '.repeat(1_000_000),
    '-'.repeat(1_000_000),
  ].map((text) => readCommand(text, american).kind);

  expect(hostile).toEqual(Array.from({ length: 6 }, () => 'not_understood'));
  expect(performance.now() - before).toBeLessThan(5_000);
});

test('texts just short enough cannot make the grammar slow', () => {
  const hostile = [
    '1 ',
    '1,',
    'a.',
    'a ',
    '. ',
    '- ',
    'send ',
    'twenty ',
    '@',
    'for ',
    '$',
    '🍕',
    'to a ',
  ].map((piece) => `send 20 to bob ${piece.repeat(200)}`.slice(0, 600));

  for (const text of hostile) {
    const before = performance.now();
    readCommand(text, american);
    expect({ text, isSlow: performance.now() - before > 250 }).toEqual({ text, isSlow: false });
  }
});
