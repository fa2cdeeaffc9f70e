// Orders in the console: seen as they come, moved on and back, refunded once, whoever presses and however often.
import { describe, expect, it } from 'vitest';
import { wishForRefund } from '../../../lambdas/domain/orders/refund-wish.ts';
import { leftToRefund } from '../../../lambdas/domain/orders/refundable.ts';
import type { OrderDispute } from '../../../lambdas/domain/orders/order.ts';
import {
  type Browser,
  type Counter,
  checkedOut,
  hiddenIn,
  openCounter,
  paidSteps,
} from './counter.ts';

const hostile = `"><img src=x onerror=alert(1)>'&<script>alert(1)</script>`;

function expectHarmless(page: string): void {
  const ours = page.replaceAll(/<script src="\/console\/live\.js\?v=\w+" defer><\/script>/gu, '');
  expect(ours).not.toMatch(/<img src=x|<script|onerror=alert\(1\)>(?!&)/u);
}

const usd = (minor: number) => ({ minor, currency: 'USD' }) as const;

async function atAnOrder(...steps: Parameters<Counter['order']>) {
  const counter = openCounter();
  const { browser, person } = await counter.signedIn('staff');
  const order = await counter.order(...steps);
  const path = `/console/orders/${order.id}`;
  const press = (form: Record<string, string>, by: Browser = browser) => by.submits(path, form);
  return { counter, browser, person, order, path, press };
}

describe('the list', () => {
  it('has the newest first, and not the carts that nobody ordered', async () => {
    const counter = openCounter();
    const { browser } = await counter.signedIn('reader');
    const first = await counter.order();
    counter.time.nowMs += 60_000;
    const second = await counter.order([checkedOut]);
    const cart = await counter.order([]);

    const { html } = await browser.gets('/console/orders');

    expect(html.indexOf(second.number)).toBeLessThan(html.indexOf(first.number));
    expect(html).not.toContain(cart.number);
    expect(html).toContain('2 × Flat white');
    expect(html).toContain('$9.00');
  });

  it('shows one state, and says so when there is none in it', async () => {
    const counter = openCounter();
    const { browser } = await counter.signedIn('reader');
    const paid = await counter.order();

    expect((await browser.gets('/console/orders?state=paid')).html).toContain(paid.number);
    const ready = (await browser.gets('/console/orders?state=ready')).html;
    expect(ready).not.toContain(paid.number);
    expect(ready).toContain('Nothing is “Ready”');
    expect((await browser.gets('/console/orders?state=draft')).html).toContain(paid.number);
    expect((await browser.gets(`/console/orders?state=${hostile}`)).status).toBe(200);
  });

  it('is turned by pages to its end, and a forged cursor breaks nothing', async () => {
    const counter = openCounter();
    const { browser } = await counter.signedIn('reader');
    const product = await counter.sells();
    for (let made = 0; made < 35; made += 1) {
      await counter.order(paidSteps, { of: product });
      counter.time.nowMs += 1000;
    }

    const first = (await browser.gets('/console/orders')).html;
    const next = /href="(\/console\/orders\?after=[^"]+)"/u.exec(first)?.[1] ?? '';
    const second = (await browser.gets(next.replaceAll('&amp;', '&'))).html;

    const ids = (page: string) =>
      [...page.matchAll(/data-order="(ord_\w+)"/gu)].map(([, id]) => id);
    expect(new Set([...ids(first), ...ids(second)]).size).toBe(35);
    expect(second).not.toContain('data-live');
    expect((await browser.gets('/console/orders?after=nonsense')).status).toBe(200);
  });

  it('tells a browser what is new and, by its tag, when nothing is', async () => {
    const counter = openCounter();
    const { browser } = await counter.signedIn('reader');
    const page = (await browser.gets('/console/orders')).html;
    const tag = /data-tag="(\w+)"/u.exec(page)?.[1] ?? '';
    const look = (known: string) =>
      browser.gets('/console/orders/rows', { 'if-none-match': `"${known}"` });

    expect(await look(tag)).toMatchObject({ status: 304, html: '' });
    const order = await counter.order();
    const fresh = await look(tag);
    expect(fresh.status).toBe(200);
    expect(fresh.html).toContain(`data-order="${order.id}"`);
    expect(fresh.html).not.toContain('<html');
    expect((await look(fresh.headers['etag']?.replaceAll('"', '') ?? '')).status).toBe(304);
  });

  it('shows hostile names and notes as text, everywhere', async () => {
    const counter = openCounter({ name: `Shop ${hostile}` });
    const { browser } = await counter.signedIn('owner', `Joe ${hostile}`);
    const of = await counter.sells({ name: `Cake ${hostile}` });
    const order = await counter.order(paidSteps, {
      of,
      buyer: { name: `Ann ${hostile}` },
      wish: {
        note: `No sugar ${hostile}`,
        handover: {
          kind: 'shipping',
          optionId: 'post',
          to: {
            name: hostile,
            street1: hostile,
            city: hostile,
            postalCode: hostile,
            country: 'US',
          },
        },
      },
    });

    for (const path of ['/console/orders', '/console/orders/rows', `/console/orders/${order.id}`]) {
      const { html, status } = await browser.gets(path);
      expect(status).toBe(200);
      expect(html).toContain('&lt;script&gt;');
      expectHarmless(html);
    }
  });
});

