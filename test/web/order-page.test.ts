// The buyer's page of an order as it is drawn: the bill adds up, nobody's words become HTML, and one tap pays only what may.
import { describe, expect, it } from 'vitest';
import type { Order, OrderState } from '../../lambdas/domain/orders/order.ts';
import { orderSteps } from '../../lambdas/domain/orders/order-steps.ts';
import type { SavedCard } from '../../lambdas/domain/orders/ports.ts';
import type { Shop } from '../../lambdas/domain/shops/shop.ts';
import { orderPage, type ShownOrder } from '../../web/order-page.ts';
import { orderStateForAnybody, orderStatePage } from '../../web/order-state-page.ts';
import type { PageAnswer } from '../../web/page-answer.ts';
import { aCoffeeShop, aDraftOrder, anAddress } from '../builders/draft-orders.ts';
import { aPerson } from '../builders/people.ts';
import { aProduct } from '../builders/shops.ts';

const hostile = `"><img src=x onerror=alert(1)>'&<script>alert(1)</script>`;
const token = 't'.repeat(43);

function shownAs(
  order: Order,
  { shop = aCoffeeShop(), ...more }: Partial<ShownOrder> & { shop?: Shop } = {},
): ShownOrder {
  return {
    token,
    order,
    shop,
    buyer: aPerson({ locale: 'en_US' }),
    savedCard: undefined,
    hasPin: false,
    pinOf: order.buyerId,
    formTargets: ['https://*.stripe.com'],
    nowMs: 0,
    fingerprint: () => 'f'.repeat(64),
    ...more,
  };
}

const htmlOf = (answer: PageAnswer) => (answer.kind === 'page' ? answer.html : '');
/** What people read, tags left out. */
const textOf = (answer: PageAnswer) =>
  (htmlOf(answer).split('<main>')[1] ?? '').replaceAll(/<[^>]*>/gu, ' ').replaceAll(/\s+/gu, ' ');

const visa = (order: Order): SavedCard => ({
  shopId: order.shopId,
  buyerId: order.buyerId,
  customerId: 'cus_1',
  instrument: { id: 'pm_1', brand: 'visa', last4: '4242' },
});

/** An order of so many cents, without tax. */
function orderOf(minor: number, shop = aCoffeeShop({ taxPercent: 0 })) {
  const product = aProduct({ shopId: shop.id, price: { minor, currency: 'USD' } });
  return { shop, order: aDraftOrder(shop, { product }) };
}

