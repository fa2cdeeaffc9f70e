// The one error that says "not now": what waits in a queue is to be tried again, for a reason from a closed list.

export const retryReasons = [
  /** The tables take no more at this moment. */
  'store_throttled',
  /** The tables did not answer; whether they wrote is not known, so the same write is tried again. */
  'store_unavailable',
  /** A provider was asked and nobody knows what happened. */
  'provider_unknown',
  /** A provider's event came before our own row. */
  'row_not_there_yet',
  /** The conversation was answered by someone else in between. */
  'conversation_moved',
  /** Messenger refused for now; nothing was said. */
  'messenger_later',
] as const;

export type RetryReason = (typeof retryReasons)[number];

export class RetryLater extends Error {
  readonly reason: RetryReason;

  constructor(reason: RetryReason, options?: ErrorOptions) {
    super(`To be tried again later: ${reason}`, options);
    this.name = 'RetryLater';
    this.reason = reason;
  }
}
