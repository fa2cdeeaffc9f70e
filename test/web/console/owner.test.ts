// What only an owner does: how the shop sells, where it is paid, who is in its team.
import { describe, expect, it } from 'vitest';
import { hiddenIn, openCounter } from './counter.ts';

const hostile = `"><img src=x onerror=alert(1)>'&<script>alert(1)</script>`;
const ownersOnly = ['/console/settings', '/console/payouts', '/console/team'];

async function asOwner(changes: Parameters<typeof openCounter>[0] = {}) {
  const counter = openCounter(changes);
  const { browser, person } = await counter.signedIn('owner');
  return { counter, browser, person };
}

describe('staff and readers', () => {
  it.each(['staff', 'reader'] as const)(
    '(%s) get none of it, and are shown no way there',
    async (role) => {
      const counter = openCounter();
      const { browser } = await counter.signedIn(role);
      const orders = (await browser.gets('/console/orders')).html;
      const before = await counter.currentShop();

      for (const path of ownersOnly) {
        expect(orders).not.toContain(`href="${path}"`);
        expect((await browser.gets(path)).status).toBe(403);
        for (const act of ['pause', 'onboard', 'invite', 'remove']) {
          const form = { ...hiddenIn(orders), do: act, role: 'owner' };
          expect((await browser.posts(path, { form })).status).toBe(403);
        }
      }
      expect(await counter.currentShop()).toEqual(before);
    },
  );
});

describe('the settings', () => {
  const path = '/console/settings';

  it('pause the shop and open it again, and every page says so', async () => {
    const { counter, browser } = await asOwner();

    await browser.submits(path, { do: 'pause' });
    expect((await counter.currentShop()).isPaused).toBe(true);
    expect((await browser.gets('/console/orders')).html).toContain('The shop is paused');

    await browser.submits(path, { do: 'open' });
    expect((await counter.currentShop()).isPaused).toBe(false);
  });

  it('keep each section as it is written', async () => {
    const { counter, browser } = await asOwner({ hours: [[], [], [], [], [], [], []] });
    const usd = (minor: number) => ({ minor, currency: 'USD' });

    for (const form of [
      { do: 'hours', day1: '8-12, 13-18', day0: 'closed' },
      { do: 'brands', brand: 'mastercard' },
      {
        do: 'handover',
        pickUp: 'yes',
        shippingName0: 'By post',
        shippingPrice0: '6',
        shippingName1: 'By bike',
        shippingPrice1: '0',
        shipsTo: 'us, ca',
      },
      { do: 'tax', taxPercent: '8.875' },
      { do: 'tips', tips: '20, 10 15%' },
      { do: 'promotions', promotions: 'BEANS10 10%' },
    ])
      expect((await browser.submits(path, form)).to).toBe(`${path}?done=saved`);

    const shop = await counter.currentShop();
    expect(shop).toMatchObject({
      acceptedBrands: ['mastercard'],
      offersPickUp: true,
      shipsTo: ['US', 'CA'],
      taxPercent: 8.875,
      tips: [10, 15, 20],
      promotions: [{ code: 'BEANS10', off: { kind: 'percent', percent: 10 } }],
    });
    expect(shop.hours).toEqual([
      [],
      [
        { from: 480, to: 720 },
        { from: 780, to: 1080 },
      ],
      [],
      [],
      [],
      [],
      [],
    ]);
    // An option keeps its id while it keeps its name: open bills refer to it.
    expect(shop.shipping).toEqual([
      { id: 'post', name: 'By post', price: usd(600) },
      { id: expect.stringMatching(/^shi_/u), name: 'By bike', price: usd(0) },
    ]);
    expect((await browser.gets(path)).html).toContain('8:00-12:00, 13:00-18:00');
  });

  it.each([
    [{ do: 'hours', day3: '18-8' }, 'Wednesday: Hours must end later'],
    [{ do: 'hours', day3: hostile }, 'Wednesday: '],
    [{ do: 'brands' }, 'Choose one brand at least'],
    [{ do: 'brands', brand: 'diners' }, 'Choose one brand at least'],
    [{ do: 'handover' }, 'or nobody can get what they buy'],
    [{ do: 'handover', shippingName0: 'Post', shippingPrice0: '5' }, 'countries that you ship to'],
    [{ do: 'handover', shippingName0: 'Post', shippingPrice0: 'x' }, 'is not an amount'],
    [{ do: 'handover', pickUp: 'yes', shipsTo: 'US, Mars' }, '“MARS” is no country code'],
    [{ do: 'tax', taxPercent: '51' }, 'from 0 to 50'],
    [{ do: 'tax', taxPercent: '1e1' }, 'from 0 to 50'],
    [{ do: 'tips', tips: '10, 15, 20, 25, 30' }, 'up to four percentages'],
    [{ do: 'tips', tips: '0' }, 'up to four percentages'],
    [{ do: 'promotions', promotions: 'FREE 100.5%' }, 'more than 0 and at most 100'],
    [{ do: 'nonsense' }, 'Nothing was done'],
    [{ do: 'constructor' }, 'Nothing was done'],
  ])('save nothing for %j, and say why', async (form, why) => {
    const { counter, browser } = await asOwner();
    const before = await counter.currentShop();

    const answer = await browser.submits(path, { ...form });

    expect(answer.status).toBe(422);
    expect(answer.html).toContain(why);
    expect(answer.html).not.toContain('<img src=x');
    expect(await counter.currentShop()).toEqual(before);
  });

  it('of two owners at once are both kept, where they touch different things', async () => {
    const { counter, browser } = await asOwner();
    const other = await counter.signedIn('owner', 'Kim Crema');

    await Promise.all([
      browser.submits(path, { do: 'tax', taxPercent: '5' }),
      other.browser.submits(path, { do: 'tips', tips: '12' }),
    ]);

    expect(await counter.currentShop()).toMatchObject({ taxPercent: 5, tips: [12] });
  });
});

