// The payer's yes: a card saved on the provider's page, a PIN that cannot be guessed, and limits that two drafts cannot slip under.
import { describe, expect, it } from 'vitest';
import { checkPin } from '../../../lambdas/domain/people/pin.ts';
import {
  aDraft,
  aHeldPayment,
  annAndBob,
  annAndBobNotSetUp,
  dayMs,
  hourMs,
  minuteMs,
  moved,
  secondMs,
} from '../../builders/scenes.ts';
import { somePin } from '../../builders/town.ts';

describe('the PIN', () => {
  it.each([
    { newPin: '', again: '', says: 'Choose a PIN first.' },
    { newPin: '258013', again: '258014', says: 'The two PINs were not the same.' },
    { newPin: '12345', again: '12345', says: 'A PIN has exactly 6 digits.' },
    { newPin: 'abcdef', again: 'abcdef', says: 'A PIN has exactly 6 digits.' },
    { newPin: '１２３４５６', again: '１２３４５６', says: 'A PIN has exactly 6 digits.' },
    { newPin: '111111', again: '111111', says: 'too easy to guess' },
    { newPin: '123456', again: '123456', says: 'too easy to guess' },
    { newPin: '987654', again: '987654', says: 'too easy to guess' },
  ])(
    'is chosen well, and nothing is charged before ($newPin, $again)',
    async ({ newPin, again, says }) => {
      const { town, ann } = await aDraft(await annAndBob());
      const [card] = (await ann.member()).instruments;

      const answer = await ann.submits(ann.link('Review and pay'), {
        instrument: card?.id ?? '',
        newPin,
        newPinAgain: again,
      });

      expect(answer).toMatchObject({
        kind: 'page',
        status: 422,
        html: expect.stringContaining(says),
      });
      expect(moved(town)).toEqual([]);
    },
  );

  it('locks after five wrong ones, longer each time, and takes the right one right after', async () => {
    const scene = await aHeldPayment(await annAndBob());
    await scene.ann.says('send $60 to @bob');
    const guess = async (pin: string) => scene.ann.pays({ pin });

    for (const left of ['4 tries are', '3 tries are', '2 tries are', 'One try is'])
      expect(await guess('258014')).toContain(`${left} left before it locks`);
    expect(await guess('258014')).toContain('Try again in 15 minutes');
    expect(await guess(somePin)).toContain('Too many wrong PINs');
    scene.town.pass(15 * minuteMs - 1);
    expect(await guess(somePin)).toContain('Too many wrong PINs');
    scene.town.pass(1);
    for (let wrong = 0; wrong < 4; wrong += 1) await guess('258014');
    expect(await guess('258014')).toContain('Try again in 30 minutes');
    expect(moved(scene.town)).toEqual(['charge', 'payout']);

    scene.town.pass(30 * minuteMs);
    await scene.ann.says('send $60 to @bob');
    expect(await guess(somePin)).toContain('Paid');
    expect(await checkPin(scene.town.world, await scene.ann.id(), '258014')).toEqual({
      kind: 'wrong',
      guessesLeft: 4,
    });
  });

  it('cannot be guessed more often side by side than one after the other', async () => {
    const { town, ann } = await aHeldPayment(await annAndBob());
    const id = await ann.id();
    const guesses = Array.from({ length: 40 }, (_, index) => String(300_000 + index * 7));

    const checks = await Promise.all(guesses.map((pin) => checkPin(town.world, id, pin)));

    expect(checks.filter(({ kind }) => kind === 'wrong')).toHaveLength(4);
    expect(checks.filter(({ kind }) => kind === 'locked')).toHaveLength(36);
  });

  it('is not counted as guessed by a form without one', async () => {
    const { town, ann } = await aHeldPayment(await annAndBob());
    await ann.says('send $60 to @bob');
    for (let each = 0; each < 10; each += 1)
      expect(await ann.submits(ann.link('Review and pay'))).toMatchObject({ status: 422 });

    await ann.pays();

    expect(moved(town)).toEqual(['charge', 'charge']);
  });

  it('is asked for a new payee, and above $50; not for a little to somebody known', async () => {
    const scene = await aHeldPayment(await annAndBob());
    await scene.town.later(10 * secondMs);
    await scene.ann.says('send $50 to @bob');
    expect(await scene.ann.opens(scene.ann.link('Review and pay'))).not.toContain('Your PIN');
    expect(await scene.ann.pays({ pin: 'none' })).toContain('Paid');

    await scene.ann.says('send $50.01 to @bob');
    expect(await scene.ann.opens(scene.ann.link('Review and pay'))).toContain('Your PIN');
    expect(await scene.ann.pays({ pin: '999990' })).toContain('That PIN is not right');
  });
});

