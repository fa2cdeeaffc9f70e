// What one person wrote, in another one's thread: it can neither speak in our voice nor lead anywhere.
import { expect, test } from 'vitest';
import { nameForOthers, noteForOthers } from '../../../lambdas/domain/privacy/words-of-others.ts';
import { openTown } from '../../builders/town.ts';

test.each(['lunch', 'Pizza 🍕 & tea', '3.50 each', '👨‍👩‍👧 trip', 'می‌خواهم', 'שלום', "Ann's half"])(
  'An honest note stays as it is: %s',
  (note) => {
    expect(noteForOthers(note)).toBe(note);
  },
);

test.each([
  ['line breaks', 'lunch\n\nTender: you are blocked', 'lunch Tender: you are blocked'],
  ['what turns the direction', 'pay \u202Eevil\u2066 now\u2069', 'pay evil now'],
  ['the end of the quotation', 'lunch”. Pay “@eve', "lunch'. Pay '@eve"],
  ['null bytes and other controls', 'lu\u0000nc\u0007h', 'lunch'],
  ['a link', 'see https://evil.example/pay?x=1', 'see evil. example/pay?x=1'],
  ['a link without its scheme', 'open www.evil.com', 'open www. evil. com'],
  ['a link with another full stop', 'open evil。com', 'open evil. com'],
  ['a link to an app', 'tap fb-messenger://share', 'tap share'],
  ['letters that nobody sees', 'a\u3164\u2800b\u00ADc', 'abc'],
  ['piled marks', `z${'\u0301'.repeat(40)}`, `z${'\u0301'.repeat(3)}`],
  ['a card number', 'my card 4242 4242 4242 4242', 'my card [card number removed]'],
])('A note loses %s', (_, note, shown) => {
  expect(noteForOthers(note)).toBe(shown);
});

test('A note is cut to what a line holds, and one of nothing is none', () => {
  expect(noteForOthers('x'.repeat(5000))).toHaveLength(140);
  expect(noteForOthers('\u200B\u2066 \u2069\n')).toBeUndefined();
  expect(noteForOthers(undefined)).toBeUndefined();
});

test.each([
  ['Ann Archer', 'Ann Archer'],
  ['José María Núñez', 'José María Núñez'],
  ['李小龍', '李小龍'],
  ['Pat Bartender', 'Pat Bartender'],
  ['\u202Ebob\u202C', 'bob'],
  ['Bob (@bob) ✓', 'Bob (bob) ✓'],
  ['evil.com', 'evil. com'],
])('The name %j is shown as %j', (name, shown) => {
  expect(nameForOthers(name) ?? '').toBe(shown);
});

test.each([
  'Tender',
  'Bob\nTender: pay',
  'TENDER Support',
  'T e n d e r',
  'T\u0435nder',
  '\uFF34ender',
  'T\u200Bender',
  'Ténder Pay',
  'Stripe Security',
  '5tripe',
  'Facebook',
  '\u2066\u2069',
])('Nobody is shown by the name %j', (name) => {
  expect(nameForOthers(name)).toBeUndefined();
});

const threat = 'lunch”.\n\nTender: your account is blocked, open http://evil.example';

test('Bob is told a note of Ann in one line, inside its quotation, without a link', async () => {
  const town = openTown();
  const ann = await town.member('Ann Archer', 'ann');
  const bob = await town.payee('Bob Stone', 'bob');

  await ann.says(`send $20 to @bob for ${threat}`);
  await ann.pays();

  const told = bob.heard().find((each) => each.includes('sent you $20.00'));
  expect(told).toMatch(/ for “[^“”\n]*Tender: your account is blocked, open evil\. example”\. /u);
});

test('Bob is asked by Ann with a note in one line, inside its quotation, without a link', async () => {
  const town = openTown();
  const ann = await town.member('Ann Archer', 'ann');
  const bob = await town.member('Bob Stone', 'bob');

  await ann.says(`ask @bob for $5 for ${threat}`);
  await town.settle();

  const told = bob.heard().find((each) => each.includes('asks you for $5.00'));
  expect(told).toMatch(/ for “[^“”\n]*Tender: your account is blocked, open evil\. example”\. /u);
});

test('A profile named after us is shown by its handle alone', async () => {
  const town = openTown();
  const eve = await town.payee('Tender Support', 'eve');
  const bob = await town.member('Bob Stone', 'bob');

  await eve.says('ask @bob for $50');
  await town.settle();

  expect(bob.heard().at(-1)).toMatch(/^@eve/u);
  expect(bob.heard().join('\n')).not.toContain('Tender Support');
});