describe('an order’s page', () => {
  it('says all that is known: bill, buyer, address, card and story', async () => {
    const { browser, path } = await atAnOrder(paidSteps, {
      wish: {
        note: 'Oat milk please',
        handover: {
          kind: 'shipping',
          optionId: 'post',
          to: {
            name: 'Ann Archer',
            street1: '1 Main St',
            city: 'Brooklyn',
            state: 'NY',
            postalCode: '11201',
            country: 'US',
          },
        },
      },
    });

    const { html } = await browser.gets(path);

    for (const text of [
      'Oat milk please',
      '1 Main St',
      'Visa •• 4242',
      'By post',
      '$14.00',
      'Paid',
    ])
      expect(html).toContain(text);
  });

  it('of another shop is the same page as of none', async () => {
    const { browser } = await openCounter().signedIn();
    const elsewhere = openCounter();
    const theirs = await elsewhere.order();
    const mine = openCounter();
    const me = await mine.signedIn();
    const cart = await mine.order([]);
    const ofAnother = await otherShopsOrder(mine);

    const unknown = await me.browser.gets('/console/orders/ord_unknown');
    for (const id of [
      ofAnother.id,
      cart.id,
      'nonsense',
      `ord_${hostile}`,
      'ord_'.padEnd(500, 'x'),
    ]) {
      const answer = await me.browser.gets(`/console/orders/${encodeURIComponent(id)}`);
      expect(answer).toMatchObject({ status: 404 });
      expect(answer.html).toBe(unknown.html);
      const form = { do: 'preparing' };
      const act = await me.browser.submits(
        `/console/orders/${encodeURIComponent(id)}`,
        form,
        '/console/orders',
      );
      expect(act.status).toBe(404);
    }
    expect((await browser.gets(`/console/orders/${theirs.id}`)).status).toBe(404);
    expect((await mine.orderNow(ofAnother)).state).toBe('paid');
  });
});

/** A paid order in the same books that belongs to somebody else's shop. */
async function otherShopsOrder(counter: Counter) {
  const order = await counter.order();
  const theirs = {
    ...order,
    id: 'ord_theirs',
    version: 1,
    shopId: 'shp_theirs',
    number: 'X',
    trail: {},
  } as const;
  const [entry] = await counter.world.orders.journalOf(order.id);
  if (entry === undefined) throw new Error('No entry.');
  await counter.world.orders.commit({
    order: theirs,
    entry: { ...entry, subject: theirs.id, sequence: 1 },
  });
  return theirs;
}

