// Reading a webhook's bytes: long numbers keep their digits, other values stay what JSON says, depth has an end.
import { describe, expect, test } from 'vitest';
import { readJson } from '../../../lambdas/adapters/messenger/webhook-json.ts';

const read = (text: string) => readJson(Buffer.from(text));
const valueOf = (text: string) => {
  const reading = read(text);
  return reading.kind === 'read' ? reading.value : reading.reason;
};

describe('a number', () => {
  test.each([
    ['9007199254740993', '9007199254740993'],
    ['-9007199254740993', '-9007199254740993'],
    ['90071992547409931234', '90071992547409931234'],
    ['1234567890123456', 1_234_567_890_123_456],
    ['9007199254740991', 9_007_199_254_740_991],
    // No id is written so: they stay the numbers that they are.
    ['9007199254740993.5', 9_007_199_254_740_994],
    ['9007199254740993e3', 9_007_199_254_740_993_000],
    ['1234567890123456.5', 1_234_567_890_123_456.5],
    ['1e400', Number.POSITIVE_INFINITY],
  ])('%s is %s', (text, value) => {
    expect(valueOf(`{"id":${text}}`)).toEqual({ id: value });
    expect(valueOf(`[ ${text}]`)).toEqual([value]);
    expect(valueOf(`{"a":[1,${text}]}`)).toEqual({ a: [1, value] });
  });

  test('beside a long one stays what it is', () => {
    expect(valueOf('{"long":90071992547409931234,"half":0.5,"none":null,"yes":true}')).toEqual({
      long: '90071992547409931234',
      half: 0.5,
      none: null,
      yes: true,
    });
  });
});

describe('depth', () => {
  const nested = (levels: number, inside = '') => '['.repeat(levels) + inside + ']'.repeat(levels);

  test('of forty is read, and of one more is not', () => {
    expect(read(nested(40)).kind).toBe('read');
    expect(read(nested(41))).toEqual({ kind: 'refused', reason: 'too_deep' });
    expect(read(`${'{"a":'.repeat(41)}1${'}'.repeat(41)}`)).toMatchObject({ reason: 'too_deep' });
  });

  test('is not what stands side by side', () => {
    expect(read(`[${Array(60).fill('[{}]').join(',')}]`).kind).toBe('read');
  });

  test.each(['[', '{', String.raw`\"[`, String.raw`\\`, String.raw`\\\"[`])(
    'is not made by %s in a text',
    (part) => {
      const text = part.repeat(100);
      expect(read(`["${text}"]`).kind).toBe('read');
    },
  );

  test('is counted behind a text that ends in a backslash', () => {
    const text = String.raw`"\\"`;
    expect(read(`[${text},${nested(41)}]`)).toEqual({ kind: 'refused', reason: 'too_deep' });
  });
});

test.each(['', '{', '{"a":1}}', 'undefined', '[1,]'])('%j is no JSON', (text) => {
  expect(read(text)).toEqual({ kind: 'refused', reason: 'not_json' });
});
