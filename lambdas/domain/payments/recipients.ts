// Becoming a recipient: the account at the provider, and what waits for a person once it is ready.
import type { Person } from '../people/person.ts';
import type { World } from '../world.ts';
import { payOut } from './pay-out.ts';
import { notePayoutAccount } from './payout-account.ts';
import type { AdvanceWorld } from './advance-payment.ts';

const pageSize = 25;

export type StartOnboardingOutcome =
  | { readonly kind: 'continue_at'; readonly url: string }
  | { readonly kind: 'already_ready' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'unknown' };

/** A fresh page of the provider's each time: its links are single-use and short. */
export async function startOnboarding(
  world: Pick<World, 'people' | 'provider' | 'settings'>,
  person: Person,
  urls: { readonly returnUrl: string; readonly refreshUrl: string },
): Promise<StartOnboardingOutcome> {
  if (person.recipientAccount?.status === 'ready') return { kind: 'already_ready' };
  const known = person.recipientAccount?.accountId;
  const answer = await world.provider.onboardRecipient({
    personId: person.id,
    country: world.settings.country,
    ...urls,
    ...(known === undefined ? {} : { accountId: known }),
  });
  if (answer.kind !== 'done') return { kind: answer.kind === 'declined' ? 'refused' : 'unknown' };
  await notePayoutAccount(world, person.id, { accountId: answer.accountId, status: 'started' });
  return { kind: 'continue_at', url: answer.url };
}

/** Looks the account up and, when it has become ready, pays out what waits. Safe to call at any time. */
export async function refreshRecipient(
  world: AdvanceWorld,
  accountId: string,
): Promise<Person | undefined> {
  const found = await world.provider.lookUp.recipient(accountId);
  if (found.kind !== 'found' || found.thing.personId === undefined) return undefined;
  const person = await notePayoutAccount(world, found.thing.personId, {
    accountId,
    status: found.thing.status,
  });
  if (person?.recipientAccount?.status === 'ready') await payOutWhatWaits(world, person);
  return person;
}

/** A page at a time, as long as paying makes the queue shorter. */
async function payOutWhatWaits(world: AdvanceWorld, person: Person): Promise<void> {
  let oldestBefore: string | undefined;
  for (;;) {
    const waiting = await world.payments.heldFor(person.id, pageSize);
    for (const payment of waiting) await payOut(world, payment, person);
    const oldest = waiting[0]?.id;
    if (waiting.length < pageSize || oldest === oldestBefore) return;
    oldestBefore = oldest;
  }
}