describe('moving an order on', () => {
  it('goes through the counter step by step, and takes the last one back', async () => {
    const { counter, order, press } = await atAnOrder();

    for (const [step, state] of [
      ['preparing', 'preparing'],
      ['ready', 'ready'],
      ['fulfilled', 'fulfilled'],
      ['fulfilled_undone', 'ready'],
      ['ready_undone', 'preparing'],
      ['preparing_undone', 'paid'],
    ] as const) {
      expect((await press({ do: step })).status).toBe(303);
      expect((await counter.orderNow(order)).state).toBe(state);
    }
  });

  it('says what was done, in words of ours alone', async () => {
    const { browser, path, press } = await atAnOrder();
    const { to = '' } = await press({ do: 'preparing' });

    expect((await browser.gets(to)).html).toContain('Saved.');
    expectHarmless((await browser.gets(`${path}?done=${encodeURIComponent(hostile)}`)).html);
  });

  it('twice, or from a page that is out of date, changes nothing more and shows how it stands', async () => {
    const { counter, browser, order, path } = await atAnOrder();
    const form = { ...hiddenIn((await browser.gets(path)).html), do: 'preparing' };
    await browser.posts(path, { form });
    const after = await counter.orderNow(order);

    const again = await browser.posts(path, { form });

    expect(again.status).toBe(422);
    expect(again.html).toContain('moved on meanwhile');
    expect(await counter.orderNow(order)).toEqual(after);
  });

  it('sends a parcel with its tracking, https alone', async () => {
    const to = { name: 'A', street1: 'B', city: 'C', postalCode: '1', country: 'US' };
    const { counter, browser, order, path, press } = await atAnOrder(paidSteps, {
      wish: { handover: { kind: 'shipping', optionId: 'post', to } },
    });

    for (const wrong of [
      { carrier: 'UPS' },
      { number: '1Z', url: 'javascript:alert(1)' },
      { number: '1Z', url: 'http://ups.example' },
    ])
      expect((await press({ do: 'ready', ...wrong })).status).toBe(422);
    expect((await counter.orderNow(order)).state).toBe('paid');

    const tracking = { carrier: 'UPS', number: '1Z <b>', url: 'https://ups.example/1Z' };
    await press({ do: 'ready', ...tracking });

    expect((await counter.orderNow(order)).tracking).toEqual(tracking);
    const { html } = await browser.gets(path);
    expect(html).toContain('href="https://ups.example/1Z"');
    expect(html).toContain('1Z &lt;b&gt;');
    expect(html).toContain('Shipped');
  });

  it.each([{ do: '' }, { do: 'nonsense' }, { do: 'paid' }, { do: 'dispute_won' }])(
    'does nothing for a form that makes no sense: %j',
    async (form) => {
      const { counter, order, press } = await atAnOrder();

      expect((await press({ ...form })).status).toBe(422);

      expect((await counter.orderNow(order)).version).toBe(order.version);
    },
  );

  it('is not for those who only look, nor offered to them', async () => {
    const counter = openCounter();
    const { browser } = await counter.signedIn('reader');
    const order = await counter.order();
    const path = `/console/orders/${order.id}`;

    expect((await browser.gets(path)).html).not.toContain('Start preparing');
    for (const form of [{ do: 'preparing' }, { do: 'refund', how: 'all' }, { do: 'cancel' }])
      expect((await browser.submits(path, form)).status).toBe(403);
    expect((await counter.orderNow(order)).version).toBe(order.version);
  });
});

