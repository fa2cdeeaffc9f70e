// Real money between people needs the provider's written approval: until the operator names it, a live stage refuses.
import type { Settings } from '../settings.ts';

/** Stripe says in public that it does not support friend-to-friend transfers as such; see the README. */
export function arePeerPaymentsOn(
  settings: Pick<Settings, 'live' | 'peerPaymentsApproval'>,
): boolean {
  return !settings.live || (settings.peerPaymentsApproval ?? '').trim() !== '';
}
