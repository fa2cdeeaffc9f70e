// Keeps how a person's payout account stands, as the provider last told it.
import { changePerson } from '../people/change-person.ts';
import type { Person, PersonId, RecipientAccount } from '../people/person.ts';
import type { World } from '../world.ts';

export async function notePayoutAccount(
  world: Pick<World, 'people'>,
  personId: PersonId,
  account: RecipientAccount,
): Promise<Person | undefined> {
  return changePerson(world, personId, (now) => {
    if (isNoNews(now.recipientAccount, account)) return undefined;
    return {
      ...now,
      recipientAccount: account,
      // The provider has checked who they are.
      ...(account.status === 'ready' ? { level: 'verified' } : {}),
    };
  });
}

/** Ready is told by a look-up alone: neither starting over nor another account of theirs takes it away. */
function isNoNews(before: RecipientAccount | undefined, account: RecipientAccount): boolean {
  if (before === undefined) return false;
  if (before.accountId !== account.accountId)
    return before.status === 'ready' && account.status !== 'ready';
  return (
    before.status === account.status || (before.status === 'ready' && account.status === 'started')
  );
}
