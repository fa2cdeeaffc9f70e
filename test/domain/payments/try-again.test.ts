// "Try again" after a card was declined: the same terms once more, for the payer alone, and once.
import { describe, expect, it } from 'vitest';
import { aDraft, annAndBob, aHeldPayment, moved } from '../../builders/scenes.ts';

async function declined() {
  const scene = await aDraft(await annAndBob(), 'pm_card_chargeDeclined');
  await scene.ann.pays();
  return { ...scene, payload: scene.ann.payload('Try again') };
}

const nothing = 'There is nothing to try again. Write “activity” to see your payments.';

describe('trying again', () => {
  it('is the same payment with the same note, under an id of its own', async () => {
    const { town, ann, bob, payment } = await declined();

    await ann.taps('Try again');

    const again = await town.paymentOf(ann);
    expect(again.id).not.toBe(payment.id);
    expect(again).toMatchObject({
      state: 'draft',
      note: 'lunch',
      amount: payment.amount,
      payee: { kind: 'person', personId: await bob.id() },
    });
  });

  it('of one without a note has none', async () => {
    const { town, ann } = await annAndBob();
    await ann.says('send $20 to @bob');
    await ann.pays({ card: 'pm_card_chargeDeclined' });
    await ann.taps('Try again');

    expect(await town.paymentOf(ann)).not.toHaveProperty('note');
  });

  it('twice is once, and a third time is told where to go', async () => {
    const { town, ann, payload } = await declined();
    await ann.taps('Try again');
    const again = await town.paymentOf(ann);
    await ann.does({ kind: 'postback', payload });
    expect(ann.heard().at(-1)).toContain('Send $20.00 to Bob Stone');
    expect((await town.paymentOf(ann)).id).toBe(again.id);

    await ann.pays({ card: 'pm_card_visa' });
    await ann.does({ kind: 'postback', payload });
    expect(ann.heard().at(-1)).toContain('You have tried this one again already.');
    expect(moved(town)).toEqual(['charge']);
  });

  it('is the payer’s alone', async () => {
    const { town, bob, payload } = await declined();
    await bob.does({ kind: 'postback', payload });

    expect(bob.heard().at(-1)).toBe(nothing);
    expect(await town.payments()).toHaveLength(1);
  });

  it('of one that was not declined is nothing', async () => {
    const { town, ann, payment } = await aHeldPayment(await annAndBob());
    const { payload } = await declined();
    const verb = payload.slice(0, payload.indexOf('pay_'));
    await ann.does({ kind: 'postback', payload: `${verb}${payment.id}` });

    expect(ann.heard().at(-1)).toBe(nothing);
    expect(await town.payments()).toHaveLength(1);
  });
});
