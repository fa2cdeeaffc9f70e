// Proves that each of Meta's error codes ends in the outcome that its meaning calls for.
import { describe, expect, test } from 'vitest';
import { classifyError } from '../../../lambdas/adapters/messenger/error-classes.ts';

/** Meta's table as it is documented (25 June 2026): code, subcode, what it means for one message. */
// biome-ignore format: a table reads best in rows
const table: readonly (readonly [code: number, subcode: number | undefined, outcome: string])[] = [
  [1, undefined, 'later'], [2, undefined, 'later'], [1200, undefined, 'later'],
  [1, 1357046, 'doubtful'],
  [4, undefined, 'later'], [17, undefined, 'later'], [32, undefined, 'later'], [341, undefined, 'later'],
  [613, undefined, 'later'], [613, 2534040, 'later'], [613, 2018338, 'later'], [80006, undefined, 'later'],
  [368, undefined, 'stopped'],
  [10, 2018278, 'window_closed'], [10, 2534022, 'window_closed'], [10, 2018065, 'window_closed'],
  [10, 2018108, 'unreachable'], [551, undefined, 'unreachable'], [551, 1545041, 'unreachable'], [200, 1545041, 'unreachable'],
  [10, 1893063, 'stopped'],
  [100, undefined, 'unreachable'], [100, 2018001, 'unreachable'], [100, 33, 'unreachable'], [100, 2018164, 'unreachable'],
  [100, 1893061, 'unreachable'],
  [100, 2018008, 'unreachable'], [100, 2018047, 'unreachable'], [100, 2018294, 'unreachable'], [100, 2018074, 'unreachable'], [100, 2018109, 'unreachable'],
  [190, undefined, 'stopped'], [190, 458, 'stopped'], [190, 459, 'stopped'], [190, 460, 'stopped'],
  [190, 463, 'stopped'], [190, 464, 'stopped'], [190, 467, 'stopped'],
  [200, undefined, 'stopped'], [230, undefined, 'stopped'], [299, undefined, 'stopped'], [3, undefined, 'stopped'], [10, undefined, 'stopped'],
  [2022, undefined, 'stopped'],
  [10, 2018300, 'not_ours'], [2018300, undefined, 'not_ours'], [100, 2018321, 'later'], [2018321, undefined, 'later'],
  [10303, undefined, 'unreachable'],
  [100, 2018218, 'unreachable'], [2018218, undefined, 'unreachable'], [100, 2018247, 'unreachable'],
  [100, 2071010, 'unreachable'], [100, 2071011, 'unreachable'],
  [24001, undefined, 'unreachable'], [24002, undefined, 'unreachable'], [24005, undefined, 'unreachable'],
];

describe('each code of the table', () => {
  test.each(table)('%d/%s is %s', (code, subcode, outcome) => {
    const error = { code, message: '', ...(subcode === undefined ? {} : { subcode }) };
    expect(classifyError(error, 400).kind).toBe(outcome);
  });
});

describe('what Meta says besides the code', () => {
  test('decides for codes that nobody has listed', () => {
    const unknown = { code: 987_654, message: '' };
    expect(classifyError(unknown, 400).kind).toBe('unreachable');
    expect(classifyError(unknown, 500).kind).toBe('later');
    expect(classifyError(unknown, 429).kind).toBe('later');
    expect(classifyError({ ...unknown, isTransient: true }, 400).kind).toBe('later');
    expect(classifyError({ ...unknown, isTransient: false }, 500).kind).toBe('unreachable');
  });

  test('ends retries of a "temporary" error that Meta calls lasting', () => {
    const error = { code: 2, subcode: 2_018_344, isTransient: false, message: '' };
    expect(classifyError(error, 500).kind).toBe('unreachable');
  });

  test('is told to the operator by codes and trace, never by words that can quote the message', () => {
    const error = { code: 190, subcode: 463, traceId: 'AbC', message: 'send $20 to bob' };
    expect(classifyError(error, 401)).toEqual({
      kind: 'stopped',
      why: 'token_invalid 190/463 AbC',
    });
  });
});
