// Asking for money writes into somebody else's thread: it has a measure, and it ends where they have blocked the asker.
import { expect, test } from 'vitest';
import { type Neighbour, openTown } from '../../builders/town.ts';

const dayMs = 24 * 60 * 60 * 1000;

test('Asking and withdrawing over and over reaches nobody more than five times a day', async () => {
  const town = openTown();
  const eve = await town.member('Eve Dropper', 'eve');
  const bob = await town.member('Bob Stone', 'bob');
  const asks = () => bob.heard().filter((each) => each.includes('asks you for')).length;

  for (let round = 0; round < 8; round += 1) {
    await eve.says('ask @bob for $5');
    await eve.says('cancel');
    await town.settle();
  }

  expect(asks()).toBe(5);
  expect(eve.heard()).toContain('That is enough asking for one day. Try again tomorrow.');

  town.pass(dayMs);
  await eve.says('ask @bob for $5');
  await town.settle();
  expect(asks()).toBe(6);
});

test('Nobody asks more than twenty people a day', async () => {
  const town = openTown();
  const eve = await town.member('Eve Dropper', 'eve');
  const crowd: Neighbour[] = [];
  for (let index = 0; index < 21; index += 1)
    crowd.push(await town.member('Bob Stone', `crowd${index}`));

  for (const [index] of crowd.entries()) await eve.says(`ask @crowd${index} for $5`);
  await town.settle();

  const asked = crowd.filter((each) => each.heard().some((text) => text.includes('asks you for')));
  expect(asked).toHaveLength(20);
});
