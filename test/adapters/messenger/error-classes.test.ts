// Proves that each of Meta's error codes ends in the outcome that its meaning calls for.
import { describe, expect, test } from 'vitest';
import { classifyError } from '../../../lambdas/adapters/messenger/error-classes.ts';

type Row = readonly [code: number, subcode: number | undefined, outcome: string, why: string];

/** Meta's table as it is documented (25 June 2026): code, subcode, what it means for one message, and its word in the log. */
// biome-ignore format: a table reads best in rows
const table: readonly Row[] = [
  [1, undefined, 'later', 'temporary_failure'], [1200, undefined, 'later', 'temporary_failure'],
  [2, undefined, 'later', 'service_unavailable'],
  [1, 1357046, 'doubtful', 'sent_although_error'],
  [4, undefined, 'later', 'throttled'], [17, undefined, 'later', 'throttled'], [32, undefined, 'later', 'throttled'],
  [341, undefined, 'later', 'throttled'], [613, undefined, 'later', 'throttled'], [613, 2534040, 'later', 'throttled'],
  [80006, undefined, 'later', 'throttled'], [613, 2018338, 'later', 'too_many_to_this_person'],
  [368, undefined, 'stopped', 'blocked_for_policy'],
  [10, 2018278, 'window_closed', ''], [10, 2534022, 'window_closed', ''], [10, 2018065, 'window_closed', ''],
  [10, 2018108, 'unreachable', 'person_not_reachable'],
  [551, undefined, 'unreachable', 'person_not_available'], [551, 1545041, 'unreachable', 'person_not_available'],
  [200, 1545041, 'unreachable', 'person_not_available'],
  [10, 1893063, 'stopped', 'page_restricted'],
  [100, undefined, 'unreachable', 'bad_parameter'], [100, 2018001, 'unreachable', 'no_such_person'],
  [100, 33, 'unreachable', 'no_such_object'], [100, 2018164, 'unreachable', 'person_of_another_app'],
  [100, 1893061, 'unreachable', 'dead_message_tag'],
  [100, 2018008, 'unreachable', 'attachment_refused'], [100, 2018047, 'unreachable', 'attachment_refused'],
  [100, 2018294, 'unreachable', 'attachment_refused'], [100, 2018074, 'unreachable', 'attachment_refused'],
  [100, 2018109, 'unreachable', 'attachment_refused'],
  [190, undefined, 'stopped', 'token_invalid'], [190, 458, 'stopped', 'token_invalid'], [190, 459, 'stopped', 'token_invalid'],
  [190, 460, 'stopped', 'token_invalid'], [190, 463, 'stopped', 'token_invalid'], [190, 464, 'stopped', 'token_invalid'],
  [190, 467, 'stopped', 'token_invalid'],
  [200, undefined, 'stopped', 'no_permission'], [230, undefined, 'stopped', 'no_permission'],
  [299, undefined, 'stopped', 'no_permission'], [3, undefined, 'stopped', 'no_permission'], [10, undefined, 'stopped', 'no_permission'],
  [2022, undefined, 'stopped', 'commerce_messages_disabled'],
  [10, 2018300, 'not_ours', 'another_app_owns_thread'], [2018300, undefined, 'not_ours', 'another_app_owns_thread'],
  [100, 2018321, 'later', 'automated_answers_running'], [2018321, undefined, 'later', 'automated_answers_running'],
  [10303, undefined, 'unreachable', 'linking_token_invalid'],
  [100, 2018218, 'unreachable', 'profile_unavailable'], [2018218, undefined, 'unreachable', 'profile_unavailable'],
  [100, 2018247, 'unreachable', 'profile_not_permitted'],
  [100, 2071010, 'unreachable', 'webview_unsupported'], [100, 2071011, 'unreachable', 'webview_domain_not_allowed'],
  [24001, undefined, 'unreachable', 'old_payment_flow'], [24002, undefined, 'unreachable', 'old_payment_flow'],
  [24005, undefined, 'unreachable', 'old_payment_flow'],
  // Listed by nobody: beside what is, and with a subcode that is a code elsewhere.
  [24006, undefined, 'unreachable', 'unknown_error'], [300, undefined, 'unreachable', 'unknown_error'],
  [199, undefined, 'unreachable', 'unknown_error'], [5, 551, 'unreachable', 'unknown_error'],
  [33, undefined, 'unreachable', 'unknown_error'], [1545041, undefined, 'unreachable', 'unknown_error'],
];

describe('each code of the table', () => {
  test.each(table)('%d/%s is %s, %s', (...row) => {
    const [code, subcode, kind, why] = row;
    const error = { code, message: '', ...(subcode === undefined ? {} : { subcode }) };
    const codes = subcode === undefined ? `${code}` : `${code}/${subcode}`;

    // Closed is no trouble: the template goes out instead, and nothing is logged.
    const expected = kind === 'window_closed' ? { kind } : { kind, why: `${why} ${codes}` };
    expect(classifyError(error, 400)).toEqual(expected);
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
    expect(classifyError({ ...error, code: 1 }, 500).kind).toBe('unreachable');
    expect(classifyError({ ...error, isTransient: true }, 500).kind).toBe('later');
  });

  test('does not end retries of what is throttled, which passes in any case', () => {
    const error = { code: 613, isTransient: false, message: '' };
    expect(classifyError(error, 400).kind).toBe('later');
  });

  test('does not make lasting what is stopped', () => {
    const error = { code: 3, isTransient: false, message: '' };
    expect(classifyError(error, 400).kind).toBe('stopped');
  });

  test('is told to the operator by codes and trace, never by words that can quote the message', () => {
    const error = { code: 190, subcode: 463, traceId: 'AbC', message: 'send $20 to bob' };
    expect(classifyError(error, 401)).toEqual({
      kind: 'stopped',
      why: 'token_invalid 190/463 AbC',
    });
  });
});
