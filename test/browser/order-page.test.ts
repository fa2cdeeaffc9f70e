// The page of an order in a real browser without scripts: what is chosen, folded and pressed there, and that everybody can use it.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Order } from '../../lambdas/domain/orders/order.ts';
import { orderPage, type ShownOrder } from '../../web/order-page.ts';
import { orderStatePage } from '../../web/order-state-page.ts';
import type { PageAnswer } from '../../web/page-answer.ts';
import { aCoffeeShop, aDraftOrder, anAddress } from '../builders/draft-orders.ts';
import { aPerson } from '../builders/people.ts';
import { aProduct } from '../builders/shops.ts';
import { openBrowser } from './open-browser.ts';
import { brokenRules } from './page-rules.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const shop = aCoffeeShop({ name: 'Joe’s Coffee' });
const token = 't'.repeat(43);
const shipped = { kind: 'shipping', optionId: 'post', to: anAddress } as const;

function shownAs(order: Order, more: Partial<ShownOrder> = {}): ShownOrder {
  return {
    token,
    order,
    shop,
    buyer: aPerson({ locale: 'en_US' }),
    savedCard: {
      shopId: shop.id,
      buyerId: order.buyerId,
      customerId: 'cus_1',
      instrument: { id: 'pm_1', brand: 'visa', last4: '4242' },
    },
    hasPin: true,
    pinOf: order.buyerId,
    formTargets: [],
    nowMs: 0,
    fingerprint: () => 'f'.repeat(64),
    ...more,
  };
}

/** The page on a phone; `posted` tells what was sent to us. */
async function onAPhone(answer: PageAnswer, width = 360) {
  const html = answer.kind === 'page' ? answer.html : '';
  const context = await browser.newContext({
    viewport: { width, height: 740 },
    javaScriptEnabled: false,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const posted: URLSearchParams[] = [];
  await page.route('https://tender.example/**', async (route) => {
    const request = route.request();
    if (request.method() === 'POST') posted.push(new URLSearchParams(request.postData() ?? ''));
    await route.fulfill({ contentType: 'text/html', body: html });
  });
  await page.goto(`https://tender.example/order/${token}`);
  return { page, posted };
}

test('Paying is in reach at once, and gone as soon as something is chosen that is not counted', async () => {
  const { page, posted } = await onAPhone(orderPage(shownAs(aDraftOrder(shop))));
  const pay = page.getByRole('button', { name: 'Pay $4.95 with Visa •• 4242' });

  const box = await pay.boundingBox();
  expect((box?.y ?? 999) + (box?.height ?? 0)).toBeLessThan(740);
  await page.getByText('20%').click();
  expect(await pay.isVisible()).toBe(false);
  await page.getByText('None').click();
  expect(await pay.isVisible()).toBe(true);
  await page.getByText('15%').click();
  await page.getByRole('button', { name: 'Update the total' }).click();

  expect(posted).toHaveLength(1);
  expect(posted[0]?.get('do')).toBe('update');
  expect(posted[0]?.get('tip')).toBe('15');
  expect(posted[0]?.get('seen')).toBe('f'.repeat(64));
});

test('Enter in a field counts anew and never pays', async () => {
  const { page, posted } = await onAPhone(
    orderPage(shownAs(aDraftOrder(shop, { wish: { handover: shipped } }))),
  );

  await page.getByLabel('City').fill('Queens');
  await page.getByLabel('City').press('Enter');

  expect(posted.map((form) => [form.get('do'), form.get('city')])).toEqual([['update', 'Queens']]);
});

test('The address unfolds where it is shipped, and folds where it is picked up', async () => {
  const { page } = await onAPhone(orderPage(shownAs(aDraftOrder(shop))));
  const street = page.getByLabel('Street and number');

  expect(await street.isVisible()).toBe(false);
  await page.getByText('By post').click();
  expect(await street.isVisible()).toBe(true);
  await page.getByText('Pick it up').click();
  expect(await street.isVisible()).toBe(false);
});

test('Another card needs no PIN, where the kept one does', async () => {
  const product = aProduct({ shopId: shop.id, price: { minor: 9000, currency: 'USD' } });
  const { page, posted } = await onAPhone(orderPage(shownAs(aDraftOrder(shop, { product }))));

  await page.getByRole('button', { name: 'Pay $99.00 with Visa' }).click();
  expect(posted).toEqual([]);
  await page.getByRole('button', { name: 'Another card' }).click();
  expect(posted.map((form) => form.get('do'))).toEqual(['pay']);
});

const long = aProduct({
  shopId: shop.id,
  name: 'Supercalifragilisticexpialidocious-blend-without-any-break-whatsoever قهوة 🫘🫘🫘',
  price: { minor: 999_999, currency: 'USD' },
});
const paid: Order = { ...aDraftOrder(shop), state: 'paid', paidAtMs: 1 };
const pages: readonly (readonly [string, PageAnswer])[] = [
  ['to pick up', orderPage(shownAs(aDraftOrder(shop)))],
  [
    'shipped, with everything filled in',
    orderPage(
      shownAs(
        aDraftOrder(shop, {
          wish: { handover: shipped, note: 'ring twice', promotionCode: 'BEANS10', tipPercent: 15 },
        }),
      ),
    ),
  ],
  ['with long names and large amounts', orderPage(shownAs(aDraftOrder(shop, { product: long })))],
  [
    'with problems',
    orderPage(shownAs(aDraftOrder(shop, { wish: { handover: shipped } })), {
      kind: 'bad',
      text: 'Please look at what is marked below.',
      status: 422,
      problems: { city: 'Which city?', code: 'This code does not work, or no longer does.' },
    }),
  ],
  ['paid', orderStatePage(shownAs(paid))],
  [
    'on its way',
    orderStatePage(
      shownAs({
        ...aDraftOrder(shop, { product: long, wish: { handover: shipped } }),
        state: 'ready',
        tracking: { carrier: 'UPS', number: '1Z999AA10123456784', url: 'https://ups.com/1Z' },
      }),
    ),
  ],
  [
    'left at Stripe',
    orderStatePage(
      shownAs({
        ...paid,
        state: 'awaiting_payment',
        method: 'checkout',
        trail: { checkoutUrl: 'https://checkout.stripe.com/c' },
      }),
    ),
  ],
];

test.each(pages)(
  'An order %s fits, can be tapped, tabbed and read, on a phone and a desk',
  async (_, answer) => {
    const broken: string[] = [];
    for (const width of [360, 1280]) {
      const { page } = await onAPhone(answer, width);
      broken.push(...(await brokenRules(page)).map((problem) => `${width}: ${problem}`));
      await page.context().close();
    }
    expect(broken).toEqual([]);
  },
);
