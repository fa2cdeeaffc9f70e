// Why a charge was refused, in words that a payer may know. What smells of fraud is told as the generic one.

export const declineReasons = [
  'insufficient_funds',
  'expired_card',
  'incorrect_details',
  'limit_exceeded',
  'authentication_failed',
  'not_finished',
  'try_again_later',
  'not_supported',
  'instrument_gone',
  'generic',
] as const;

export type DeclineReason = (typeof declineReasons)[number];
