// What wakes functions by itself: a queue, a stream or a schedule.

export interface Source {
  /** Resolves once everything that is there now has been looked at. Work that it wakes may still run. */
  lookAgain(): Promise<void>;
  /** Nothing is being handled, and nothing waits that could be handled now. */
  atRest(): boolean;
  close(): Promise<void>;
}
