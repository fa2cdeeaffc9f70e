// Bills that a shop sends as links: whoever opens one first in its thread has it, and everybody else is told so.
import { describe, expect, it } from 'vitest';
import { billSeen } from '../../../lambdas/domain/orders/bill-seen.ts';
import { cancelOrder } from '../../../lambdas/domain/orders/cancel-order.ts';
import { checkOut } from '../../../lambdas/domain/orders/check-out.ts';
import { claimBill } from '../../../lambdas/domain/orders/claim-bill.ts';
import { remindOfBill } from '../../../lambdas/domain/orders/remind-of-bill.ts';
import { dayMs, hourMs, minuteMs } from '../../builders/scenes.ts';
import { coffee, mug, usd } from '../../builders/shop-town/joes-coffee.ts';
import { aDeposit, htmlOf, sentBill } from '../../builders/sent-bills.ts';

const opens = (ref: string) => ({ kind: 'referral', ref }) as const;
const starts = (ref: string) => ({ kind: 'postback', payload: 'GET_STARTED', ref }) as const;

describe('lines of the shop’s own', () => {
  it('add up beside those of the catalog, and are taxed only where it says so', async () => {
    const line = { productId: mug.id, choices: [], quantity: 1 };
    const scene = await sentBill({ lines: [line], customLines: [aDeposit] });

    const { bill } = await scene.order();
    const { goods, tax, total, lines } = bill;

    expect(goods).toEqual(usd(mug.price.minor + 3000));
    const { taxPercent } = await scene.town.shop();
    expect(tax.minor).toBe(Math.round((mug.price.minor * taxPercent) / 100));
    expect(total).toEqual(usd(goods.minor + tax.minor));
    expect(lines.at(-1)).toMatchObject({ name: 'Deposit', quantity: 2, isUntaxed: true });
    expect(lines.at(-1)?.productId).toBeUndefined();
  });

  it('alone ask nobody where they go: not at a shop that only ships, and not once they are paid', async () => {
    const scene = await sentBill({ customLines: [aDeposit] }, { offersPickUp: false });
    const page = scene.browser('a');
    const shown = htmlOf(await page.gets());
    expect(shown).toContain('Deposit');
    expect(shown).not.toMatch(/How do you get it|Street and number|picked up/u);

    await scene.paysAt(await page.presses('pay'));
    expect(await scene.order()).toMatchObject({ state: 'paid', bill: { shipping: usd(0) } });
    const standing = htmlOf(await page.gets());
    expect(standing).toContain('Deposit');
    expect(standing).not.toMatch(/ready to be picked up|when it is ready|Making it/u);
  });

  it('take nothing from the shelf, while what is beside them does', async () => {
    const line = { productId: mug.id, choices: [], quantity: 2 };
    const scene = await sentBill({ lines: [line], customLines: [aDeposit] });

    await scene.paysAt(await scene.browser('a').presses('pay'));

    const levels = await scene.town.world.stock.levels(mug.shopId, [mug.id]);
    expect(levels.get(mug.id)).toBe(scene.town.mugs - 2);
    await scene.town.checkBooks(true);
  });

  it.each([
    { why: 'custom_line_wrong', line: { ...aDeposit, name: ' ' } },
    { why: 'custom_line_wrong', line: { ...aDeposit, name: 'x'.repeat(81) } },
    { why: 'custom_line_wrong', line: { ...aDeposit, name: 'Card 4242 4242 4242 4242' } },
    { why: 'custom_line_wrong', line: { ...aDeposit, unitPrice: usd(0) } },
    { why: 'custom_line_wrong', line: { ...aDeposit, unitPrice: usd(-100) } },
    {
      why: 'custom_line_wrong',
      line: { ...aDeposit, unitPrice: { minor: 100, currency: 'EUR' as const } },
    },
    { why: 'too_many', line: { ...aDeposit, quantity: 0 } },
    { why: 'too_many', line: { ...aDeposit, quantity: 100 } },
    { why: 'too_many', line: { ...aDeposit, quantity: 1.5 } },
    { why: 'too_large', line: { ...aDeposit, unitPrice: usd(99_999_999) } },
  ])('are refused as $why: $line', async ({ why, line }) => {
    await expect(sentBill({ customLines: [line] })).rejects.toThrow('Not sent: refused');
    expect(why).toMatch(/^(custom_line_wrong|too_)/u);
  });
});

