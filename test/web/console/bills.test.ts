// Bills in the console: made once, to a recent buyer or as links, looked at, reminded of once, taken back; by whom it may.
import { describe, expect, it } from 'vitest';
import { aPerson } from '../../builders/people.ts';
import { type Browser, checkedOut, hiddenIn, openCounter } from './counter.ts';

const hostile = `"><img src=x onerror=alert(1)>'&<script>alert(1)</script>`;

const deposit = { name1: 'Deposit', price1: '15.00', times1: '2', hours: '24' };

async function atNewBill(role: 'staff' | 'reader' = 'staff') {
  const counter = openCounter();
  const { browser } = await counter.signedIn(role);
  return { counter, browser, ...(await formOf(browser)) };
}

async function formOf(browser: Browser) {
  const page = await browser.gets('/console/bills/new');
  const fields = hiddenIn(page.html);
  const makes = (form: Record<string, string>) =>
    browser.posts('/console/bills/new', { form: { ...fields, ...form } });
  return { page, makes };
}

const idIn = (html: string) => /\/console\/bills\/(ord_\w+)/u.exec(html)?.[1] ?? '';

describe('a new bill', () => {
  it('goes out as links that are shown once, and may be shown again by a button', async () => {
    const { browser, makes } = await atNewBill();

    const made = await makes(deposit);

    expect(made.html).toContain('$30.00');
    expect(made.html).toMatch(/https:\/\/m\.me\/\d+\?ref=b_/u);
    expect(made.html).toMatch(/\/order\/[\w-]{20,}/u);
    const path = `/console/bills/${idIn(made.html)}`;
    expect((await browser.gets(path)).html).not.toContain('ref=b_');
    expect((await browser.submits(path, { do: 'links' })).html).toContain('ref=b_');
    expect((await browser.gets('/console/bills')).html).toContain('2 × Deposit');
  });

  it('sent twice is made once', async () => {
    const { browser, makes } = await atNewBill();

    await makes(deposit);
    await makes(deposit);

    const { html } = await browser.gets('/console/bills');
    expect(html.match(/data-bill=/gu)).toHaveLength(1);
  });

  it.each([
    { form: { hours: '24' }, why: 'at least one line' },
    { form: { ...deposit, price1: '' }, why: 'amount is missing' },
    { form: { ...deposit, name1: '' }, why: 'what each price is for' },
    { form: { ...deposit, times1: '0' }, why: 'from 1 to 99' },
    { form: { ...deposit, price1: '-3' }, why: 'Nothing was sent' },
    { form: { ...deposit, hours: '9999' }, why: 'how long it stands' },
    { form: { ...deposit, name1: 'Card 4242 4242 4242 4242' }, why: 'card and account numbers' },
    { form: { ...deposit, product1: 'prd_of_another_shop', count1: '1' }, why: 'Nothing was sent' },
    { form: { ...deposit, to: 'ord_of_another_shop' }, why: 'cannot be written to' },
  ])('says what is wrong with it: $why', async ({ form, why }) => {
    const { browser, makes } = await atNewBill();

    const answer = await makes(form);

    expect(answer.status).toBe(422);
    expect(answer.html).toContain(why);
    expect((await browser.gets('/console/bills')).html).toContain('No bills yet');
  });

  it('shows odd words as words', async () => {
    const { browser, makes } = await atNewBill();

    const made = await makes({ ...deposit, name1: hostile, note: hostile });
    const list = await browser.gets('/console/bills');

    for (const { html } of [made, list]) expect(html).not.toMatch(/<img src=x|<script>alert/u);
    expect(made.html).toContain('&lt;img src=x');
  });

  it('goes to somebody who bought before, who is not named by their address', async () => {
    const counter = openCounter();
    const { browser } = await counter.signedIn('staff');
    const before = await counter.order([checkedOut]);
    if (before.address === undefined) throw new Error('They have no thread.');
    const person = { ...aPerson({ name: before.buyerName }), id: before.buyerId };
    await counter.world.people.create({ ...person, addresses: [before.address] });
    const { page, makes } = await formOf(browser);
    expect(page.html).toContain(before.buyerName);
    expect(page.html).not.toContain(before.address?.psid ?? 'nobody');

    const made = await makes({ ...deposit, to: before.id });

    expect(made.html).toContain('on its way');
    const path = `/console/bills/${idIn(made.html)}`;
    expect((await browser.submits(path, { do: 'remind' })).html).toContain('Reminded');
    expect((await browser.submits(path, { do: 'remind' })).status).toBe(422);
  });
});

describe('a bill', () => {
  it('is taken back, and then no link leads to it', async () => {
    const { browser, makes } = await atNewBill();
    const path = `/console/bills/${idIn((await makes(deposit)).html)}`;

    expect((await browser.submits(path, { do: 'cancel' })).html).toContain('Taken back');

    expect((await browser.submits(path, { do: 'links' })).status).toBe(422);
    expect((await browser.submits(path, { do: 'remind' })).status).toBe(422);
    expect((await browser.gets('/console/bills')).html).toContain('data-state="cancelled"');
  });

  it('is read by readers, and made by none of them', async () => {
    const { browser, page } = await atNewBill('reader');

    expect(page.status).toBe(403);
    expect((await browser.gets('/console/bills')).status).toBe(200);
  });

  it('is no cart and no other shop’s', async () => {
    const { browser, counter } = await atNewBill();
    const cart = await counter.order([]);

    expect((await browser.gets(`/console/bills/${cart.id}`)).status).toBe(404);
    expect((await browser.gets('/console/bills/ord_nothing')).status).toBe(404);
  });
});
