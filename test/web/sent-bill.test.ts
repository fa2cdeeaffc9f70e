// The page of a bill that went out as a link: forwarded, looked at by previews, opened twice, taken, paid once.
import { describe, expect, it } from 'vitest';
import { cancelOrder } from '../../lambdas/domain/orders/cancel-order.ts';
import { hourMs, minuteMs } from '../builders/scenes.ts';
import { mug } from '../builders/shop-town/joes-coffee.ts';
import { htmlOf, sentBill, statusOf } from '../builders/sent-bills.ts';

const opens = (ref: string) => ({ kind: 'referral', ref }) as const;
const secretNote = 'Ring twice at Archer';

describe('a bill by link', () => {
  it('is shown to whoever has the link, with the way into Messenger', async () => {
    const scene = await sentBill({ note: 'See you on Friday' });

    const page = await scene.browser('a').gets();

    expect(statusOf(page)).toBe(200);
    expect(htmlOf(page)).toContain('Deposit');
    expect(htmlOf(page)).toContain('See you on Friday');
    expect(htmlOf(page)).toContain(`ref=${scene.ref}`);
    expect(htmlOf(page)).not.toContain('Cancel order');
  });

  it('is taken by nobody who only looks: previews, crawlers, and browsers without cookies', async () => {
    const scene = await sentBill();
    const before = await scene.order();

    for (const mark of ['a', 'b', undefined, undefined]) await scene.browser(mark).gets();

    expect(await scene.order()).toEqual(before);
  });

  it('is paid without Messenger; the page tells how far it is, and the shop is told', async () => {
    const scene = await sentBill();
    const joe = await scene.owner();
    const browser = scene.browser('a');

    await scene.paysAt(await browser.presses('pay'));

    expect(htmlOf(await browser.returns())).toContain('Paid. Thank you!');
    expect(htmlOf(await browser.gets())).toContain('Keep this page');
    expect((await scene.order()).state).toBe('paid');
    expect(joe.hears()).toContain('New order');
    expect(scene.sent.filter(({ to }) => to.psid === '')).toEqual([]);
    await scene.town.checkBooks(true);
  });

  it('asks a browser without cookies to be another one, and changes nothing', async () => {
    const scene = await sentBill();
    const before = await scene.order();

    const answer = await scene.browser(undefined).presses('pay');

    expect(statusOf(answer)).toBe(403);
    expect(await scene.order()).toEqual(before);
  });

  it('cannot be cancelled by whoever has the link', async () => {
    const scene = await sentBill();

    expect(statusOf(await scene.browser('a').presses('cancel'))).toBe(403);

    expect((await scene.order()).state).toBe('draft');
  });
});

describe('a second browser', () => {
  it('sees nothing of what the first has typed, not with another link either', async () => {
    const scene = await sentBill();
    await scene.browser('a').presses('update', { note: secretNote });
    expect(htmlOf(await scene.browser('a').gets())).toContain(secretNote);

    const page = await scene.browser('b').gets();

    expect(statusOf(page)).toBe(403);
    expect(htmlOf(page)).not.toMatch(/Archer|Deposit|\$30/u);
    expect(htmlOf(await scene.browser('b').returns())).not.toMatch(/Archer|Deposit|\$30/u);
  });

  it('pays nothing while the first is at it, and starts afresh only on purpose', async () => {
    const scene = await sentBill();
    await scene.browser('a').presses('update', { note: secretNote });

    const refused = await scene.browser('b').presses('pay');
    expect(statusOf(refused)).toBe(403);
    expect((await scene.order()).state).toBe('draft');
    const anew = await scene.browser('b').presses('anew');

    expect(statusOf(anew)).toBe(200);
    expect(htmlOf(anew)).not.toContain(secretNote);
    expect(statusOf(await scene.browser('a').gets())).toBe(403);
    await scene.paysAt(await scene.browser('b').presses('pay'));
    expect(htmlOf(await scene.browser('a').returns())).not.toContain('Deposit');
  });

  it('cannot take it from one that is paying, and is charged nothing', async () => {
    const lines = [{ productId: mug.id, choices: [], quantity: 1 }];
    const scene = await sentBill({ lines });
    const first = await scene.browser('a').presses('pay');

    const second = await scene.browser('b').presses('anew');
    const third = await scene.browser('b').presses('pay');

    expect([second.kind, third.kind]).toEqual(['page', 'page']);
    await scene.paysAt(first);
    await scene.paysAt(first).catch(() => undefined);
    expect(scene.town.provider.books.moved.filter(({ kind }) => kind === 'charge')).toHaveLength(1);
    await scene.town.checkBooks(true);
  });

  it('is one of two that press at the same moment', async () => {
    const scene = await sentBill();

    const answers = await Promise.all([
      scene.browser('a').presses('pay'),
      scene.browser('b').presses('pay'),
    ]);

    expect(answers.filter(({ kind }) => kind === 'redirect')).toHaveLength(1);
  });
});

describe('two tabs of one browser', () => {
  it('lead to one page of the provider, and are charged once', async () => {
    const scene = await sentBill();
    const browser = scene.browser('a');

    const answers = await Promise.all([browser.presses('pay'), browser.presses('pay')]);
    for (const answer of answers) if (answer.kind === 'redirect') await scene.paysAt(answer);

    expect(scene.town.provider.books.moved.filter(({ kind }) => kind === 'charge')).toHaveLength(1);
    expect(htmlOf(await browser.presses('pay'))).toContain('Paid');
  });
});

describe('a bill that is no longer to be had', () => {
  it('is somebody’s in Messenger: the page says so, to the browser that had it too', async () => {
    const scene = await sentBill();
    const ann = scene.customer('Ann Archer');
    await scene.browser('a').presses('update', { note: secretNote });

    await ann.does(opens(scene.ref));

    expect(ann.hears()).not.toContain(secretNote);
    expect((await scene.order()).wish.note).toBeUndefined();
    for (const mark of ['a', 'b']) {
      const page = await scene.browser(mark).gets();
      expect(statusOf(page)).toBe(403);
      expect(htmlOf(page)).toContain('Somebody has taken this bill');
      expect(htmlOf(page)).not.toMatch(/Archer|Deposit/u);
      expect(statusOf(await scene.browser(mark).presses('pay'))).toBe(403);
      expect(statusOf(await scene.browser(mark).presses('anew'))).toBe(403);
    }
    expect((await scene.order()).state).toBe('draft');
  });

  it('is being paid by a browser: whoever comes in Messenger is told, and takes nothing', async () => {
    const scene = await sentBill();
    const paying = await scene.browser('a').presses('pay');
    const ann = scene.customer();

    await ann.does(opens(scene.ref));

    expect(ann.hears()).toContain('paying this bill');
    await scene.paysAt(paying);
    await ann.does(opens(scene.ref));
    expect(ann.hears()).toContain('paid already');
  });

  it('has run out, or was taken back', async () => {
    const late = await sentBill({ payWithinMs: hourMs });
    await late.town.later(hourMs + minuteMs);
    expect(htmlOf(await late.browser('a').presses('pay'))).toContain('run out');
    const back = await sentBill();
    const { id } = await back.order();
    await cancelOrder(back.world, { orderId: id, actor: 'shop' });
    expect(htmlOf(await back.browser('a').presses('pay'))).toContain('Cancelled');
  });
});
