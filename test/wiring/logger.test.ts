// Proves that the logs hold registered codes and allowed fields, whatever is handed to them.
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { log as DeployedLog } from '../../lambdas/wiring/logger.ts';
import { describeError } from '../../lambdas/wiring/describe-error.ts';
import { captureLogs } from '../builders/deployed-function.ts';

let log: typeof DeployedLog;
let logs: () => string;
beforeAll(async () => {
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  logs = captureLogs();
  // The logger looks at its environment once, and an earlier file of this worker may have loaded it.
  vi.resetModules();
  ({ log } = await import('../../lambdas/wiring/logger.ts'));
});
beforeEach(() => {
  vi.restoreAllMocks();
  logs = captureLogs();
});

describe('a line', () => {
  test('holds its code and its fields', () => {
    log('webhook_refused', { source: 'stripe', reason: 'too_old', status: 400 });
    expect(logs()).toMatch(/"message":\s*"webhook_refused"/u);
    expect(logs()).toMatch(/"reason":\s*"too_old"/u);
    expect(logs()).toMatch(/"status":\s*400/u);
  });

  test('never holds a field that is not registered for its code', () => {
    const fields: Record<string, unknown> = { source: 'stripe', body: 'send $20', name: 'Ann' };
    log('webhook_accepted', fields);
    expect(logs()).toContain('stripe');
    expect(logs()).not.toMatch(/send|Ann/u);
  });

  test('never holds a sentence, an object or a list where a word belongs', () => {
    log('webhook_refused', { source: 'send $20 to bob' });
    const fields: Record<string, unknown> = {
      source: ['bob'],
      reason: { a: 'bob' },
      status: 'bob',
    };
    log('webhook_refused', fields);
    expect(logs()).toContain('[withheld]');
    expect(logs()).not.toContain('bob');
  });

  test('holds no card number even in words of ours, and no more of those than can be read', () => {
    log('page_failed', { errorMessage: `at 4242 4242 4242 4242 ${'x'.repeat(1000)}` });
    expect(logs()).not.toContain('4242');
    expect(logs().length).toBeLessThan(1000);
  });
});

describe('an error', () => {
  test('of ours is told by name, words and place', () => {
    expect(describeError(new RangeError('too many buttons'))).toEqual({
      errorName: 'RangeError',
      errorMessage: 'too many buttons',
      where: expect.stringContaining('logger.test.ts'),
    });
  });

  test('of a vendor or of a parser is told by name alone: it can quote what it was given', () => {
    let parsing: unknown;
    try {
      JSON.parse('{"name":"Ann"');
    } catch (error) {
      parsing = error;
    }
    expect(JSON.stringify(describeError(parsing))).not.toContain('Ann');
    expect(describeError(parsing)).toMatchObject({ errorName: 'SyntaxError' });
  });

  test('names what caused it', () => {
    const cause = new TypeError('inner');
    expect(describeError(new Error('outer', { cause })).errorName).toBe('Error:TypeError');
  });

  test('that is none is told as such', () => {
    expect(describeError('Ann')).toEqual({ errorName: 'NotAnError' });
  });
});