describe('the card', () => {
  it('is saved by coming back, by the event, or by both: once', async () => {
    const { town, ann } = await annAndBob();
    await ann.says('send $20 to @bob');
    const url = ann.link('Review and pay');
    expect(await ann.opens(url)).toContain('Add a card to pay');

    const back = await ann.addsCard(url, 'pm_card_mastercard');
    expect(back).toBe(url);
    const setup = await ann.submits(`${url}/card`);
    town.holdEvents();
    const returned = town.provider.hands.saveCard(
      setup.kind === 'redirect' ? setup.to : '',
      'pm_card_visa',
    );
    await ann.opens(returned);
    await ann.opens(returned);
    await town.letEventsIn();

    expect((await ann.member()).instruments.map(({ last4 }) => last4)).toEqual(['4242', '4444']);
    expect(await ann.opens(url)).toContain('Visa •• 4242');
  });

  it('is saved by the event alone when the browser never comes back', async () => {
    const { town, ann } = await annAndBob();
    await ann.says('send $20 to @bob');
    const setup = await ann.submits(`${ann.link('Review and pay')}/card`);

    town.provider.hands.saveCard(setup.kind === 'redirect' ? setup.to : '', 'pm_card_visa');
    await town.settle();

    expect((await ann.member()).instruments).toHaveLength(1);
  });

  it('left unfinished on the provider’s page leads back to the payment', async () => {
    const { ann } = await annAndBob();
    await ann.says('send $20 to @bob');
    const url = ann.link('Review and pay');
    const setup = await ann.submits(`${url}/card`);
    const setupId = setup.kind === 'redirect' ? (setup.to.split('/').at(-1) ?? '') : '';

    expect(await ann.opens(`${url}/card?setup=${setupId}`)).toBe(url);
    expect(await ann.opens(`${url}/card?setup=cs_nothing`)).toBe(url);
    expect(await ann.opens(`${url}/card`)).toContain('This link does not work');
    expect((await ann.member()).instruments).toEqual([]);
  });

  it('that was removed, or was never theirs, is not charged', async () => {
    const { town, ann, bob } = await aDraft(await annAndBob());
    const [card] = (await ann.member()).instruments;
    await bob.says('send $1 to @ann');
    await bob.addsCard(bob.link('Review and pay'), 'pm_card_visa');
    const [bobs] = (await bob.member()).instruments;
    await ann.says('settings');
    const review = ann.link('Review and pay');
    await ann.submits(ann.link('Open settings'), { do: 'remove_card', card: card?.id ?? '' });

    for (const instrument of [card?.id ?? '', bobs?.id ?? '', '', 'pm_card_visa'])
      expect(
        await ann.submits(review, { instrument, newPin: somePin, newPinAgain: somePin }),
      ).toMatchObject({ status: 422, html: expect.stringContaining('no longer saved') });
    expect(moved(town)).toEqual([]);
  });

  it.each([
    ['pm_card_chargeDeclinedInsufficientFunds', 'not enough money'],
    ['pm_card_chargeDeclinedExpiredCard', 'has expired'],
    ['pm_card_chargeDeclinedStolenCard', 'Your bank said no and did not say why'],
    ['pm_card_radarBlock', 'Your bank said no and did not say why'],
  ] as const)(
    'that is declined (%s) is told in words, and another one can be taken',
    async (bad, words) => {
      const { town, ann } = await annAndBob();
      await ann.says('send $20 to @bob');

      expect(await ann.pays({ card: bad })).toContain('Not paid');
      expect(ann.heard().at(-1)).toContain('did not go through, and nothing was charged');
      expect(ann.heard().at(-1)).toContain(words);
      await ann.taps('Try again');
      expect(await ann.pays({ card: 'pm_card_visa' })).toContain('Paid');

      expect(moved(town)).toEqual(['charge']);
      await town.checkBooks();
    },
  );
});

