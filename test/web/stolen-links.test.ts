// A link in the wrong hands, or handed to the wrong person: what it opens, and what it does not.
import { expect, test } from 'vitest';
import type { PageAnswer } from '../../web/page-answer.ts';
import { openTown, somePin, type Town } from '../builders/town.ts';

const htmlOf = (answer: PageAnswer) => (answer.kind === 'page' ? answer.html : '');
const statusOf = (answer: PageAnswer) => (answer.kind === 'page' ? answer.status : 303);

async function annWhoHasAPin(town: Town) {
  const ann = await town.member('Ann Archer', 'ann');
  await town.payee('Bob Stone', 'bob');
  await ann.says('send $20 to @bob');
  await ann.pays();
  await ann.says('who am i');
  return { ann, url: ann.link('Set up payouts') };
}

test('A stolen payout link does not turn the money to the thief without the PIN', async () => {
  const town = openTown();
  const { ann, url } = await annWhoHasAPin(town);
  const thief = 'thief'.padEnd(43, 't');

  expect(htmlOf(await ann.visits(url, thief))).toContain('Your PIN');
  expect(statusOf(await ann.submits(url, {}, thief))).toBe(422);
  expect(statusOf(await ann.submits(url, { pin: '111222' }, thief))).toBe(422);
  expect(statusOf(await ann.submits(url, { newPin: '135792', newPinAgain: '135792' }, thief))).toBe(
    422,
  );

  expect((await ann.member()).recipientAccount).toBeUndefined();
});

test('Whoever has the PIN goes on to the provider', async () => {
  const town = openTown();
  const { ann, url } = await annWhoHasAPin(town);

  expect((await ann.submits(url, { pin: somePin })).kind).toBe('redirect');
  expect((await ann.member()).recipientAccount).toMatchObject({ status: 'started' });
});

test('Guesses on a payout page count like any others, and lock', async () => {
  const town = openTown();
  const { ann, url } = await annWhoHasAPin(town);

  for (const guess of ['111222', '111333', '111444', '111555', '111666'])
    await ann.submits(url, { pin: guess });

  expect(htmlOf(await ann.submits(url, { pin: somePin }))).toContain('Too many wrong PINs');
});

test('A link that was passed on says whose wallet it fills, before anybody enters a card', async () => {
  const town = openTown();
  const eve = await town.member('Eve Dropper', 'eve');
  await town.payee('Bob Stone', 'bob');
  const whose = 'wallet of <b>Eve Dropper (@eve)</b>';

  await eve.says('send $20 to @bob');
  expect(await eve.opens(eve.link('Review and pay'), 'v'.repeat(43))).toContain(whose);

  await eve.says('settings');
  expect(await eve.opens(eve.link('Open settings'), 'v'.repeat(43))).toContain(whose);

  await eve.says('who am i');
  expect(await eve.opens(eve.link('Set up payouts'), 'v'.repeat(43))).toContain(whose);
});
