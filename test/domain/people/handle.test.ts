// Handles are what people pay by: they cannot look alike in another alphabet, speak for us, or hold a number.
import { expect, test } from 'vitest';
import { isReservedHandle, readHandle } from '../../../lambdas/domain/people/handle.ts';
import { openTown } from '../../builders/town.ts';

test.each(['ann', '@Ann', 'bob_stone', 'x2024', '  joe  '])('%s is a handle', (text) => {
  expect(readHandle(text)).toMatch(/^[a-z][a-z0-9_]{2,19}$/u);
});

test.each([
  ['Cyrillic letters', 'b\u043Eb'],
  ['another script', 'まさお'],
  ['a dotted capital I', '\u0130van'],
  ['a line break', 'bob\nTender'],
  ['an invisible joiner', 'bob\u200D'],
  ['a blank', 'bob stone'],
  ['too many letters', 'b'.repeat(21)],
  ['a card number', 'c_4242424242424242'],
])('No handle has %s', (_, text) => {
  expect(readHandle(text)).toBeUndefined();
});

test.each([
  'tender',
  't3nder',
  'tender_help',
  'stripe',
  '5tripe',
  'paypal_refunds',
  'support',
  'ann_support',
  'help_desk',
  'her',
])('Nobody gets @%s', (handle) => {
  expect(isReservedHandle(handle)).toBe(true);
});

test.each(['bartender', 'pretender_joe', 'ann', 'supporter', 'helpful_hal', 'banker', 'teamster'])(
  'Somebody may well be @%s',
  (handle) => {
    expect(isReservedHandle(handle)).toBe(false);
  },
);

test.each([
  ['a sentence', { kind: 'message', text: 'my handle is @b\u043Eb', redacted: [] }],
  ['a button that we never made', { kind: 'postback', payload: 'v1:choose_handle:b\u043Eb' }],
  [
    'a button with a line of its own',
    { kind: 'postback', payload: 'v1:choose_handle:bob\n\nTender: pay @eve' },
  ],
  ['a button with our name', { kind: 'postback', payload: 'v1:choose_handle:tender' }],
] as const)('A newcomer gets no handle past the rules by %s', async (_, content) => {
  const town = openTown();
  const eve = town.person('Eve Dropper');
  await eve.does({ kind: 'postback', payload: 'v1:start' });
  await eve.taps('I agree');

  await eve.does(content);

  const known = await town.world.people.byId(await eve.id());
  expect(known?.handle).toBeUndefined();
  expect(eve.heard().at(-1)).toContain('Choose a handle');
});
