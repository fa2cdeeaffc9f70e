// Links are keys: short-lived, used up by their action, tied to the browser that first acted, and good for one thing only.
import { describe, expect, it } from 'vitest';
import { bindLink, useUpLink } from '../../../lambdas/domain/links/open-link.ts';
import { confirmPay } from '../../../web/pay.ts';
import {
  aDraft,
  annAndBob,
  annAndBobNotSetUp,
  dayMs,
  hourMs,
  minuteMs,
  moved,
} from '../../builders/scenes.ts';
import { somePin } from '../../builders/town.ts';

const otherBrowser = 'o'.repeat(43);

async function aPayLink() {
  const scene = await aDraft(await annAndBob());
  const [card] = (await scene.ann.member()).instruments;
  const form = { instrument: card?.id ?? '', newPin: somePin, newPinAgain: somePin };
  return { ...scene, url: scene.ann.link('Review and pay'), form };
}

describe('a link', () => {
  it('changes nothing by being looked at, whoever looks: previews and crawlers do', async () => {
    const { town, ann, bob } = await aPayLink();
    await ann.says('send $21 to @bob');
    const url = ann.link('Review and pay');
    const payment = await town.paymentOf(ann);
    const before = await town.world.links.get(
      town.world.tokens.fingerprint(url.split('/').at(-1) ?? ''),
    );

    for (const browser of [undefined, otherBrowser]) {
      expect(await ann.opens(url, browser)).toContain('$21.00');
      await bob.opens(`${url}/card?setup=cs_1`, browser);
    }

    expect(await town.world.links.get(before?.fingerprint ?? '')).toEqual(before);
    expect(await town.paymentOf(ann)).toEqual(payment);
    expect(moved(town)).toEqual([]);
  });

  it('runs out', async () => {
    const { town, ann, url, form } = await aPayLink();
    town.pass(hourMs);

    expect(await ann.visits(url)).toMatchObject({
      status: 410,
      html: expect.stringContaining('has run out'),
    });
    expect(await ann.submits(url, form)).toMatchObject({ status: 410 });
    expect(await ann.submits(`${url}/card`)).toMatchObject({ status: 410 });
    expect(moved(town)).toEqual([]);
  });

  it('is used up by its action: reloading shows how it went, and charges nothing', async () => {
    const { town, ann, url, form } = await aPayLink();
    expect(await ann.submits(url, form)).toMatchObject({ html: expect.stringContaining('Paid') });

    expect(await ann.submits(url, form)).toMatchObject({ html: expect.stringContaining('Paid') });
    expect(await ann.opens(url)).toContain('Paid');
    expect(await ann.submits(`${url}/card`)).toMatchObject({ status: 410 });
    expect(moved(town)).toEqual(['charge']);
  });

  it('works only in the browser that acted with it first', async () => {
    const { town, ann, bob, url, form } = await aPayLink();
    await ann.submits(url, { instrument: 'none' });

    expect(await bob.submits(url, form)).toMatchObject({ status: 403 });
    expect(await bob.opens(url)).toContain('was opened elsewhere');
    expect(await ann.visits(url, undefined)).toMatchObject({ status: 403 });
    expect(await ann.submits(url, form)).toMatchObject({ html: expect.stringContaining('Paid') });
    expect(moved(town)).toEqual(['charge']);
  });

  it('used by two browsers at once lets one of them act', async () => {
    const { town, ann, url, form } = await aPayLink();
    // The card was added in Ann's own browser: a fresh link is nobody's yet.
    await ann.says('send $21 to @bob');
    const fresh = ann.link('Review and pay');
    expect(fresh).not.toBe(url);

    const answers = await Promise.all([
      ann.submits(fresh, form, 'a'.repeat(43)),
      ann.submits(fresh, form, otherBrowser),
    ]);

    expect(answers.filter((each) => each.kind === 'page' && each.status === 403)).toHaveLength(1);
    expect(moved(town)).toEqual(['charge']);
  });

  it('stays a key for a client that keeps no cookies', async () => {
    const { town, ann, form } = await aPayLink();
    await ann.says('send $21 to @bob');
    const { world } = town;
    const token = ann.link('Review and pay').split('/').at(-1) ?? '';

    await confirmPay(
      { ...world, providerOrigins: [] },
      { method: 'POST', token, browser: undefined, query: {}, form: new URLSearchParams(form) },
    );

    expect(moved(town)).toEqual(['charge']);
  });

  it.each(['', 'x', 'token1', '../../etc/passwd', '<script>', 'ü'.repeat(43), 'a'.repeat(5000)])(
    'that is made up (%#) opens nothing',
    async (token) => {
      const { ann } = await annAndBob();

      for (const room of ['pay', 'payout', 'settings'])
        expect(
          await ann.visits(`https://tender.example/${room}/${encodeURIComponent(token) || '-'}`),
        ).toMatchObject({ status: 404 });
    },
  );

  it('for one thing opens no other', async () => {
    const { ann } = await annAndBobNotSetUp();
    await ann.says('who am i');
    await ann.says('settings');
    await ann.says('send $20 to @bob');
    const tokens = {
      pay: ann.link('Review and pay').split('/').at(-1),
      payout: ann.link('Set up payouts').split('/').at(-1),
      settings: ann.link('Open settings').split('/').at(-1),
    };

    for (const [room, own] of Object.entries(tokens))
      for (const token of Object.values(tokens)) {
        const answer = await ann.visits(`https://tender.example/${room}/${token}`);
        expect(answer).toMatchObject({ status: token === own ? 200 : 404 });
      }
  });

  it('lives as long as its purpose allows', async () => {
    const { town, ann } = await annAndBobNotSetUp();
    await ann.says('who am i');
    await ann.says('settings');
    const payout = ann.link('Set up payouts');
    const settings = ann.link('Open settings');

    town.pass(15 * minuteMs);
    expect(await ann.visits(settings)).toMatchObject({ status: 410 });
    expect(await ann.visits(payout)).toMatchObject({ status: 200 });
    town.pass(7 * dayMs);
    expect(await ann.visits(payout)).toMatchObject({ status: 410 });
  });

  it('is kept as its fingerprint alone', async () => {
    const { town, url } = await aPayLink();
    const token = url.split('/').at(-1) ?? '';

    expect(await town.world.links.get(token)).toBeUndefined();
    const link = await town.world.links.get(town.world.tokens.fingerprint(token));
    expect(JSON.stringify(link)).not.toContain(token);
  });

  it('used up and bound at the same moment stays both', async () => {
    const { town, url } = await aPayLink();
    const fingerprint = town.world.tokens.fingerprint(url.split('/').at(-1) ?? '');
    const link = await town.world.links.get(fingerprint);
    if (link === undefined) throw new Error('The link is not there.');

    await Promise.all([useUpLink(town.world, link), bindLink(town.world, link, otherBrowser)]);

    expect(await town.world.links.get(fingerprint)).toMatchObject({
      usedAtMs: town.world.clock.now(),
    });
  });
});