describe('the limits of somebody new', () => {
  it.each([
    ['send $100.01 to @bob', 'over your limit of $100.00 for one payment'],
    ['send €100.01 to @bob', 'over your limit of €100.00 for one payment'],
    ['send 15001 JPY to @bob', 'over your limit of ¥15,000 for one payment'],
  ])('are told before they refuse: %s', async (text, words) => {
    const { town, ann } = await annAndBob();
    await ann.says('limits');
    expect(ann.heard().at(-1)).toContain('One payment: up to $100.00.');

    await ann.says(text);

    expect(ann.heard().at(-1)).toContain(words);
    expect(await town.payments()).toEqual([]);
  });

  it('hold for a day and a week, and what is left is told', async () => {
    const { town, ann } = await annAndBobNotSetUp();
    const sends = async (amount: string) => {
      await ann.says(`send ${amount} to @bob`);
      return ann.heard().at(-1)?.startsWith('Send ') === true ? ann.pays() : ann.heard().at(-1);
    };
    await sends('$100');
    await sends('$99');
    expect(await sends('$2')).toContain('your limit of $200.00 for a day. $1.00 of it is left.');
    await town.later(dayMs);
    await sends('$100');
    await sends('$100');
    await town.later(dayMs);
    expect(await sends('$100')).toContain('Paid');
    expect(await sends('$2')).toContain('your limit of $500.00 for a week. $1.00 of it is left.');
    await ann.says('limits');
    expect(ann.heard().at(-1)).toContain('A week: $500.00, of which $1.00 is left.');
  });

  it('hold for two drafts that are confirmed at once', async () => {
    const { town, ann } = await annAndBobNotSetUp();
    await ann.says('send $100 to @bob');
    await ann.pays();
    const links: string[] = [];
    for (let draft = 0; draft < 2; draft += 1) {
      await ann.says('send $60 to @bob');
      links.push(ann.link('Review and pay'));
    }
    const [card] = (await ann.member()).instruments;
    const form = { instrument: card?.id ?? '', pin: somePin };

    const answers = await Promise.all(links.map((url) => ann.submits(url, form)));

    expect(answers.filter((each) => each.kind === 'page' && each.status === 422)).toHaveLength(1);
    expect(moved(town)).toEqual(['charge', 'charge']);
    await town.checkBooks();
  });

  it('are given back by a refusal of the card and by a refund, also on a later day', async () => {
    const { town, ann, bob } = await annAndBobNotSetUp();
    await ann.says('send $100 to @bob');
    await ann.pays({ card: 'pm_card_chargeDeclined' });
    await ann.taps('Try again');
    await ann.pays({ card: 'pm_card_visa' });
    await ann.says('limits');
    expect(ann.heard().at(-1)).toContain('A day: $200.00, of which $100.00 is left.');

    await bob.taps('Decline');
    await ann.says('limits');
    expect(ann.heard().at(-1)).toContain('A day: $200.00, of which $200.00 is left.');

    await ann.says('send $100 to @bob');
    await ann.pays();
    await town.later(dayMs);
    await ann.taps('Take it back');
    await ann.says('limits');
    expect(ann.heard().at(-1)).toContain('A week: $500.00, of which $500.00 is left.');
  });

  it('grow with the first payment that arrives, and again when the provider knows them', async () => {
    const { town, ann } = await aHeldPayment(await annAndBob());
    expect((await ann.member()).level).toBe('new');
    await town.later(10 * secondMs);
    expect((await ann.member()).level).toBe('known');
    await ann.says('limits');
    expect(ann.heard().at(-1)).toContain('One payment: up to $500.00.');

    await ann.says('who am i');
    await ann.setsUpPayouts('Set up payouts');
    expect((await ann.member()).level).toBe('verified');
    await town.later(hourMs);
    await ann.says('limits');
    expect(ann.heard().at(-1)).toContain('These are the highest limits we have.');
  });
});