describe('the bill', () => {
  it('has each line with its choices and quantity, each sum, and the total', () => {
    const shop = aCoffeeShop();
    const product = aProduct({
      shopId: shop.id,
      options: [
        { name: 'Milk', choices: [{ name: 'Oat milk', extra: { minor: 50, currency: 'USD' } }] },
      ],
    });
    const order = aDraftOrder(shop, {
      product,
      wish: {
        lines: [{ productId: product.id, choices: ['Oat milk'], quantity: 2 }],
        handover: { kind: 'shipping', optionId: 'post', to: anAddress },
        tipPercent: 20,
        promotionCode: 'BEANS10',
      },
    });

    const text = textOf(orderPage(shownAs(order, { shop })));

    expect(text).toContain('2 × Flat white Oat milk $5.00 each $10.00');
    expect(text).toContain(
      'Goods $10.00 Discount (BEANS10) -$1.00 Shipping $5.00 Tax $1.40 Tip (20%) $1.80 Total $17.20',
    );
    expect(text).toContain('Pay $17.20 with card');
  });

  it('shows hostile words of shop, product, choice, note and address as text', () => {
    const shop = aCoffeeShop({
      name: hostile,
      shipping: [{ id: 'post', name: hostile, price: { minor: 0, currency: 'USD' } }],
    });
    const product = aProduct({
      shopId: shop.id,
      name: hostile,
      options: [
        { name: hostile, choices: [{ name: hostile, extra: { minor: 0, currency: 'USD' } }] },
      ],
    });
    const order = aDraftOrder(shop, {
      product,
      wish: {
        lines: [{ productId: product.id, choices: [hostile], quantity: 1 }],
        handover: {
          kind: 'shipping',
          optionId: 'post',
          to: { ...anAddress, name: hostile, city: hostile },
        },
        note: hostile,
      },
    });
    const tracking = { carrier: hostile, number: hostile, url: 'javascript:alert(1)' };

    for (const page of [
      orderPage(shownAs(order, { shop })),
      orderPage(shownAs(order, { shop }), {
        kind: 'bad',
        text: hostile,
        status: 422,
        problems: { city: hostile },
      }),
      orderStatePage(shownAs({ ...order, state: 'ready', tracking }, { shop })),
    ]) {
      expect(htmlOf(page)).not.toMatch(/<img|<script|href="javascript/u);
      expect(htmlOf(page)).toContain('&lt;script&gt;');
    }
  });

  it('keeps names that run right to left apart from the numbers around them', () => {
    const shop = aCoffeeShop({ name: 'متجر القهوة' });
    const product = aProduct({ shopId: shop.id, name: 'قهوة ☕️' });

    const page = htmlOf(orderPage(shownAs(aDraftOrder(shop, { product }), { shop })));

    expect(page).toContain('<h1><bdi>متجر القهوة</bdi></h1>');
    expect(page).toContain('<bdi>قهوة ☕️</bdi>');
  });
});

describe('the ways to pay', () => {
  it('are Stripe’s page alone where no card is kept', () => {
    const { shop, order } = orderOf(920);

    const page = orderPage(shownAs(order, { shop }));

    expect(textOf(page)).toContain('Pay $9.20 with card You enter the card on Stripe’s page');
    expect(htmlOf(page)).not.toContain('pay_saved');
    expect(htmlOf(page)).not.toContain('Forget this card');
    expect(page).toMatchObject({ status: 200, formTargets: ['https://*.stripe.com'] });
  });

  it('begin with the kept card, in one tap, with another beside it', () => {
    const { shop, order } = orderOf(920);

    const page = htmlOf(orderPage(shownAs(order, { shop, savedCard: visa(order) })));

    const presses = [...page.matchAll(/name="do" value="(\w+)"[^>]*>([^<]+)</gu)].map((match) =>
      match.slice(1),
    );
    expect(presses).toEqual([
      // First of all, because Enter in a field presses the first.
      ['update', 'Update the total'],
      ['pay_saved', 'Pay $9.20 with Visa •• 4242'],
      ['pay', 'Another card'],
      ['forget_card', 'Forget this card'],
      ['cancel', 'Cancel order'],
    ]);
    expect(page).not.toContain('name="pin"');
  });

  it('ask for the PIN above the limit, and for it alone', () => {
    const { shop, order } = orderOf(5001);

    const page = htmlOf(orderPage(shownAs(order, { shop, savedCard: visa(order), hasPin: true })));

    expect(page).toContain('name="pin"');
    expect(page).toContain('pay_saved');
    expect(page).not.toContain('newPin');
  });

  it('leave the kept card out above the limit for whoever has no PIN, and where the shop no longer takes it', () => {
    const large = orderOf(5001);
    const small = orderOf(5000, aCoffeeShop({ taxPercent: 0, acceptedBrands: ['mastercard'] }));

    for (const { shop, order } of [large, small]) {
      const page = htmlOf(orderPage(shownAs(order, { shop, savedCard: visa(order) })));
      expect(page).not.toContain('pay_saved');
      expect(page).toContain('with card');
      expect(page).toContain('Forget this card');
    }
    expect(textOf(orderPage(shownAs(small.order, { shop: small.shop })))).toContain(
      'takes Mastercard.',
    );
  });

  it('are none while nobody knows where it goes, or while the shop sells nothing', () => {
    const order = aDraftOrder(aCoffeeShop());
    const pays = (shop: Shop) =>
      htmlOf(orderPage(shownAs(order, { shop }))).includes('value="pay"');

    expect(pays(aCoffeeShop())).toBe(true);
    expect(pays(aCoffeeShop({ offersPickUp: false }))).toBe(false);
    expect(pays(aCoffeeShop({ isPaused: true }))).toBe(false);
    expect(
      pays(aCoffeeShop({ account: { accountId: 'acct_1', status: 'restricted', missing: [] } })),
    ).toBe(false);
  });

  it('are none while the shop is closed, and the page says when it opens by the shop’s own clock', () => {
    const never: Shop['hours'] = Array.from({ length: 7 }, () => []);
    const shop = aCoffeeShop({ hours: never.with(1, [{ from: 7 * 60, to: 8 * 60 }]) });
    const nowMs = Date.UTC(2026, 10, 22, 12);
    const order = aDraftOrder(shop, { dueAtMs: nowMs + 1 });

    const text = textOf(orderPage(shownAs(order, { shop, nowMs })));

    expect(text).toContain('is closed now. It opens Monday at 7:00 AM.');
    expect(text).not.toContain('with card');
  });

  it('name a bill of nothing as that', () => {
    const { shop, order } = orderOf(0);

    expect(textOf(orderPage(shownAs(order, { shop, savedCard: visa(order) })))).toContain(
      'Order for $0.00',
    );
  });
});

describe('how an order stands', () => {
  const states = [
    ...new Set<OrderState>(
      Object.values(orderSteps).flatMap(({ to }) => (to === 'same' ? [] : [to])),
    ),
  ];

  it.each(states)('%s is said in words', (state) => {
    const order = { ...aDraftOrder(), state };

    const page = orderStatePage(shownAs(order));

    expect(page).toMatchObject({ kind: 'page', status: 200 });
    expect(htmlOf(page)).toMatch(/<h1>[^<]{4,}<\/h1>\n<p>[^<]{10,}<\/p>/u);
  });

  it.each(states)('%s tells a stranger no name, no amount and no number', (state) => {
    const order = { ...aDraftOrder(), state, reason: 'expired_card' };

    const text = textOf(orderStateForAnybody(order, 0));

    expect(text).not.toMatch(/\$|•|ord_|Joe|Ann|K7M/u);
    expect(text.includes('The card has expired.')).toBe(state === 'draft');
  });

  it('shows the number to read out only where money is, or may be', () => {
    const shows = (changes: Partial<Order>) =>
      htmlOf(orderStatePage(shownAs({ ...aDraftOrder(), ...changes }))).includes(
        'Your order number',
      );

    expect(shows({ state: 'paid' })).toBe(true);
    expect(shows({ state: 'ready' })).toBe(true);
    expect(shows({ state: 'conflicted' })).toBe(true);
    expect(shows({ state: 'cancelled' })).toBe(false);
    expect(
      shows({ state: 'awaiting_payment', method: 'checkout', trail: { checkoutUrl: 'https://c' } }),
    ).toBe(false);
  });

  it('looks again by itself while the bank is asked, some times', () => {
    const order: Order = { ...aDraftOrder(), state: 'awaiting_payment', method: 'saved_card' };
    const page = (looks: number) => htmlOf(orderStatePage(shownAs(order), { looks }));

    expect(page(0)).toContain(`content="4;url=/order/${token}/return?look=1"`);
    expect(page(10)).not.toContain('http-equiv');
    expect(page(10)).toContain('Look again');
    expect(page(0)).not.toMatch(/value="pay/u);
  });

  it('leads back to Stripe’s page while that waits, and to nothing once it closes', () => {
    const order: Order = {
      ...aDraftOrder(),
      state: 'awaiting_payment',
      method: 'checkout',
      trail: { checkoutUrl: 'https://checkout.stripe.com/c/1' },
    };

    expect(textOf(orderStatePage(shownAs(order)))).toContain('Continue on Stripe’s page');
    expect(textOf(orderStatePage(shownAs({ ...order, closing: 'cancel' })))).not.toContain(
      'Continue',
    );
  });

  it('tells what was given back, what is on its way, and what could not be', () => {
    const refund = {
      id: 'rfd_1',
      amount: { minor: 100, currency: 'USD' },
      feeBack: { minor: 0, currency: 'USD' },
      reason: 'requested_by_customer',
      intentId: 'pi_1',
      askedAtMs: 0,
      asked: 1,
    } as const;
    const draft = aDraftOrder();
    const words = (refunds: Order['refunds']) =>
      textOf(orderStatePage(shownAs({ ...draft, state: 'paid', refunds })));

    expect(words([{ ...refund, state: 'asked' }])).toContain('$1.00 is on its way back');
    expect(words([{ ...refund, state: 'done' }])).toContain('$1.00 was given back');
    expect(words([{ ...refund, state: 'failed' }])).toContain('could not be given back');
    expect(words([{ ...refund, state: 'done', amount: draft.bill.total }])).toContain(
      'has given back all',
    );
    expect(words([{ ...refund, state: 'failed', amount: draft.bill.total }])).toContain(
      'Paid. Thank you!',
    );
  });

  it('does not say that nothing was charged for what was paid after it had ended', () => {
    const refunds: Order['refunds'] = [
      {
        id: 'rfd_1',
        state: 'pending',
        amount: { minor: 495, currency: 'USD' },
        feeBack: { minor: 0, currency: 'USD' },
        reason: 'paid_too_late',
        intentId: 'pi_1',
        askedAtMs: 0,
        asked: 1,
      },
    ];

    const text = textOf(orderStatePage(shownAs({ ...aDraftOrder(), state: 'expired', refunds })));

    expect(text).toContain('goes straight back');
    expect(text).not.toContain('nothing was charged');
  });

  it('leads to a parcel only by an https address', () => {
    const follow = (url: string) => {
      const order = aDraftOrder(aCoffeeShop(), {
        wish: { handover: { kind: 'shipping', optionId: 'post', to: anAddress } },
        state: 'ready',
        tracking: { number: '1Z', url },
      });
      return htmlOf(orderStatePage(shownAs(order))).includes('Follow the parcel');
    };

    expect(follow('https://ups.com/1Z')).toBe(true);
    expect(follow('http://ups.com/1Z')).toBe(false);
    expect(follow('javascript:alert(1)')).toBe(false);
    expect(follow('ups')).toBe(false);
  });
});
