// What buttons carry comes back as it went, and nothing else does.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ButtonCommand } from '../../../lambdas/domain/chat/payloads.ts';
import {
  readPayload,
  readRef,
  writePayload,
  writeRef,
} from '../../../lambdas/domain/chat/payloads.ts';

const everyButton: readonly ButtonCommand[] = [
  { kind: 'accept' },
  { kind: 'accept', id: 'req_8Xz1' },
  { kind: 'accept', id: 'pay_8Xz1' },
  { kind: 'decline', id: 'req_8Xz1' },
  { kind: 'cancel', id: 'pay_8Xz1' },
  { kind: 'cancel', id: 'req_8Xz1' },
  { kind: 'undo', id: 'pay_8Xz1' },
  { kind: 'undo' },
  { kind: 'remind', id: 'req_8Xz1' },
  { kind: 'activity' },
  { kind: 'activity', before: 'eyJhdCI6MX0=:pay_1' },
  { kind: 'who_am_i' },
  { kind: 'my_shops' },
  { kind: 'leave_shop', personId: 'per_8Xz1' },
  { kind: 'limits' },
  { kind: 'help' },
  { kind: 'start' },
  { kind: 'stop' },
  { kind: 'settings' },
  { kind: 'set_currency', currency: 'EUR' },
  { kind: 'choose_handle', handle: 'ann' },
  { kind: 'delete_my_data' },
  { kind: 'claim', code: 'Xy_12-ab=' },
  { kind: 'answer', payload: 'per_8Xz1' },
  { kind: 'answer', payload: 'amount:500000:USD\nπ' },
  { kind: 'yes' },
  { kind: 'no' },
];

test.each(everyButton)('$kind survives the round trip', (command) => {
  expect(readPayload(writePayload(command))).toEqual(command);
});

test('any answer and any cursor that fit survive the round trip', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 400 }), (text) => {
      const answer = { kind: 'answer', payload: text } as const;
      const activity = { kind: 'activity', before: text } as const;
      fc.pre(text.length < 900);

      expect(readPayload(writePayload(answer))).toEqual(answer);
      expect(readPayload(writePayload(activity))).toEqual(activity);
    }),
  );
});

test.each([
  '',
  'help',
  'v1',
  'v1:',
  'v1::',
  'v1:send',
  'v1:send:20:bob',
  'v1:request:20',
  'v1:block:bob',
  'v1:not_understood',
  'v1:help:me',
  'v1:HELP',
  ' v1:help',
  'v1:help ',
  'v0:help',
  'v2:help',
  'v1:cancel:',
  'v1:cancel:per_1',
  'v1:cancel:pay_',
  'v1:cancel:pay_1 or req_2',
  'v1:undo:req_1',
  'v1:set_currency:XXX',
  'v1:claim:a b',
  'v1:claim:<script>',
  'v1:constructor',
  'v1:__proto__:x',
  `v1:answer:${'x'.repeat(991)}`,
  '{"kind":"send"}',
])('%j is not one of ours', (payload) => {
  expect(readPayload(payload)).toBeUndefined();
});

test('no payload that anybody makes up moves money', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const payload of [text, `v1:${text}`, `v1:send:${text}`, `v1:request:${text}`]) {
        expect(['send', 'request', 'not_understood']).not.toContain(readPayload(payload)?.kind);
      }
    }),
  );
});

test('a payload of 1000 characters fits, one more does not', () => {
  const fitting = writePayload({ kind: 'answer', payload: 'x'.repeat(990) });

  expect(fitting).toHaveLength(1000);
  expect(() => writePayload({ kind: 'answer', payload: 'x'.repeat(991) })).toThrow(
    /fits no button/u,
  );
});

test('a claim code travels in the ref of an m.me link, other refs are not ours', () => {
  expect(writeRef('Xy_12-ab=')).toBe('claim-Xy_12-ab=');
  expect(readRef('claim-Xy_12-ab=')).toEqual({ kind: 'claim', code: 'Xy_12-ab=' });
  expect(() => writeRef('a b')).toThrow(/m\.me drops/u);
  expect(() => writeRef('')).toThrow(/m\.me drops/u);
  for (const ref of [
    '',
    'claim',
    'claim-',
    'claim-a b',
    'claim-a/b',
    'CLAIM-a',
    ' claim-a',
    'promo-a',
    `claim-${'a'.repeat(201)}`,
  ]) {
    expect(readRef(ref)).toBeUndefined();
  }
});
