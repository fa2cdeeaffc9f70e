// Becoming a recipient: the account at the provider, and what waits for a person once it is ready.
import { changePerson } from '../people/change-person.ts';
import type { Person, PersonId, RecipientAccount } from '../people/person.ts';
import type { World } from '../world.ts';
import { payOut } from './pay-out.ts';
import type { AdvanceWorld } from './advance-payment.ts';

/** More than this waiting at once is paid by the next looks at their due dates. */
const mostAtOnce = 25;

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
  await noteAccount(world, person.id, { accountId: answer.accountId, status: 'started' });
  return { kind: 'continue_at', url: answer.url };
}

/** Looks the account up and, when it has become ready, pays out what waits. Safe to call at any time. */
export async function refreshRecipient(
  world: AdvanceWorld,
  accountId: string,
): Promise<Person | undefined> {
  const found = await world.provider.lookUp.recipient(accountId);
  if (found.kind !== 'found' || found.thing.personId === undefined) return undefined;
  const person = await noteAccount(world, found.thing.personId, {
    accountId,
    status: found.thing.status,
  });
  if (person?.recipientAccount?.status === 'ready') await payOutWhatWaits(world, person.id);
  return person;
}

async function noteAccount(
  world: Pick<World, 'people'>,
  personId: PersonId,
  account: RecipientAccount,
): Promise<Person | undefined> {
  return changePerson(world, personId, (now) => {
    const before = now.recipientAccount;
    if (before?.accountId === account.accountId && before.status === account.status)
      return undefined;
    // Ready is told by a look-up alone: starting over does not take it away.
    if (
      before?.accountId === account.accountId &&
      account.status === 'started' &&
      before.status === 'ready'
    )
      return undefined;
    return {
      ...now,
      recipientAccount: account,
      // The provider has checked who they are.
      ...(account.status === 'ready' ? { level: 'verified' } : {}),
    };
  });
}

async function payOutWhatWaits(world: AdvanceWorld, personId: PersonId): Promise<void> {
  const waiting = await world.payments.heldFor(personId, mostAtOnce);
  for (const payment of waiting) await payOut(world, payment);
}