describe('a refund', () => {
  const part = (amount: string) =>
    ({ do: 'refund', how: 'part', amount, reason: 'requested_by_customer' }) as const;

  it('of a part, as people write amounts, leaves the rest', async () => {
    const { counter, order, press } = await atAnOrder();

    expect((await press(part('$2.50'))).status).toBe(303);

    const now = await counter.orderNow(order);
    expect(now.refunds).toMatchObject([{ amount: usd(250), reason: 'requested_by_customer' }]);
    expect(leftToRefund(now)).toEqual(usd(650));
  });

  it('pressed twice, even at once, is one', async () => {
    const { counter, browser, order, path } = await atAnOrder();
    const form = { ...hiddenIn((await browser.gets(path)).html), ...part('2.50') };

    const pressed = await Promise.all([1, 2, 3].map(() => browser.posts(path, { form })));

    expect(pressed.map(({ status }) => status)).toEqual([303, 303, 303]);
    expect((await counter.orderNow(order)).refunds).toHaveLength(1);
  });

  it('by two of the staff at once never gives back more than was paid', async () => {
    const { counter, browser, order, path, press } = await atAnOrder();
    const kim = await counter.signedIn('staff', 'Kim Crema');

    const pressed = await Promise.all([
      press(part('6.00')),
      press(part('6.00'), kim.browser),
      press({ do: 'refund', how: 'all', reason: 'duplicate' }, kim.browser),
    ]);

    const now = await counter.orderNow(order);
    const given = now.refunds.reduce((all, { amount }) => all + amount.minor, 0);
    expect(given).toBeLessThanOrEqual(900);
    expect(pressed.some(({ status }) => status === 303)).toBe(true);
    expect((await browser.gets(path)).status).toBe(200);
  });

  it('of too much says what is left', async () => {
    const { counter, order, press } = await atAnOrder();

    const answer = await press(part('9.01'));

    expect(answer.status).toBe(422);
    expect(answer.html).toContain('Only $9.00 is left');
    expect((await counter.orderNow(order)).refunds).toEqual([]);
  });

  it.each([
    part(''),
    part('0'),
    part('-5'),
    part('lots'),
    part('1e3'),
    part('€5'),
    part('0.001'),
    { do: 'refund' },
    { do: 'refund', how: 'all' },
    { do: 'refund', how: 'all', reason: 'paid_twice' },
    { do: 'refund', how: 'some', reason: 'duplicate' },
    { do: 'refund', how: 'all', reason: 'duplicate', nonce: 'mine' },
  ])('is refused for a form that makes no sense: %j', async (form) => {
    const { counter, order, press } = await atAnOrder();

    expect((await press({ ...form })).status).toBe(422);

    expect((await counter.orderNow(order)).refunds).toEqual([]);
  });

  it('with the order cancelled gives all back and the goods to the shelf', async () => {
    const { counter, browser, order, path, press } = await atAnOrder();

    expect((await press({ do: 'cancel' })).to).toBe(`${path}?done=cancelled`);

    const now = await counter.orderNow(order);
    expect(now).toMatchObject({ state: 'cancelled', isStockReserved: false });
    expect(now.refunds).toMatchObject([{ amount: usd(900), reason: 'cancelled_by_shop' }]);
    expect((await browser.gets(path)).html).not.toContain('Cancel the order…');
  });
});

describe('an order that is not paid yet', () => {
  it('is closed only after the provider was asked, and cannot be refunded', async () => {
    const { counter, order, press } = await atAnOrder([
      checkedOut,
      ['checkout_opened', { trail: { sessionId: 'cs_1' } }],
    ]);

    expect((await press({ do: 'refund', how: 'all', reason: 'duplicate' })).status).toBe(422);
    expect((await press({ do: 'close' })).to).toContain('done=closing');
    expect(await counter.orderNow(order)).toMatchObject({ closing: 'cancel' });
  });

  it('that was paid meanwhile stays, and says so', async () => {
    const { counter, order, press } = await atAnOrder();

    const answer = await press({ do: 'close' });

    expect(answer.html).toContain('It is paid by now');
    expect((await counter.orderNow(order)).state).toBe('paid');
  });
});

