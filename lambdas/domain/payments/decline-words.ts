// Why a card was refused, as a sentence for its owner.
import { type DeclineReason, declineReasons } from './decline-reason.ts';

const words: Record<DeclineReason, string> = {
  insufficient_funds: 'There was not enough money on the card.',
  expired_card: 'The card has expired.',
  incorrect_details: 'The card number, date or code did not match.',
  limit_exceeded: 'The card has reached its limit.',
  authentication_failed: 'Your bank could not check that it was you.',
  not_finished: 'The check by your bank was not finished.',
  try_again_later: 'The card company did not answer in time.',
  not_supported: 'This card cannot be used for this.',
  instrument_gone: 'This card is no longer saved.',
  generic: 'Your bank said no and did not say why. It can tell you.',
};

/** Unregistered reasons are told as the generic one. */
export function declineWords(reason: string | undefined): string {
  const known = declineReasons.find((each) => each === reason);
  return words[known ?? 'generic'];
}
