// The story that everything stands on, at the speed of memory: Ann sends Bob $20.
import { expect, test } from 'vitest';
import { openTown, paymentsOf } from '../../builders/town.ts';

test('Ann sends Bob $20 for lunch, and both are told each outcome once', async () => {
  const town = openTown();
  const ann = await town.member('Ann Archer', 'ann');
  const bob = await town.member('Bob Stone', 'bob');
  await bob.says('who am i');
  await bob.setsUpPayouts('Set up payouts');

  await ann.says('send $20 to bob for lunch');
  await ann.pays();

  const [held] = await paymentsOf(town, (await ann.member()).id);
  expect(held).toMatchObject({ state: 'held', amount: { minor: 2000, currency: 'USD' } });

  await town.later(10_000);

  const [paid] = await paymentsOf(town, (await ann.member()).id);
  expect(paid).toMatchObject({ state: 'paid' });
  expect(town.provider.movements().map((each) => each.kind)).toEqual(['charge', 'payout']);
  expect(ann.heard().slice(-3)).toEqual([
    '$20.00 to Bob Stone (@bob) for “lunch”: charged to your Visa •• 4242. It goes out in 10 seconds; until then you can undo it.',
    'Bob got your $20.00.',
    expect.stringMatching(/^Receipt pay_\w+-sent: To Bob Stone \(@bob\)$/),
  ]);
  expect(bob.heard().slice(-3)).toEqual([
    'Ann (@ann) sent you $20.00 for “lunch”. It goes to your account in 10 seconds.',
    '$20.00 from Ann is on its way to your account.',
    expect.stringMatching(/^Receipt pay_\w+-received: From Ann Archer \(@ann\)$/),
  ]);
});