describe('payouts', () => {
  const path = '/console/payouts';

  it('begin at the provider, and are ready only when the provider says so', async () => {
    const counter = openCounter();
    const { account: _none, ...shop } = counter.shop;
    await counter.world.shops.create(counter.shop);
    await counter.world.shops.save({ ...shop, version: 2 }, counter.shop);
    const { browser } = await counter.signedIn('owner');
    expect((await browser.gets(path)).html).toContain('Not begun yet');

    const begun = await browser.submits(path, { do: 'onboard' });
    expect(begun.to).toBe('https://connect.stripe.com/setup/1');
    expect((await counter.currentShop()).account).toMatchObject({ status: 'started' });

    counter.provider.answers.lookUp = {
      ...counter.provider.lookUp,
      merchant: async () => ({
        kind: 'found',
        thing: { status: 'started', missing: ['individual.id_number'] },
      }),
    };
    await browser.gets(`${path}/return`);
    const waiting = (await browser.gets(path)).html;
    expect(waiting).toContain('Not finished yet');
    expect(waiting).toContain('individual id number');
    expect((await browser.gets('/console/orders')).html).toContain('cannot be paid yet');

    delete counter.provider.answers.lookUp;
    await browser.submits(path, { do: 'refresh' });
    expect((await browser.gets(path)).html).toContain('<h2>Ready</h2>');
  });

  it('say that the provider is quiet, or does not want the shop', async () => {
    const { counter, browser } = await asOwner();
    counter.provider.answers.onboardMerchant = async () => ({ kind: 'unknown', why: 'timeout' });
    expect((await browser.submits(path, { do: 'onboard' })).html).toContain('does not answer');

    counter.provider.answers.onboardMerchant = async () => ({ kind: 'declined', why: 'country' });
    expect((await browser.submits(path, { do: 'onboard' })).html).toContain('does not open');
  });

  it('lead nowhere that is not safe', async () => {
    const { counter, browser } = await asOwner();
    counter.provider.answers.onboardMerchant = async () => ({
      kind: 'done',
      accountId: 'acct_1',
      url: 'javascript:alert(1)',
    });

    expect(await browser.submits(path, { do: 'onboard' })).toMatchObject({
      status: 500,
      to: undefined,
    });
  });
});

