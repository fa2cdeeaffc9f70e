// How a person's payout account stands: what is news of it, and what is only an echo of something older.
import { beforeEach, describe, expect, it } from 'vitest';
import { notePayoutAccount } from '../../../lambdas/domain/payments/payout-account.ts';
import type { Person, RecipientAccount } from '../../../lambdas/domain/people/person.ts';
import { aPerson } from '../../builders/people.ts';
import { openWallet, type Wallet } from '../../builders/wallet.ts';

type Status = RecipientAccount['status'];

let wallet: Wallet;
beforeEach(async () => {
  wallet = await openWallet();
});

async function withAccount(status?: Status): Promise<Person> {
  const account = status && { recipientAccount: { accountId: 'acct_1', status } };
  const person = aPerson({ ...account });
  await wallet.world.people.create(person);
  return person;
}

describe('a payout account', () => {
  it.each<[Status | undefined, Status, Status]>([
    [undefined, 'started', 'started'],
    [undefined, 'ready', 'ready'],
    ['started', 'ready', 'ready'],
    ['started', 'restricted', 'restricted'],
    ['restricted', 'started', 'started'],
    ['restricted', 'ready', 'ready'],
    ['ready', 'restricted', 'restricted'],
    // Somebody opened the form again: only a look-up says that it is not ready any more.
    ['ready', 'started', 'ready'],
  ])('that is %s and told to be %s is %s', async (before, told, after) => {
    const { id } = await withAccount(before);
    const account = { accountId: 'acct_1', status: told };

    const person = await notePayoutAccount(wallet.world, id, account);

    expect(person?.recipientAccount).toEqual({ accountId: 'acct_1', status: after });
    expect(await wallet.world.people.byId(id)).toEqual(person);
  });

  it.each<[Status, Status, string]>([
    ['ready', 'started', 'acct_1'],
    ['ready', 'restricted', 'acct_1'],
    ['ready', 'ready', 'acct_2'],
    ['started', 'started', 'acct_2'],
    ['restricted', 'started', 'acct_2'],
  ])('that is %s, where another one is told to be %s: %s counts', async (before, told, counts) => {
    const { id } = await withAccount(before);
    const account = { accountId: 'acct_2', status: told };

    const person = await notePayoutAccount(wallet.world, id, account);

    expect(person?.recipientAccount?.accountId).toBe(counts);
  });

  it.each<Status>(['started', 'ready', 'restricted'])(
    'that is %s and told so again is not written again',
    async (status) => {
      const person = await withAccount(status);
      const account = { accountId: 'acct_1', status };

      expect(await notePayoutAccount(wallet.world, person.id, account)).toEqual(person);
    },
  );

  it('makes its owner verified when it is ready, and by nothing else', async () => {
    const { id } = await withAccount('started');
    const note = (status: Status) =>
      notePayoutAccount(wallet.world, id, { accountId: 'acct_1', status });

    expect(await note('restricted')).toMatchObject({ level: 'new' });
    expect(await note('ready')).toMatchObject({ level: 'verified' });
    expect(await note('restricted')).toMatchObject({ level: 'verified' });
  });
});
