// The pages as people and attackers meet them: nothing typed by others becomes HTML, every form survives without its fields.
import { describe, expect, it } from 'vitest';
import type { PaymentState } from '../../lambdas/domain/payments/payment.ts';
import { paymentSteps } from '../../lambdas/domain/payments/payment-steps.ts';
import { html, type Html } from '../../web/html.ts';
import { paymentStatePage } from '../../web/payment-state-page.ts';
import { aDraft, annAndBob, annAndBobNotSetUp, moved } from '../builders/scenes.ts';
import { openTown, somePin } from '../builders/town.ts';

const hostile = `"><img src=x onerror=alert(1)>'&<script>alert(1)</script>`;

function expectHarmless(page: string): void {
  expect(page).not.toMatch(/<img|<script|onerror=alert\(1\)>(?!&)/u);
}

describe('html', () => {
  it('escapes every value that is not HTML itself', () => {
    const inner: Html = html`<b>${hostile}</b>`;
    const { text } = html`<p title="${hostile}">${inner}${[inner, inner]}${7}${undefined}</p>`;

    expect(text).toBe(html`<p title="${hostile}">${inner}${inner}${inner}7</p>`.text);
    expectHarmless(text);
    expect(text).toContain('&lt;script&gt;');
    expect(text).not.toContain(`"${hostile}`);
  });
});

describe('the pay page', () => {
  it('shows hostile names and notes as text', async () => {
    const town = openTown();
    const ann = await town.member('Ann Archer', 'ann');
    const eve = town.person({ name: `Eve ${hostile}` });
    await eve.does({ kind: 'postback', payload: 'v1:start' });
    await eve.taps('I agree');
    await eve.says('@eve');
    await ann.says(`send $20 to @eve for ${hostile}`);
    if ((await town.payments()).length === 0) await ann.says('send $20 to @eve for <b>lunch</b>');

    const page = await ann.opens(ann.link('Review and pay'));

    expect(page).toContain('Send to ');
    expect(page).not.toContain('<b>lunch');
    expectHarmless(page);
  });

  it('says what is missing when its form comes without fields, and charges nothing', async () => {
    const { town, ann } = await aDraft(await annAndBob());
    const url = ann.link('Review and pay');

    expect(await ann.submits(url)).toMatchObject({ status: 422 });
    const [card] = (await ann.member()).instruments;
    expect(await ann.submits(url, { instrument: card?.id ?? '' })).toMatchObject({
      status: 422,
      html: expect.stringContaining('Choose a PIN first.'),
    });
    expect(moved(town)).toEqual([]);
  });

  it('says that the provider is quiet when it is, and works a moment later', async () => {
    const { town, ann } = await annAndBob();
    await ann.says('send $20 to @bob');
    town.provider.failNext('saveInstrument', 'lost_before');
    const url = ann.link('Review and pay');

    expect(await ann.submits(`${url}/card`)).toMatchObject({ status: 502 });
    expect(await ann.pays()).toContain('Paid');
  });

  it('comes back from nowhere with nothing to see', async () => {
    const { ann } = await annAndBob();
    for (const token of ['pay_nothing', 'pay_<b>', 'nonsense', 'pay_'])
      expect(await ann.visits(`https://tender.example/pay/${token}/return`)).toMatchObject({
        status: 404,
      });
  });
});

describe('the page of a payment that is on its way', () => {
  const states = [...new Set<PaymentState>(Object.values(paymentSteps).map(({ to }) => to))];

  it.each(states)('says how it stands, and nothing that a stranger could use: %s', (state) => {
    const page = paymentStatePage({ state, reason: 'expired_card' }, { pageId: '1000' });

    expect(page).toMatchObject({ kind: 'page', status: 200 });
    const text = (page.kind === 'page' ? page.html : '').split('<main>')[1] ?? '';
    expect(text).toMatch(/<h1>[^<]{4,}<\/h1>\n<p>[^<]{10,}<\/p>/u);
    expect(text).not.toMatch(/\$|•|pay_|@/u);
    expect(text.includes('The card has expired.')).toBe(state === 'declined');
  });
});

