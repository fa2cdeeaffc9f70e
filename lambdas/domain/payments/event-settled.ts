// What was done with a provider's event.

/** What was done with an event; kept with it for whoever looks. */
export type EventSettled =
  | 'applied'
  | 'seen_before'
  | 'not_for_us'
  | 'unknown_object'
  | 'gave_up_waiting';
