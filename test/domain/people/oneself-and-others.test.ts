// What people say about themselves and about others: stop, come back, be forgotten, settings, block, report.
import { describe, expect, it } from 'vitest';
import { aHeldPayment, annAndBob, minuteMs, moved, secondMs } from '../../builders/scenes.ts';

describe('stop', () => {
  it('is answered once, and writing again is coming back', async () => {
    const { ann } = await annAndBob();
    await ann.says('stop');
    expect(ann.heard().at(-1)).toContain('You will hear no more from us');
    expect((await ann.member()).stoppedAtMs).toBeDefined();

    await ann.says('hello');

    expect((await ann.member()).stoppedAtMs).toBeUndefined();
  });

  it('by the platform’s own opt-out is the same', async () => {
    const { ann } = await annAndBob();

    await ann.does({ kind: 'opt_out' });
    await ann.does({ kind: 'opt_out' });

    expect((await ann.member()).stoppedAtMs).toBeDefined();
  });

  it('is not undone by what was written before it and arrives after it', async () => {
    const { town, ann } = await annAndBob();
    const beforeMs = town.world.clock.now();
    await ann.says('stop');

    await ann.does({ kind: 'message', text: 'hi', redacted: [] }, { atMs: beforeMs });

    expect((await ann.member()).stoppedAtMs).toBeDefined();
  });

  it('is undone by what was written after it, however late we came to read the stop', async () => {
    const { town, ann } = await annAndBob();
    const saidAtMs = town.world.clock.now();
    town.pass(minuteMs);
    await ann.does({ kind: 'message', text: 'stop', redacted: [] }, { atMs: saidAtMs });

    await ann.does(
      { kind: 'message', text: 'no, wait', redacted: [] },
      { atMs: saidAtMs + secondMs },
    );

    expect((await ann.member()).stoppedAtMs).toBeUndefined();
  });
});

describe('the wish to be forgotten', () => {
  it('is asked about once, noted, and taken back by writing again', async () => {
    const { ann } = await annAndBob();
    await ann.says('delete my data');
    expect(ann.heard().at(-1)).toContain('Delete what we know about you?');
    await ann.taps('No');
    expect(ann.heard().at(-1)).toBe('Nothing is deleted.');
    expect((await ann.member()).deletionRequestedAtMs).toBeUndefined();

    await ann.says('delete my data');
    await ann.taps('Yes, delete');
    expect((await ann.member()).deletionRequestedAtMs).toBeDefined();
    await ann.says('help');
    expect((await ann.member()).deletionRequestedAtMs).toBeUndefined();
  });

  it('needs its question: a yes to something else deletes nothing', async () => {
    const { ann } = await annAndBob();
    await ann.says('delete my data');
    await ann.says('help');

    await ann.does({ kind: 'postback', payload: 'v1:yes' });

    expect((await ann.member()).deletionRequestedAtMs).toBeUndefined();
  });
});

describe('settings', () => {
  it('choose the currency of amounts without a sign, of those that the wallet takes', async () => {
    const { ann } = await annAndBob();
    await ann.does({ kind: 'postback', payload: 'v1:set_currency:EUR' });
    expect((await ann.member()).currency).toBe('EUR');
    await ann.says('send 20 to @bob');
    expect(ann.heard().at(-1)).toContain('€20.00');

    await ann.does({ kind: 'postback', payload: 'v1:set_currency:BRL' });
    expect(ann.heard().at(-1)).toContain('We do not take this currency');
    expect((await ann.member()).currency).toBe('EUR');
  });

  it('tell who one is, without and with a payout account', async () => {
    const { ann, bob } = await annAndBob();
    await ann.says('who am i');
    expect(ann.heard().at(-1)).toContain('You have no payout account yet');
    await bob.says('who am i');
    expect(bob.heard().at(-1)).toContain('Your payout account is set up');
  });
});

describe('block and report', () => {
  it('stop claims and money in both directions, and are taken back', async () => {
    const { town, ann, bob } = await annAndBob();
    await ann.says('block @bob');
    expect(ann.heard().at(-1)).toContain('@bob can no longer send you money');

    for (const [who, other] of [
      [ann, 'bob'],
      [bob, 'ann'],
    ] as const) {
      await who.says(`send $5 to @${other}`);
      expect(who.heard().at(-1)).toBe('You cannot pay this person here.');
    }
    expect(bob.heard().some((each) => each.includes('block'))).toBe(false);
    await ann.says('unblock @bob');
    await bob.says('send $5 to @ann');
    expect(bob.heard().at(-1)).toContain('Send $5.00');
    expect(moved(town)).toEqual([]);
  });

  it('of a person who is not known, or oneself, or several, do nothing', async () => {
    const { town, ann } = await annAndBob();
    await town.member('Bob Marsh', 'marsh');

    for (const text of ['block @nobody_here', 'report @ann', 'block bob']) await ann.says(text);

    expect(ann.heard().slice(-3)).toEqual([
      expect.stringContaining('I do not know @nobody_here'),
      'That is you.',
      expect.stringMatching(/I know more than one.*@(?:bob|marsh), @(?:bob|marsh)/),
    ]);
    expect(await town.world.blocks.blockedBy(await ann.id())).toEqual([]);
  });

  it('leave money that is under way to its own end, and the payee may still decline', async () => {
    const scene = await annAndBob();
    const { town, ann, bob } = await aHeldPayment(scene);

    await bob.says('report @ann as a scammer');
    await bob.taps('Decline');

    expect(bob.heard().join(' ')).toContain('@ann is reported and blocked');
    expect((await town.paymentOf(ann)).state).toBe('refunded');
  });
});