describe('the settings page', () => {
  async function atSettings() {
    const scene = await annAndBob();
    await scene.ann.says('settings');
    return { ...scene, url: scene.ann.link('Open settings') };
  }

  it.each([
    {},
    { do: 'nonsense' },
    { do: 'pin' },
    { do: 'preferences' },
    { do: 'preferences', currency: 'XXX' },
  ])('changes nothing for a form that makes no sense: %j', async (form) => {
    const { ann, url } = await atSettings();
    const before = await ann.member();

    expect(await ann.submits(url, { ...form })).toMatchObject({ status: 422 });

    expect(await ann.member()).toEqual(before);
  });

  it('adds and removes a card; removing what is not there does nothing', async () => {
    const { ann, url } = await atSettings();
    await ann.addsCard(url, 'pm_card_mastercard');
    expect(await ann.opens(url)).toContain('Mastercard •• 4444');

    await ann.submits(url, { do: 'remove_card', card: 'pm_of_somebody' });
    expect((await ann.member()).instruments).toHaveLength(1);
    await ann.submits(url, {
      do: 'remove_card',
      card: (await ann.member()).instruments[0]?.id ?? '',
    });
    expect((await ann.member()).instruments).toEqual([]);
  });

  it('chooses a PIN, and changes it only for whoever knows the old one', async () => {
    const { ann, url } = await atSettings();
    const save = (pin: string, newPin: string, newPinAgain = newPin) =>
      ann.submits(url, { do: 'pin', pin, newPin, newPinAgain });

    expect(await save('', somePin, '258014')).toMatchObject({ status: 422 });
    expect(await save('', somePin)).toMatchObject({
      html: expect.stringContaining('Your PIN is saved'),
    });
    expect(await save('999990', '135799')).toMatchObject({
      html: expect.stringContaining('not right'),
    });
    expect(await save(somePin, '111111')).toMatchObject({
      html: expect.stringContaining('too easy'),
    });
    expect(await save(somePin, '135799', '135798')).toMatchObject({ status: 422 });
    expect(await save(somePin, '135799')).toMatchObject({
      html: expect.stringContaining('Your PIN is saved'),
    });
    expect(await save(somePin, '135799')).toMatchObject({
      html: expect.stringContaining('not right'),
    });
  });
});

describe('the payout page', () => {
  it('leads to the provider by a fresh page each time, and back', async () => {
    const { ann } = await annAndBobNotSetUp();
    await ann.says('who am i');
    const url = ann.link('Set up payouts');

    expect(await ann.opens(url)).toContain('Where shall we pay it?');
    const first = await ann.submits(url);
    const second = await ann.submits(url);
    expect(first.kind).toBe('redirect');
    expect(second).not.toEqual(first);
    expect(await ann.opens(`${url}/return`)).toContain('Stripe still needs something');
    await ann.setsUpPayouts('Set up payouts');
    expect(await ann.opens(url)).toContain('You are set up');
    expect(await ann.submits(url)).toMatchObject({
      html: expect.stringContaining('You are set up'),
    });
  });

  it('says that the provider is quiet when it is', async () => {
    const { town, ann } = await annAndBobNotSetUp();
    await ann.says('who am i');
    town.provider.failNext('onboardRecipient', 'lost_after');

    expect(await ann.submits(ann.link('Set up payouts'))).toMatchObject({ status: 502 });
    await ann.setsUpPayouts('Set up payouts');

    expect((await ann.member()).recipientAccount?.status).toBe('ready');
  });

  it('returned to without having begun begins', async () => {
    const { ann } = await annAndBobNotSetUp();
    await ann.says('who am i');
    const url = ann.link('Set up payouts');

    expect(await ann.opens(`${url}/return`)).toBe(url);
  });
});

describe('the terms', () => {
  it('say what the stage does', async () => {
    const { ann } = await annAndBob({ settings: { undoSeconds: 120, claimDays: 3 } });

    const page = await ann.opens('https://tender.example/terms');

    expect(page).toContain('2 minutes');
    expect(page).toContain('3 days');
  });
});