describe('whoever opens the link first in Messenger', () => {
  it.each([opens, starts])('sees the bill, becomes its buyer, and pays it', async (comes) => {
    const scene = await sentBill({ note: 'See you on Friday' });
    const ann = scene.customer('Ann Archer');

    await ann.does(comes(scene.ref));

    const heard = ann.hears();
    expect(heard).toContain('2 × Deposit');
    expect(heard).toContain('See you on Friday');
    expect(heard).toContain('$30.00');
    expect(await scene.order()).toMatchObject({ buyerName: 'Ann Archer', state: 'draft' });
    expect((await scene.order()).buyerId).toBe((await ann.person()).id);
    const paid = await ann.pays();
    expect(paid.state).toBe('paid');
    await scene.tell();
    expect(ann.hears()).toContain('Thank you');
  });

  it('has it for good: the second is told that it is taken, and learns nothing of it', async () => {
    const scene = await sentBill();
    const ann = scene.customer('Ann Archer');
    const bob = scene.customer('Bob Stone');
    await ann.does(opens(scene.ref));
    const before = await scene.order();

    await bob.does(opens(scene.ref));

    const heard = bob.hears();
    expect(heard).toContain('somebody else’s');
    expect(heard).not.toMatch(/Deposit|\$30|Ann/u);
    expect(await scene.order()).toEqual(before);
    expect(await bob.orders()).toEqual([]);
  });

  it('sees it again when they come again', async () => {
    const scene = await sentBill();
    const ann = scene.customer();
    await ann.does(opens(scene.ref));
    ann.hears();
    const { version } = await scene.order();

    await ann.does(opens(scene.ref));

    expect(ann.hears()).toContain('2 × Deposit');
    expect((await scene.order()).version).toBe(version);
  });

  it('is one of two at the same moment', async () => {
    const scene = await sentBill();
    const [ann, bob] = [scene.customer('Ann'), scene.customer('Bob')];
    for (const each of [ann, bob]) await each.says('hi');
    const shop = await scene.town.shop();
    const token = scene.ref.slice(2);
    const [address] = (await ann.person()).addresses;
    if (address === undefined) throw new Error('Ann has no address');

    const outcomes = await Promise.all(
      [ann, bob].map(async (each) =>
        claimBill(scene.world, token, { shop, person: await each.person(), address }),
      ),
    );

    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['taken', 'theirs']);
    const journal = await scene.town.world.orders.journalOf((await scene.order()).id);
    expect(journal.filter(({ step }) => step === 'claimed')).toHaveLength(1);
  });

  it('finds the cart of their own untouched', async () => {
    const scene = await sentBill();
    const ann = scene.customer();
    await ann.says('two espressos');
    const before = await ann.cart();

    await ann.does(opens(scene.ref));

    expect((await ann.cart())?.lines).toEqual(before?.lines);
  });

  it('is told where it is over, and of another shop nothing', async () => {
    const scene = await sentBill({ payWithinMs: hourMs });
    const ann = scene.customer();
    await ann.does(opens('b_'.padEnd(45, 'x')));
    expect(ann.hears()).toContain('no such bill');
    await scene.town.later(2 * hourMs);

    await ann.does(opens(scene.ref));

    expect(ann.hears()).toContain('has run out');
    expect((await scene.order()).state).toBe('expired');
  });

  it('is told that the shop has taken it back', async () => {
    const scene = await sentBill();
    const { id } = await scene.order();
    await cancelOrder(scene.world, { orderId: id, actor: 'shop' });
    const ann = scene.customer();

    await ann.does(opens(scene.ref));

    expect(ann.hears()).toContain('took this bill back');
  });
});

describe('a reminder', () => {
  it('is sent once, to whoever has it in their thread', async () => {
    const scene = await sentBill();
    const { id } = await scene.order();
    expect((await remindOfBill(scene.world, id)).kind).toBe('nobody_to_remind');
    const ann = scene.customer();
    await ann.does(opens(scene.ref));
    await scene.tell();
    ann.hears();

    expect((await remindOfBill(scene.world, id)).kind).toBe('reminded');
    expect((await remindOfBill(scene.world, id)).kind).toBe('reminded_before');

    await scene.tell();
    expect(ann.hears().match(/reminds you of its bill/gu)).toHaveLength(1);
    expect((await scene.order()).dueAtMs).toBe((await scene.order()).sent?.endsAtMs);
  });
});

describe('a bill whose Checkout page was left', () => {
  it('comes back to its draft, frees the stock, and can be paid until its own end', async () => {
    const lines = [{ productId: mug.id, choices: [], quantity: 1 }];
    const scene = await sentBill({ lines, customLines: [], payWithinMs: 3 * dayMs });
    const browser = scene.browser('a');
    await browser.presses('pay');
    expect((await scene.order()).state).toBe('awaiting_payment');

    await scene.town.later(40 * minuteMs);

    expect(await scene.order()).toMatchObject({ state: 'draft', reason: 'page_left' });
    const levels = await scene.town.world.stock.levels(mug.shopId, [mug.id]);
    expect(levels.get(mug.id)).toBe(scene.town.mugs);
    await scene.paysAt(await browser.presses('pay'));
    expect((await scene.order()).state).toBe('paid');
    await scene.town.checkBooks(true);
  });

  it('tells its buyer nothing of a card, and runs out when its time has come', async () => {
    const scene = await sentBill({ payWithinMs: 3 * hourMs });
    const ann = scene.customer();
    await ann.does(opens(scene.ref));
    const { id, bill, wish } = await scene.order();
    const urls = { success: 'https://t/s', cancel: 'https://t/c', back: 'https://t/b' };
    const seen = billSeen({ bill, wish });
    await checkOut(scene.town.running, {
      orderId: id,
      billSeen: seen,
      customerWish: 'checkout',
      urls,
    });
    ann.hears();

    await scene.town.later(40 * minuteMs);
    await scene.tell();
    expect((await scene.order()).state).toBe('draft');
    expect(ann.hears()).toBe('');
    await scene.town.later(dayMs);

    expect((await scene.order()).state).toBe('expired');
  });
});

describe('a link to a product', () => {
  it('shows its card with Add, which puts it into the cart', async () => {
    const scene = await sentBill();
    const ann = scene.customer();

    await ann.does(opens(`p_${mug.id}`));
    await ann.taps('Add');

    expect((await ann.cart())?.lines).toEqual([{ productId: mug.id, choices: [], quantity: 1 }]);
  });

  it.each(['p_prd_nothing', 'p_', 'p_ord_1'])('says so where %s leads nowhere', async (ref) => {
    const scene = await sentBill();
    const ann = scene.customer();

    await ann.does(starts(ref));

    expect(ann.hears()).toMatch(/not on the menu|leads to nothing/u);
    expect(await ann.cart()).toBeUndefined();
  });

  it('says so where the shop has hidden it', async () => {
    const scene = await sentBill();
    await scene.town.changeProduct(coffee, { isActive: false });
    const ann = scene.customer();

    await ann.does(opens(`p_${coffee.id}`));

    expect(ann.hears()).toContain('not on the menu any more');
  });
});
