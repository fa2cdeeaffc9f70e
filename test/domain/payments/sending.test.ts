// "Send $20 to bob": who Bob is, what is shown before anything moves, and whom nothing can be sent to.
import { describe, expect, it } from 'vitest';
import {
  aDraft,
  annAndBob,
  annAndBobNotSetUp,
  aPaidPayment,
  dayMs,
  minuteMs,
  moved,
} from '../../builders/scenes.ts';
import { openTown } from '../../builders/town.ts';

describe('the recipient', () => {
  it.each([
    'send $20 to @bob',
    'send $20 to @BOB',
    'send $20 to bob',
    'send $20 to Bob Stone',
    'pay bob 20$',
  ])('is found: %s', async (text) => {
    const { ann } = await annAndBob();

    await ann.says(text);

    expect(ann.heard().at(-1)).toMatch(/^Send \$20\.00 to Bob Stone \(@bob\)\?/);
  });

  it('of several is asked for, with their names and handles', async () => {
    const { town, ann } = await annAndBob();
    await town.member('Bob Marsh', 'marsh');

    await ann.says('send $20 to bob for lunch');

    const question = ann.heard().at(-1) ?? '';
    expect(question).toContain('I know more than one bob. Which one?');
    expect(question).toContain('Bob Stone (@bob)');
    expect(question).toContain('Bob Marsh (@marsh)');
    expect(await town.payments()).toEqual([]);
  });

  it.each([
    {
      how: 'a tap',
      answers: async (ann: { taps(title: string): Promise<void> }) => ann.taps('@marsh'),
    },
    {
      how: 'its handle',
      answers: async (ann: { says(text: string): Promise<void> }) => ann.says('@marsh'),
    },
  ])('of several is chosen by $how, with the note kept', async ({ answers }) => {
    const { town, ann } = await annAndBob();
    await town.member('Bob Marsh', 'marsh');
    await ann.says('send $20 to bob for lunch');

    await answers(ann);

    expect(ann.heard().at(-1)).toContain('Send $20.00 to Bob Marsh (@marsh) for “lunch”?');
  });

  it('of several is chosen by number, and by a number that is there', async () => {
    const { town, ann } = await annAndBob();
    await town.member('Bob Marsh', 'marsh');
    await ann.says('send $20 to bob');
    const first = /1\. [^(]+\((@\w+)\)/u.exec(ann.heard().at(-1) ?? '')?.[1] ?? '';
    await ann.says('1');
    expect(ann.heard().at(-1)).toContain(`(${first})`);

    await ann.says('send $20 to bob');
    await ann.says('7');
    expect(ann.heard().at(-1)).toContain('I am not waiting for an answer');
  });

  it('of several can be somebody else: by their handle, or nobody', async () => {
    const { town, ann } = await annAndBob();
    await town.member('Bob Marsh', 'marsh');
    await town.member('Zoe Hill', 'zoe');

    await ann.says('ask bob for $5');
    await ann.says('@zoe');
    expect(ann.heard().at(-1)).toContain('Asked Zoe for $5.00');
    await ann.says('send $20 to bob');
    await ann.says('@nobody_here');
    expect(ann.heard().at(-1)).toContain('Nobody here has the handle @nobody_here');
    await ann.says('send $20 to bob');
    await ann.says('no');
    expect(ann.heard().at(-1)).toBe('All right, nothing is sent.');
    expect(await town.payments()).toEqual([]);
  });

  it('is the one whom they have paid before, whoever else has the name', async () => {
    const scene = await annAndBob();
    await aPaidPayment(scene);
    await scene.town.member('Bob Marsh', 'marsh');

    await scene.ann.says('send $5 to bob');

    expect(scene.ann.heard().at(-1)).toContain('Send $5.00 to Bob Stone (@bob)?');
    expect(scene.ann.heard().at(-1)).not.toContain('You have not paid');
  });

  it('can hide from being found by name, not by handle', async () => {
    const { ann, bob } = await annAndBob();
    await bob.says('settings');
    await bob.submits(bob.link('Open settings'), { do: 'preferences', currency: 'USD' });

    await ann.says('send $20 to Bob Stone');
    expect(ann.heard().at(-1)).toContain('is not here yet');
    await ann.says('send $20 to @bob');
    expect(ann.heard().at(-1)).toContain('Bob Stone (@bob)');
  });

  it('that nobody knows gets a link for a name, and nothing for a handle', async () => {
    const { town, ann } = await annAndBob();

    await ann.says('send $20 to @bobb');
    expect(ann.heard().at(-1)).toContain('Nobody here has the handle @bobb');
    expect(await town.payments()).toEqual([]);
    await ann.says('send $20 to my plumber');
    expect(ann.heard().at(-1)).toContain('after you pay you get a link to forward');
  });

  it.each(['send $5 to @ann', 'send $5 to ann', 'send $5 to Ann Archer', 'send $5 to myself'])(
    'is not oneself: %s',
    async (text) => {
      const { town, ann } = await annAndBob();

      await ann.says(text);

      expect(ann.heard().at(-1)).toContain('That is you.');
      expect(await town.payments()).toEqual([]);
    },
  );

  it.each(['ann', 'bob'] as const)(
    'is not somebody who is blocked, whoever did it (%s)',
    async (who) => {
      const scene = await annAndBob();
      await scene[who].says(`block @${who === 'ann' ? 'bob' : 'ann'}`);

      await scene.ann.says('send $20 to @bob');
      expect(scene.ann.heard().at(-1)).toBe('You cannot pay this person here.');
      await scene.ann.says('ask @bob for $20');
      expect(scene.ann.heard().at(-1)).toBe('You cannot ask this person for money here.');

      await scene[who].says(`unblock @${who === 'ann' ? 'bob' : 'ann'}`);
      await scene.ann.says('send $20 to @bob');
      expect(scene.ann.heard().at(-1)).toContain('Send $20.00 to Bob Stone');
    },
  );

  it('who blocks between review and confirm is not paid', async () => {
    const { town, ann, bob } = await aDraft(await annAndBob());
    await bob.says('report @ann for spam');

    expect(await ann.pays()).toContain('You cannot pay this person here.');

    expect(moved(town)).toEqual([]);
  });

  it('who said stop is paid, not written to, and the payer knows', async () => {
    const { town, ann, bob } = await aDraft(await annAndBob());
    await bob.says('stop');
    const before = bob.heard().length;

    await ann.pays();
    await town.untilNothingIsDue();

    expect(moved(town)).toEqual(['charge', 'payout']);
    expect(bob.heard()).toHaveLength(before);
    expect(ann.heard().join(' ')).toContain('We could not reach @bob in Messenger');
    await bob.says('hello');
    await ann.says('send $5 to @bob');
    await ann.pays();
    expect(bob.heard().at(-1)).toContain('sent you $5.00');
  });

  it('who asked to be forgotten is not found, not paid by an old draft, and gets nothing that waited', async () => {
    const { town, ann, bob } = await annAndBobNotSetUp();
    await aDraft({ town, ann, bob });
    await ann.pays();
    await ann.says('send $7 to @bob');
    await bob.says('delete my data');
    await bob.taps('Yes, delete');

    expect(bob.heard().join(' ')).toContain('Noted. From now on nobody can find or pay you here.');
    expect(ann.heard().join(' ')).toContain('Bob declined your $20.00.');
    expect(await ann.pays()).toContain('This person is no longer here');
    await ann.says('send $5 to @bob');
    expect(ann.heard().at(-1)).toContain('Nobody here has the handle @bob');
    expect(moved(town)).toEqual(['charge', 'refund']);

    await bob.says('I am back');
    await ann.says('send $5 to @bob');
    expect(ann.heard().at(-1)).toContain('Send $5.00 to Bob Stone (@bob)?');
  });
});

describe('before anything moves', () => {
  it('the card in the thread and the page say to whom, how much, with what, the fee, and what is next', async () => {
    const { ann } = await aDraft(await annAndBob({ settings: { feePercent: 2 } }));

    expect(ann.heard().at(-1)).toBe(
      [
        'Send $20.00 to Bob Stone (@bob) for “lunch”?',
        'You have not paid @bob before: make sure it is the right person.',
        'You pay $20.40 (fee $0.40) with a card that you add on our page.',
        'Nothing moves until you confirm on our page; then you have 10 seconds to undo it.',
      ].join('\n\n'),
    );
    const page = await ann.opens(ann.link('Review and pay'));
    for (const fact of [
      'Bob Stone (@bob)',
      '$20.00',
      'lunch',
      '$0.40',
      '$20.40',
      'Visa •• 4242',
      '10 seconds',
    ])
      expect(page).toContain(fact);
  });

  it('the terms are frozen: edits, reactions and other news of the message change nothing', async () => {
    const { town, ann, payment } = await aDraft(await annAndBob());
    const heard = ann.heard().length;

    await ann.does({ kind: 'edit' });
    await ann.does({ kind: 'reaction' });
    await ann.does({ kind: 'delivered', watermarkMs: 1 });
    await ann.does({ kind: 'read', watermarkMs: 1 });

    expect(await town.paymentOf(ann)).toEqual(payment);
    expect(ann.heard()).toHaveLength(heard);
  });

  it('a fee comes back with a refund, and goes to nobody else with a payout', async () => {
    const paid = await aPaidPayment(await annAndBob({ settings: { feePercent: 2 } }));
    expect(paid.town.provider.movements().map(({ amount }) => amount.minor)).toEqual([2040, 2000]);
    await paid.town.checkBooks();

    const undone = await aDraft(await annAndBob({ settings: { feePercent: 2 } }));
    await undone.ann.pays();
    await undone.ann.taps('Undo');
    expect(undone.town.provider.movements().map(({ amount }) => amount.minor)).toEqual([
      2040, 2040,
    ]);
    await undone.town.checkBooks();
  });

  it('the same message twice makes one draft and one answer', async () => {
    const { town, ann } = await annAndBob();
    const event = { kind: 'message', text: 'send $20 to @bob', redacted: [] } as const;
    await ann.does(event, { id: 'mid.same' });
    const heard = ann.heard();

    await ann.does(event, { id: 'mid.same' });
    await town.later(2 * dayMs);
    await ann.does(event, { id: 'mid.same' });

    expect(await town.payments()).toHaveLength(1);
    expect(ann.heard().slice(0, heard.length)).toEqual(heard);
    expect(ann.heard().filter((each) => each.startsWith('Send $20.00'))).toHaveLength(1);
  });
});

describe('a live stage', () => {
  const live = { live: true, peerPaymentsApproval: null };

  it('sends and asks for nothing between people until the approval is named', async () => {
    for (const peerPaymentsApproval of [null, '', '  ']) {
      const { town, ann } = await annAndBob({ settings: { ...live, peerPaymentsApproval } });

      await ann.says('send $20 to @bob');
      expect(ann.heard().at(-1)).toContain('is not switched on here yet');
      await ann.says('ask @bob for $20');
      expect(ann.heard().at(-1)).toContain('is not switched on here yet');
      expect(await town.payments()).toEqual([]);
    }
  });

  it('sends once it is, and charges no draft after it was withdrawn', async () => {
    const { town, ann } = await aDraft(
      await annAndBob({ settings: { ...live, peerPaymentsApproval: 'STRIPE-2026-17' } }),
    );
    Object.assign(town.world.settings, { peerPaymentsApproval: null });

    expect(await ann.pays()).toContain('is not switched on here yet');
    expect(moved(town)).toEqual([]);

    Object.assign(town.world.settings, { peerPaymentsApproval: 'STRIPE-2026-17' });
    await ann.pays();
    expect(moved(town)).toEqual(['charge']);
  });
});

describe('buttons', () => {
  it('pressed by another person do nothing', async () => {
    const { town, ann } = await aDraft(await annAndBob());
    const eve = await town.member('Eve Dropper', 'eve');

    await eve.does({ kind: 'postback', payload: ann.payload('Cancel') });
    expect(eve.heard().at(-1)).toContain('There is no payment of yours');
    await ann.pays();
    await eve.does({ kind: 'postback', payload: ann.payload('Undo') });
    expect(eve.heard().at(-1)).toContain('There is no payment of yours');
    expect((await town.paymentOf(ann)).state).toBe('held');
  });

  it('pressed twice, or after the draft has run out, say how it stands', async () => {
    const { town, ann } = await aDraft(await annAndBob());
    await ann.taps('Cancel');
    expect(ann.heard().at(-1)).toBe('Cancelled. Nothing was charged.');
    await ann.taps('Cancel');
    expect(ann.heard().at(-1)).toBe('This one was stopped already: it is cancelled.');

    await ann.says('send $20 to @bob');
    await town.later(31 * minuteMs);
    expect(ann.heard().at(-1)).toContain('was not confirmed in time. Nothing was charged.');
    expect(await ann.pays()).toContain('Cancelled');
    expect(moved(town)).toEqual([]);
  });

  it('confirmed a moment after the draft has run out, before anyone came round, charge nothing', async () => {
    const { town, ann, payment } = await aDraft(await annAndBob());
    town.pass((payment.dueAtMs ?? 0) - town.world.clock.now());

    expect(await ann.pays()).toContain('Cancelled');
    expect(moved(town)).toEqual([]);
  });

  it.each([
    'v0:cancel',
    'v2:undo:pay_x',
    'cancel',
    '',
    'v1:',
    'v1:send:20',
    '{"a":1}',
    'v1:undo:req_x',
    '\u0000',
  ])('of another version or another app (%j) do nothing', async (payload) => {
    const { town, ann, payment } = await aDraft(await annAndBob());

    await ann.does({ kind: 'postback', payload });

    expect(await town.paymentOf(ann)).toEqual(payment);
    expect(ann.heard().at(-1)).toMatch(/\S/);
  });

  it('tried again once too often say so, and never show a payment that is over', async () => {
    const { ann } = await annAndBob();
    await ann.says('send $20 to @bob');
    await ann.pays({ card: 'pm_card_chargeDeclined' });
    await ann.taps('Try again');
    await ann.taps('Cancel');

    await ann.taps('Try again');

    expect(ann.heard().at(-1)).toContain('You have tried this one again already');
  });
});

describe('the first message of all', () => {
  it('sends nothing before the terms are agreed to', async () => {
    const town = openTown();
    await town.member('Bob Stone', 'bob');
    const ann = town.person('Ann Archer');

    await ann.says('send $20 to @bob');

    expect(await town.payments()).toEqual([]);
  });
});
