// Everything that may be logged: each code, how loud it is, and the fields that it may carry.

/**
 * What a field may hold. `count`: a number. `word`: one of our own words, an id of ours or of a vendor: no spaces, so no
 * sentence that somebody typed. `text`: a sentence of our own, redacted and cut.
 */
export type FieldKind = 'count' | 'word' | 'text';

export interface CodeShape {
  /** `critical` wakes the operator at once: no retry and no deadline will settle it. */
  readonly level: 'info' | 'warn' | 'error' | 'critical';
  readonly fields: Readonly<Record<string, FieldKind>>;
}

const error = { errorName: 'word', errorMessage: 'text', where: 'text' } as const;

export const LOG_CODES = {
  /** A webhook was answered 4xx: forged, broken, or sent by someone who should not. */
  webhook_refused: {
    level: 'warn',
    fields: { source: 'word', reason: 'word', status: 'count' },
  },
  webhook_accepted: { level: 'info', fields: { source: 'word', type: 'word', events: 'count' } },
  /** Events of an accepted webhook that go no further, by reason. */
  webhook_events_dropped: {
    level: 'info',
    fields: { source: 'word', reason: 'word', events: 'count' },
  },
  /** Answered 5xx: the vendor will send it again. */
  webhook_failed: { level: 'error', fields: { ...error } },
  /** One message of a queue or stream failed and comes again. */
  record_failed: { level: 'error', fields: { recordId: 'word', ...error } },
  /** Put back on purpose: what it needs is not there yet. */
  record_put_back: { level: 'info', fields: { recordId: 'word', reason: 'word' } },
  event_handled: { level: 'info', fields: { type: 'word', outcome: 'word' } },
  /** Somebody wrote to a Page that is neither the wallet's nor a shop's: nobody answers them. */
  page_unknown: { level: 'warn', fields: { pageId: 'word' } },
  /** Meta warned or blocked the Page: the operator must look. */
  page_policy_enforced: { level: 'critical', fields: { action: 'word', pageId: 'word' } },
  /** The token is dead or the Page is restricted: nobody is told anything until the operator acts. */
  page_cannot_send: { level: 'critical', fields: { pageId: 'word', reason: 'word' } },
  /** One bubble did not go out this time; the outbox knows whether it is tried again. */
  message_not_sent: { level: 'warn', fields: { pageId: 'word', outcome: 'word' } },
  entry_announced: { level: 'info', fields: { subject: 'word', step: 'word', reason: 'word' } },
  /** A payment waits for a human: somebody's money stands still. */
  payment_in_review: {
    level: 'critical',
    fields: { subject: 'word', step: 'word', reason: 'word' },
  },
  /** An order that only a human can settle: paid wrongly, a refund that failed, an end that nobody can tell. */
  order_in_review: {
    level: 'critical',
    fields: { subject: 'word', step: 'word', reason: 'word' },
  },
  subject_advanced: { level: 'info', fields: { subject: 'word', outcome: 'word' } },
  swept: { level: 'info', fields: { woken: 'count' } },
  /** Events that no webhook had brought; `left` and `notKnown` count accounts. */
  events_backfilled: {
    level: 'info',
    fields: {
      accounts: 'count',
      events: 'count',
      queued: 'count',
      notKnown: 'count',
      left: 'count',
    },
  },
  /** Each night: our books beside the provider's. */
  books_reconciled: {
    level: 'info',
    fields: {
      books: 'count',
      percentMatched: 'count',
      matched: 'count',
      differences: 'count',
      breaks: 'count',
      settling: 'count',
      strangers: 'count',
      unread: 'count',
      oldestHours: 'count',
    },
  },
  /** One difference or one broken entry of them: money that somebody has to look for. */
  books_differ: {
    level: 'critical',
    fields: {
      subject: 'word',
      kind: 'word',
      direction: 'word',
      sequence: 'count',
      ageHours: 'count',
    },
  },
  provider_event_applied: { level: 'info', fields: { type: 'word', outcome: 'word' } },
  page_failed: { level: 'error', fields: { ...error } },
  /** Somebody was not signed in by a passkey; `counter_back`: there may be a copy of it. */
  passkey_refused: { level: 'warn', fields: { subject: 'word', reason: 'word' } },
  /** A merchant's program called; `operation` is the one of the OpenAPI document. */
  api_call: { level: 'info', fields: { operation: 'word', keyId: 'word', status: 'count' } },
  api_failed: { level: 'error', fields: { ...error } },
  merchant_event_published: {
    level: 'info',
    fields: { subject: 'word', type: 'word', endpoints: 'count' },
  },
  delivery_tried: { level: 'info', fields: { subject: 'word', outcome: 'word' } },
  /** We stopped calling a merchant's endpoint: so many owners are told. */
  webhook_endpoint_disabled: {
    level: 'warn',
    fields: { subject: 'word', reason: 'word', told: 'count' },
  },
  schedule_failed: { level: 'error', fields: { ...error } },
} as const satisfies Readonly<Record<string, CodeShape>>;

export type LogCode = keyof typeof LOG_CODES;

type ValueOf = { readonly count: number; readonly word: string; readonly text: string };

/** The fields of a code; each may be left out, none may be added. */
export type LogFields<Code extends LogCode> = {
  readonly [Field in keyof (typeof LOG_CODES)[Code]['fields']]?: (typeof LOG_CODES)[Code]['fields'][Field] extends infer Kind extends
    FieldKind
    ? ValueOf[Kind]
    : never;
};
