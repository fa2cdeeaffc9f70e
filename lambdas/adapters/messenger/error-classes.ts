// Meta's error codes as what they mean for one message: may it be sent again, and who has to act.
import type { SendOutcome } from '../../domain/chat/ports.ts';
import type { GraphError } from './graph-client.ts';

type ErrorClass = Exclude<SendOutcome['kind'], 'sent'>;

interface ErrorRow {
  /** Meta's `code`, or a first and last one; without it any code. */
  readonly code?: number | readonly [number, number];
  /** Meta's `error_subcode`, which the table of errors lists as a code of its own in places; without it any. */
  readonly subcode?: number;
  readonly class: ErrorClass;
  readonly why: string;
}

/** From Meta's table of error codes (25 June 2026). The first row that fits decides, so the narrow ones stand first. */
// biome-ignore format: a table reads best in rows
const errorRows: readonly ErrorRow[] = [
  { code: 1, subcode: 1357046, class: 'doubtful', why: 'sent_although_error' },

  { code: 10, subcode: 2018278, class: 'window_closed', why: 'outside_window' },
  { code: 10, subcode: 2534022, class: 'window_closed', why: 'outside_window' },
  { code: 10, subcode: 2018065, class: 'window_closed', why: 'outside_window' },

  { code: 10, subcode: 2018108, class: 'unreachable', why: 'person_not_reachable' },
  { code: 551, class: 'unreachable', why: 'person_not_available' },
  { code: 200, subcode: 1545041, class: 'unreachable', why: 'person_not_available' },
  { code: 100, subcode: 2018001, class: 'unreachable', why: 'no_such_person' },
  { code: 100, subcode: 2018164, class: 'unreachable', why: 'person_of_another_app' },
  { code: 100, subcode: 33, class: 'unreachable', why: 'no_such_object' },

  { code: 100, subcode: 1893061, class: 'unreachable', why: 'dead_message_tag' },
  { subcode: 2018008, class: 'unreachable', why: 'attachment_refused' },
  { subcode: 2018047, class: 'unreachable', why: 'attachment_refused' },
  { subcode: 2018294, class: 'unreachable', why: 'attachment_refused' },
  { subcode: 2018074, class: 'unreachable', why: 'attachment_refused' },
  { subcode: 2018109, class: 'unreachable', why: 'attachment_refused' },
  { subcode: 2018218, class: 'unreachable', why: 'profile_unavailable' },
  { subcode: 2018247, class: 'unreachable', why: 'profile_not_permitted' },
  { subcode: 2071010, class: 'unreachable', why: 'webview_unsupported' },
  { subcode: 2071011, class: 'unreachable', why: 'webview_domain_not_allowed' },
  { code: 10303, class: 'unreachable', why: 'linking_token_invalid' },
  { code: [24001, 24005], class: 'unreachable', why: 'old_payment_flow' },

  { subcode: 2018300, class: 'not_ours', why: 'another_app_owns_thread' },
  { subcode: 2018321, class: 'later', why: 'automated_answers_running' },
  { code: 613, subcode: 2018338, class: 'later', why: 'too_many_to_this_person' },
  { code: 4, class: 'later', why: 'throttled' },
  { code: 17, class: 'later', why: 'throttled' },
  { code: 32, class: 'later', why: 'throttled' },
  { code: 341, class: 'later', why: 'throttled' },
  { code: 613, class: 'later', why: 'throttled' },
  { code: 80006, class: 'later', why: 'throttled' },
  { code: 1200, class: 'later', why: 'temporary_failure' },
  { code: 1, class: 'later', why: 'temporary_failure' },
  { code: 2, class: 'later', why: 'service_unavailable' },

  { code: 10, subcode: 1893063, class: 'stopped', why: 'page_restricted' },
  { code: 368, class: 'stopped', why: 'blocked_for_policy' },
  { code: 190, class: 'stopped', why: 'token_invalid' },
  { code: 2022, class: 'stopped', why: 'commerce_messages_disabled' },
  { code: 3, class: 'stopped', why: 'no_permission' },
  { code: 10, class: 'stopped', why: 'no_permission' },
  { code: [200, 299], class: 'stopped', why: 'no_permission' },

  { code: 100, class: 'unreachable', why: 'bad_parameter' },
];

/** `why` names the row and Meta's codes and trace; Meta's own words are left out, since they can quote the message. */
export function classifyError(
  error: GraphError,
  status: number,
): Exclude<SendOutcome, { kind: 'sent' }> {
  const row = errorRows.find((candidate) => fits(candidate, error)) ?? unknownCode(error, status);
  // Meta says of some "temporary" errors that they are not: those would be tried again for nothing.
  const isForGood = row.class === 'later' && isService(error) && error.isTransient === false;
  const kind = isForGood ? 'unreachable' : row.class;
  return kind === 'window_closed' ? { kind } : { kind, why: whyOf(row, error) };
}

function fits(row: ErrorRow, { code, subcode }: GraphError): boolean {
  const isSubcode =
    row.subcode === undefined ||
    row.subcode === subcode ||
    // Some errors are listed by their subcode alone and have been seen as the code.
    (row.code === undefined && row.subcode === code);
  return isSubcode && isInRange(row.code, code);
}

function isInRange(wanted: ErrorRow['code'], code: number): boolean {
  if (wanted === undefined) return true;
  if (typeof wanted === 'number') return wanted === code;
  return code >= wanted[0] && code <= wanted[1];
}

function isService({ code }: GraphError): boolean {
  return code === 1 || code === 2;
}

/** An error that Meta itself states, so nothing was said; what it means is left to its own hints. */
function unknownCode(error: GraphError, status: number): ErrorRow {
  const isPassing = error.isTransient ?? (status >= 500 || status === 429);
  return { class: isPassing ? 'later' : 'unreachable', why: 'unknown_error' };
}

function whyOf(row: ErrorRow, { code, subcode, traceId }: GraphError): string {
  const codes = subcode === undefined ? String(code) : `${code}/${subcode}`;
  return traceId === undefined ? `${row.why} ${codes}` : `${row.why} ${codes} ${traceId}`;
}