describe('the team', () => {
  const path = '/console/team';

  it('is joined by a code that is shown once and kept as its fingerprint', async () => {
    const { counter, browser } = await asOwner();

    const shown = (await browser.submits(path, { do: 'invite', role: 'staff' })).html;
    const code = /join ([a-z0-9]{16})</u.exec(shown)?.[1] ?? '';

    expect(code).toMatch(/\d/u);
    const { invites = [] } = await counter.currentShop();
    expect(invites).toMatchObject([
      { role: 'staff', fingerprint: counter.world.tokens.fingerprint(code) },
    ]);
    expect((await browser.gets(path)).html).not.toContain(code);
    const withdrawn = { do: 'revoke', invite: invites[0]?.fingerprint ?? '' };
    await browser.submits(path, withdrawn);
    expect((await counter.currentShop()).invites).toEqual([]);
  });

  it('holds ten codes at most, and none without a role', async () => {
    const { counter, browser } = await asOwner();
    for (let made = 0; made < 12; made += 1)
      await browser.submits(path, { do: 'invite', role: 'reader' });
    expect((await counter.currentShop()).invites).toHaveLength(10);

    expect((await browser.submits(path, { do: 'invite', role: 'boss' })).status).toBe(422);
    expect((await counter.currentShop()).invites).toHaveLength(10);
  });

  it('has its roles changed and its members removed, at once', async () => {
    const { counter, browser } = await asOwner();
    const kim = await counter.signedIn('staff', `Kim ${hostile}`);
    expect((await browser.gets(path)).html).not.toContain('<img src=x');

    await browser.submits(path, { do: 'role', role: 'reader', person: kim.person.id });
    const order = await counter.order();
    const at = `/console/orders/${order.id}`;
    expect((await kim.browser.submits(at, { do: 'preparing' })).status).toBe(403);

    await browser.submits(path, { do: 'remove', person: kim.person.id });
    expect((await kim.browser.gets('/console/orders')).status).toBe(401);
    expect((await counter.currentShop()).team).toHaveLength(1);
  });

  it('never loses its last owner, also when two remove each other at once', async () => {
    const { counter, browser, person } = await asOwner();
    for (const form of [
      { do: 'remove', person: person.id },
      { do: 'role', role: 'staff', person: person.id },
    ])
      expect((await browser.submits(path, form)).html).toContain('A shop needs an owner');

    const kim = await counter.signedIn('owner', 'Kim Crema');
    const mine = { ...hiddenIn((await browser.gets(path)).html), do: 'remove' };
    const hers = { ...hiddenIn((await kim.browser.gets(path)).html), do: 'remove' };
    await Promise.all([
      browser.posts(path, { form: { ...mine, person: kim.person.id } }),
      kim.browser.posts(path, { form: { ...hers, person: person.id } }),
    ]);

    const { team } = await counter.currentShop();
    expect(team.filter(({ role }) => role === 'owner')).toHaveLength(1);
  });

  it.each([
    { do: 'remove', person: 'per_nobody' },
    { do: 'role', role: 'owner', person: '' },
    { do: 'role', role: 'boss', person: 'per_nobody' },
    { do: '' },
  ])('is as it was after %j', async (form) => {
    const { counter, browser } = await asOwner();
    const before = await counter.currentShop();

    expect((await browser.submits(path, { ...form })).status).toBe(422);

    expect(await counter.currentShop()).toEqual(before);
  });
});
