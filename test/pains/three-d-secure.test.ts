// Pain: 3-D Secure in a webview that hangs, never closes or fails in silence. The real page, a way back, and the thread goes on.
import { describe, expect, it } from 'vitest';
import { buildMessage } from '../../lambdas/adapters/messenger/build-message.ts';
import { aDraft, annAndBob, minuteMs, moved } from '../builders/scenes.ts';

/** Confirmed, and sent to the bank. */
async function atTheBank() {
  const scene = await aDraft(await annAndBob(), 'pm_card_authenticationRequired');
  const payUrl = scene.ann.link('Review and pay');
  const bankUrl = await scene.ann.pays();
  const returnUrl = `https://tender.example/pay/${scene.payment.id}/return`;
  return { ...scene, payUrl, bankUrl, returnUrl };
}

describe('the check of the bank', () => {
  it('is on the bank’s own page, by redirect: no card field and no frame of ours (stripe/stripe-android#2493)', async () => {
    const { ann, payUrl, bankUrl } = await atTheBank();

    const page = await ann.opens(payUrl);
    const answer = await ann.submits(payUrl);

    expect(answer).toEqual({ kind: 'redirect', to: bankUrl });
    expect(page).not.toMatch(/<iframe|<script|autocomplete="cc-/u);
  });

  it('leads back to a page of ours that says how it ended (stripe/stripe-react-native#703, stripe/stripe-react-native#1545)', async () => {
    const { town, ann, bankUrl, returnUrl } = await atTheBank();
    town.provider.hands.answerAction(bankUrl, true);

    expect(await ann.opens(returnUrl)).toContain('Paid');
  });

  it('that was not passed is said, on the page and in the thread, with another try (stripe/stripe-ios#4800)', async () => {
    const { town, ann, bankUrl, returnUrl } = await atTheBank();
    town.provider.hands.answerAction(bankUrl, false);

    expect(await ann.opens(returnUrl)).toContain('Not paid');
    await town.settle();

    expect(ann.heard().at(-1)).toContain('Your bank could not check that it was you.');
    expect(ann.payload('Try again')).not.toBe('');
    expect(moved(town)).toEqual([]);
  });

  it('goes on in the thread, though the page never closes or is closed too soon (hubtype/botonic#2826)', async () => {
    const { town, ann, bankUrl } = await atTheBank();
    town.holdEvents();
    town.provider.hands.answerAction(bankUrl, true);

    await town.later(10 * minuteMs);

    expect(moved(town)).toContain('charge');
    expect(ann.heard().join(' ')).toContain('charged to your Visa');
  });
});

it('a link opens on every device: a plain link, without Messenger’s extensions (howdyai/botkit#650, fbsamples/messenger-bot-samples#1)', async () => {
  const { ann } = await aDraft(await annAndBob());
  const links = ann
    .replies()
    .map((reply) => JSON.stringify(buildMessage(reply, 'm_1:1')))
    .filter((message) => message.includes('web_url'));

  expect(links.length).toBeGreaterThan(0);
  for (const message of links) {
    expect(message).toContain('https://tender.example/');
    expect(message).not.toMatch(/messenger_extensions|fallback_url/u);
  }
});