describe('a dispute', () => {
  const dispute = (changes: Partial<OrderDispute> = {}): OrderDispute => ({
    id: 'dp_1',
    state: 'needs_response',
    amount: usd(900),
    fee: usd(1500),
    reason: 'product_not_received',
    respondBeforeMs: Date.UTC(2026, 11, 1),
    ...changes,
  });
  const disputed = (changes?: Partial<OrderDispute>) =>
    atAnOrder([...paidSteps, ['dispute_opened', { dispute: dispute(changes) }]]);
  const answer = { do: 'evidence', text: 'Handed over on Sunday.', final: 'yes' };

  it('is answered once, with the deadline in sight', async () => {
    const { counter, browser, order, path, press } = await disputed();
    expect((await browser.gets('/console/orders')).html).toContain('Disputed');
    const page = (await browser.gets(path)).html;
    expect(page).toContain('product not received');
    expect(page).toContain('Nov 30, 19:00');

    expect((await press(answer)).to).toContain('done=evidence');
    expect((await press(answer)).status).toBe(422);

    expect(counter.provider.evidence).toEqual(['Handed over on Sunday.']);
    expect((await counter.orderNow(order)).dispute?.evidenceSentAtMs).toBe(counter.time.nowMs);
    expect((await browser.gets(path)).html).not.toContain('Send to the bank');
  });

  it.each([
    { do: 'evidence' },
    { ...answer, text: '   ' },
    { ...answer, final: '' },
    { ...answer, text: 'x'.repeat(20_001) },
  ])('is not answered with %j', async (form) => {
    const { counter, press } = await disputed();

    expect((await press({ ...form })).status).toBe(422);

    expect(counter.provider.evidence).toEqual([]);
  });

  it('says when the bank no longer listens, and when the provider does not answer', async () => {
    const late = await disputed({ respondBeforeMs: Date.UTC(2026, 10, 21) });
    expect((await late.press(answer)).html).toContain('The deadline is over');

    const quiet = await disputed();
    quiet.counter.provider.answers.sendEvidence = async () => ({ kind: 'unknown', why: 'timeout' });
    expect((await quiet.press(answer)).html).toContain('Stripe does not answer');

    const none = await atAnOrder();
    expect((await none.press(answer)).html).toContain('There is no open dispute');
  });
});

describe('a buyer who asks for money back', () => {
  async function wished() {
    const at = await atAnOrder();
    const { counter, order } = at;
    const said = { orderId: order.id, words: `It was cold ${hostile}` };
    expect((await wishForRefund(counter.world, said)).kind).toBe('wished');
    return at;
  }

  it('is seen in the list and on the order, and given all of it by one tap, once', async () => {
    const { browser, path, press, counter, order } = await wished();
    expect((await browser.gets('/console/orders')).html).toContain('Refund asked');
    const { html } = await browser.gets(path);
    expect(html).toContain('It was cold');
    expectHarmless(html);
    const tap = { ...hiddenIn(html), do: 'refund', how: 'all', reason: 'requested_by_customer' };
    await press(tap);
    await press(tap);
    const now = await counter.orderNow(order);
    expect(now.refunds).toHaveLength(1);
    expect(now.refundWish?.state).toBe('answered');
    expect((await browser.gets('/console/orders')).html).not.toContain('Refund asked');
  });

  it('is told no in words, and a no without words is none', async () => {
    const { press, counter, order } = await wished();
    const form = { do: 'refuse' };
    expect((await press({ ...form, words: ' ' })).html).toContain(
      'Write what the buyer is to be told',
    );
    await press({ ...form, words: 'It left us hot.' });
    expect((await counter.orderNow(order)).refundWish).toMatchObject({
      state: 'answered',
      refusal: 'It left us hot.',
    });
    expect((await press({ ...form, words: 'Really.' })).html).toContain('answered meanwhile');
  });
});
