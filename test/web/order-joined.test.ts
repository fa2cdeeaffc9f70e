// A kept card at a shop whose chat is joined to an account: the account's PIN, and for what was kept before no PIN at all.
import { describe, expect, it } from 'vitest';
import { setPin } from '../../lambdas/domain/people/pin.ts';
import { aMember } from '../builders/people.ts';
import { mug } from '../builders/shop-town/joes-coffee.ts';
import { openTill, type Till } from '../builders/till.ts';
import type { PageAnswer } from '../../web/page-answer.ts';

const htmlOf = (answer: PageAnswer) => (answer.kind === 'page' ? answer.html : '');
const statusOf = (answer: PageAnswer) => (answer.kind === 'page' ? answer.status : 303);

const walletPin = '904173';
const three = { lines: [{ productId: mug.id, choices: [], quantity: 3 }] };

/** Joined at one, to an account that has a PIN; the card was kept with an order made at `cardOfMs`. */
async function joinedTill(cardOfMs: number | undefined): Promise<Till> {
  const till = await openTill({ card: 'good', wish: three });
  const { world, buyer } = till;
  const member = aMember();
  await world.people.create(member);
  await setPin(world, member.id, walletPin);
  const { person } = buyer;
  const joined = [{ shopId: (await till.order()).shopId, personId: person.id }];
  await world.people.saveBoth(
    {
      person: { ...person, version: 2, joinedTo: { personId: member.id, atMs: 1 } },
      before: person,
    },
    { person: { ...member, version: 2, joined }, before: member },
  );
  const card = await world.savedCards.of((await till.order()).shopId, person.id);
  if (card === undefined) throw new Error('No card is kept.');
  const { orderMadeAtMs: _made, ...kept } = card;
  await world.savedCards.save({
    ...kept,
    ...(cardOfMs === undefined ? {} : { orderMadeAtMs: cardOfMs }),
  });
  return till;
}

describe('a kept card above the limit, after the chat was joined to an account', () => {
  it('asks for the PIN of the account, and for no other', async () => {
    const till = await joinedTill(2);
    expect(htmlOf(await till.opens())).toContain('Your PIN');

    for (const form of [{}, { pin: '111222' }, { newPin: '135792', newPinAgain: '135792' }])
      expect(statusOf(await till.presses('pay_saved', form))).toBe(422);
    expect((await till.order()).state).toBe('draft');

    const page = await till.presses('pay_saved', { pin: walletPin });
    expect(htmlOf(page)).toContain('Paid. Thank you!');
  });

  it.each([undefined, 0, 1])(
    'is not offered where it was kept before (%s), whatever PIN is brought',
    async (cardOfMs) => {
      const till = await joinedTill(cardOfMs);
      expect(htmlOf(await till.opens())).not.toContain('pay_saved');

      expect(statusOf(await till.presses('pay_saved', { pin: walletPin }))).toBe(422);
      expect((await till.order()).state).toBe('draft');
    },
  );
});
