// The payer's bank wants to see them: gone there and back, refused, left open, or finished with our page closed.
import { describe, expect, it } from 'vitest';
import {
  aDraft,
  annAndBob,
  hourMs,
  minuteMs,
  moved,
  type SceneWithPayment,
  secondMs,
  stepsOf,
} from '../../builders/scenes.ts';

const asksThePayer = 'pm_card_authenticationRequired';

/** Confirmed, and sent to the bank's page. */
async function atTheBank(
  card:
    | 'pm_card_authenticationRequired'
    | 'pm_card_threeDSecureRequiredChargeDeclined' = asksThePayer,
): Promise<SceneWithPayment & { bankUrl: string; payUrl: string; returnUrl: string }> {
  const scene = await annAndBob();
  const { payment } = await aDraft(scene, card);
  const payUrl = scene.ann.link('Review and pay');
  const bankUrl = await scene.ann.pays();
  expect(bankUrl).toMatch(/^https:\/\/provider\.test\/action\//);
  return {
    ...scene,
    payment,
    bankUrl,
    payUrl,
    returnUrl: `https://tender.example/pay/${payment.id}/return`,
  };
}

describe('3-D Secure', () => {
  it('passed and come back: held at once, charged once, told once', async () => {
    const { town, ann, bankUrl, returnUrl } = await atTheBank();
    expect(moved(town)).toEqual([]);
    town.holdEvents();
    town.provider.hands.answerAction(bankUrl, true);

    expect(await ann.opens(returnUrl)).toContain('Paid');
    await town.settle();

    expect(await town.paymentOf(ann)).toMatchObject({ state: 'held' });
    await town.letEventsIn();
    expect(ann.heard().filter((each) => each.includes('charged to'))).toHaveLength(1);
    expect(moved(town)).toEqual(['charge']);
    await town.checkBooks();
  });

  it('passed, and the bank takes its time: asked less and less often, nobody is reminded, and a person looks in the end', async () => {
    const { town, ann, payment } = await atTheBank();
    for (const intent of town.provider.books.intents.values())
      intent.answer = { kind: 'pending', intentId: intent.id };

    await town.later(10 * minuteMs);
    const first = await town.paymentOf(ann);
    expect(first).toMatchObject({ state: 'needs_action', asked: 1 });
    expect(first.dueAtMs).toBeGreaterThan(payment.createdAtMs + 10 * minuteMs);
    await town.untilNothingIsDue();

    expect(await town.paymentOf(ann)).toMatchObject({
      id: payment.id,
      state: 'review',
      reason: 'action_never_ended',
    });
    const steps = await stepsOf(town, ann);
    expect(steps).not.toContain('action_reminded');
    expect(steps.filter((each) => each === 'action_asked')).toHaveLength(8);
  });

  it('passed with our page closed: the event alone moves it on', async () => {
    const { town, ann, bankUrl } = await atTheBank();

    town.provider.hands.answerAction(bankUrl, true);
    await town.settle();

    expect(ann.heard().at(-1)).toContain('charged to your Visa •• 3184');
  });

  it('passed, and the event was lost: found by the next look', async () => {
    const { town, ann, bankUrl } = await atTheBank();
    town.holdEvents();
    town.provider.hands.answerAction(bankUrl, true);

    await town.later(10 * minuteMs);
    await town.later(10 * secondMs);

    expect(moved(town)).toEqual(['charge', 'payout']);
    expect(ann.heard().some((each) => each.includes('still wants to check'))).toBe(false);
  });

  it('not passed: nothing is charged, and it can be tried again', async () => {
    const { town, ann, bankUrl, returnUrl } = await atTheBank();
    town.provider.hands.answerAction(bankUrl, false);

    expect(await ann.opens(returnUrl)).toContain('Not paid');
    await town.settle();

    expect(ann.heard().at(-1)).toContain('Your bank could not check that it was you.');
    await ann.taps('Try again');
    expect(ann.heard().at(-1)).toContain('Send $20.00 to Bob Stone (@bob)');
    expect(moved(town)).toEqual([]);
  });

  it('passed, and then the card is declined', async () => {
    const { town, ann, bankUrl, returnUrl } = await atTheBank(
      'pm_card_threeDSecureRequiredChargeDeclined',
    );
    town.provider.hands.answerAction(bankUrl, true);

    expect(await ann.opens(returnUrl)).toContain('Nothing was charged');
    await town.settle();

    expect(await town.paymentOf(ann)).toMatchObject({ state: 'declined', reason: 'generic' });
    expect(moved(town)).toEqual([]);
    await town.checkBooks();
  });

  it('left open: reminded after ten minutes, given up an hour later, and then nothing can be charged any more', async () => {
    const { town, ann, bankUrl } = await atTheBank();

    await town.later(10 * minuteMs);
    expect(ann.heard().at(-1)).toContain('Your bank still wants to check that it is you');
    await town.later(hourMs);

    expect(await town.paymentOf(ann)).toMatchObject({ state: 'declined', reason: 'not_finished' });
    expect(ann.heard().at(-1)).toContain('The check by your bank was not finished.');
    town.provider.hands.answerAction(bankUrl, true);
    await town.settle();
    expect(moved(town)).toEqual([]);
    await town.checkBooks();
  });

  it('given up is told at once, though no event comes and no look is answered', async () => {
    const { town, ann } = await atTheBank();
    town.holdEvents();
    await town.later(10 * minuteMs);
    for (let look = 0; look < 2; look += 1) town.provider.failNext('lookUp.charge', 'lost_before');

    await town.later(hourMs);

    expect(await town.paymentOf(ann)).toMatchObject({ state: 'declined', reason: 'not_finished' });
  });

  it('closed and opened again from the chat: the same page leads back to the bank', async () => {
    const { town, ann, bankUrl, payUrl } = await atTheBank();

    expect(await ann.opens(payUrl)).toContain('Your bank wants to check that it is you');
    expect(await ann.submits(payUrl)).toEqual({ kind: 'redirect', to: bankUrl });
    await town.later(10 * minuteMs);
    expect(await ann.submits(ann.link('Finish the check'))).toEqual({
      kind: 'redirect',
      to: bankUrl,
    });
    expect(moved(town)).toEqual([]);
  });

  it('passed at the moment when it is given up: charged, and held', async () => {
    const { town, ann, bankUrl } = await atTheBank();
    await town.later(10 * minuteMs);
    town.holdEvents();
    town.provider.hands.answerAction(bankUrl, true);

    await town.later(hourMs);

    expect((await town.paymentOf(ann)).state).toBe('held');
    expect(moved(town)).toEqual(['charge']);
  });

  describe('passed at that moment, and', () => {
    /** Reminded once, and passed without our hearing of it. */
    async function passedUnheard() {
      const scene = await atTheBank();
      await scene.town.later(10 * minuteMs);
      scene.town.holdEvents();
      scene.town.provider.hands.answerAction(scene.bankUrl, true);
      return scene;
    }

    it('another amount was taken: held by nobody, and looked at by a person', async () => {
      const { town, ann } = await passedUnheard();
      const { intents } = town.provider.books;
      for (const [id, intent] of intents)
        intents.set(id, { ...intent, total: { ...intent.total, minor: 777 } });
      // The look before it is given up is the one that does not hear of it.
      town.provider.failNext('lookUp.charge', 'lost_before');

      await town.later(hourMs);

      expect(await town.paymentOf(ann)).toMatchObject({
        state: 'review',
        reason: 'amount_mismatch',
      });
    });

    it('how much was taken is not told: asked again, and held then', async () => {
      const { town, ann } = await passedUnheard();
      town.provider.failNext('lookUp.charge', 'lost_before');
      town.provider.failNext('lookUp.charge', 'lost_before');

      await town.later(hourMs);
      expect((await town.paymentOf(ann)).state).toBe('needs_action');
      await town.later(hourMs);

      expect((await town.paymentOf(ann)).state).toBe('held');
      expect(moved(town)).toEqual(['charge']);
    });
  });

  it('asked for by a charge whose answer was lost: the payer gets the way to the bank in the thread', async () => {
    const scene = await annAndBob();
    await aDraft(scene, asksThePayer);
    scene.town.provider.failNext('charge', 'lost_after');

    expect(await scene.ann.pays()).toContain('We are finding out');
    await scene.town.later(30 * secondMs);

    expect(scene.ann.link('Finish the check')).toContain('/pay/');
    expect(await scene.town.paymentOf(scene.ann)).toMatchObject({ state: 'needs_action' });
  });

  it('does not take the reminder away that the recipient gets later', async () => {
    const { town, ann, bankUrl } = await atTheBank();
    const zoe = await town.member('Zoe Hill', 'zoe');
    town.provider.hands.answerAction(bankUrl, true);
    await town.settle();
    await ann.says('send $20 to @zoe');
    await ann.pays();
    await town.later(10 * minuteMs);
    const again = await ann.submits(ann.link('Finish the check'));
    town.provider.hands.answerAction(again.kind === 'redirect' ? again.to : '', true);
    await town.settle();

    await town.later(5 * 24 * hourMs);

    expect(zoe.heard().at(-1)).toContain('still waits for you');
    expect(await stepsOf(town, ann)).toContain('claim_reminded');
  });

  it('can be left alone by whoever wants to cancel: nothing is charged then', async () => {
    const { ann } = await atTheBank();

    await ann.taps('Cancel');

    expect(ann.heard().at(-1)).toContain('Your bank waits for you to say yes');
  });
});
