// A card that was refused and is charged all the same: the payer was told no, so the money goes straight back.
import { expect, test } from 'vitest';
import { settleCharge } from '../../../lambdas/domain/payments/settle-charge.ts';
import { openTown, paymentsOf } from '../../builders/town.ts';

test('a charge that comes through after its refusal is given back, and the payer is told', async () => {
  const town = openTown();
  const ann = await town.member('Ann Archer', 'ann');
  await town.member('Bob Stone', 'bob');
  await ann.says('send $20 to bob');
  await ann.pays({ card: 'pm_card_chargeDeclined' });
  const [declined] = await paymentsOf(town, (await ann.member()).id);
  if (declined === undefined) throw new Error('Nothing was drafted.');
  expect(declined.state).toBe('declined');

  const answer = { kind: 'done', intentId: 'pi_late', chargeId: 'ch_late' } as const;
  const late = await settleCharge(town.world, declined.id, { answer, actor: 'provider' });
  const again = await settleCharge(town.world, declined.id, { answer, actor: 'provider' });

  expect([late?.state, again?.state]).toEqual(['refunding', 'refunding']);
  expect(late?.trail).toMatchObject({ chargeId: 'ch_late' });
  const journal = await town.world.payments.journalOf(declined.id);
  expect(journal.filter(({ step }) => step === 'charged_late')).toHaveLength(1);
  const entry = journal.find(({ step }) => step === 'charged_late');
  expect(
    entry?.postings.map(({ account, amount }) => [account.split(':')[0], amount.minor]),
  ).toEqual([
    ['payer', -2000],
    ['held', 2000],
  ]);
});
