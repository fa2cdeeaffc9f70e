// Stripe keeps the provider's promises to shops: the real SDK against the stand-in, which refuses what Stripe would refuse.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { money } from '../../../lambdas/domain/money/money.ts';
import type { CheckoutRequest } from '../../../lambdas/domain/orders/ports.ts';
import { describeShopProvider } from '../../contracts/shop-provider.ts';
import { openStripeShopUnderTest, type StripeShopUnderTest } from './shop-under-test.ts';

const faults = [
  'timeout_before',
  'timeout_after',
  'drop_before',
  'drop_after',
  'cut_body',
  'error_500_before',
  'error_500_after',
  'rate_limit_429',
];

describeShopProvider('Stripe', faults, openStripeShopUnderTest);

const requestsSchema = z.object({
  requests: z.array(
    z.object({
      method: z.string(),
      path: z.string(),
      params: z.unknown(),
      idempotencyKey: z.nullable(z.string()),
      stripeAccount: z.nullable(z.string()),
    }),
  ),
});

const usd = (minor: number) => money(minor, 'USD');

describe('Stripe, asked for a page', () => {
  let under: StripeShopUnderTest;
  let accountId: string;
  beforeEach(async () => {
    under = await openStripeShopUnderTest();
    const opened = await under.provider.onboardMerchant({
      shop: { id: 'shp_1', name: 'Joe’s Coffee', country: 'US' },
      returnUrl: 'https://tender.test/back',
      refreshUrl: 'https://tender.test/again',
    });
    if (opened.kind !== 'done') throw new Error('no page');
    accountId = opened.accountId;
    await under.finishOnboarding(opened.url, accountId);
  });
  afterEach(() => under.close());

  const open = async (more: Partial<CheckoutRequest> = {}) => {
    const opened = await under.provider.openCheckout({
      orderId: 'ord_1',
      number: 'K7M-2QX',
      attempt: 1,
      accountId,
      shopName: 'Joe’s Coffee',
      bill: {
        lines: [
          {
            productId: 'prd_1',
            choices: ['Large', 'Oat milk'],
            quantity: 2,
            name: 'Flat white',
            unitPrice: usd(500),
            amount: usd(1000),
          },
        ],
        goods: usd(1000),
        discount: usd(100),
        shipping: usd(300),
        tax: usd(107),
        tip: usd(93),
        total: usd(1400),
      },
      fee: usd(14),
      acceptedBrands: ['mastercard'],
      buyerId: 'per_ann',
      successUrl: 'https://tender.test/paid',
      cancelUrl: 'https://tender.test/cart',
      expiresAtMs: under.nowMs() + 31 * 60 * 1000,
      ...more,
    });
    if (opened.kind !== 'done') throw new Error(opened.why);
    return { ...opened, accountId };
  };

  const received = async () => requestsSchema.parse(await under.knock('/requests')).requests;

  it('is told the bill line by line, on the shop’s account, under the order’s key', async () => {
    await open();
    const made = (await received()).filter(({ path }) => path === '/v1/checkout/sessions');
    expect(made).toHaveLength(1);
    expect(made[0]).toMatchObject({
      stripeAccount: accountId,
      idempotencyKey: expect.stringMatching(/^ord_1:checkout:1:[0-9a-f]{16}$/u),
      params: {
        mode: 'payment',
        client_reference_id: 'ord_1',
        metadata: { tender_order: 'ord_1' },
        payment_intent_data: { metadata: { tender_order: 'ord_1' }, application_fee_amount: '14' },
        adaptive_pricing: { enabled: 'false' },
        customer_creation: 'always',
        saved_payment_method_options: { payment_method_save: 'enabled' },
      },
    });
    const told = JSON.stringify(made[0]?.params);
    for (const words of ['Flat white', 'Large, Oat milk', 'Shipping', 'Tax', 'Tip']) {
      expect(told).toContain(words);
    }
    expect(told).not.toContain('payment_method_types":["');
    expect(told).not.toContain('"payment_method_types"');
  });

  it('leaves methods to the shop’s dashboard when it takes every brand, and to cards when not', async () => {
    await open();
    await open({
      attempt: 2,
      acceptedBrands: ['visa', 'mastercard', 'american_express', 'discover'],
    });
    const made = (await received()).filter(({ path }) => path === '/v1/checkout/sessions');
    const [few, all] = made.map(({ params }) => JSON.stringify(params));
    expect(few).toContain('allowed_payment_method_types');
    for (const brand of ['visa', 'american_express', 'discover_global_network']) {
      expect(few).toContain(`"${brand}"`);
    }
    expect(few).not.toContain('"mastercard"');
    expect(all).not.toContain('allowed_payment_method_types');
    expect(all).not.toContain('brands_blocked');
  });

  it('refuses a bill that does not add up before anything is asked', async () => {
    const before = (await received()).length;
    const bill = {
      lines: [],
      goods: usd(0),
      discount: usd(0),
      shipping: usd(0),
      tax: usd(0),
      tip: usd(0),
      total: usd(900),
    };
    await expect(open({ bill })).rejects.toThrow('does not add up');
    expect(await received()).toHaveLength(before);
  });

  it('gives money back once, though it has forgotten the key a day later', async () => {
    const page = await open({ acceptedBrands: ['visa'] });
    await under.payPage(page);
    const found = await under.provider.lookUp.checkout(accountId, page.sessionId);
    if (found.kind !== 'found' || found.thing.answer.kind !== 'paid') throw new Error('not paid');
    const refund = {
      orderId: 'ord_1',
      refundId: 'rfd_1',
      accountId,
      intentId: found.thing.answer.intentId,
      amount: usd(1400),
      reason: 'paid_twice',
    } as const;
    const first = await under.provider.refund(refund);

    under.clock.advance(24 * 60 * 60 * 1000 + 1000);

    expect(await under.provider.refund(refund)).toEqual(first);
    expect(await under.moved(accountId)).toEqual([
      { kind: 'charge', minor: 1400, fee: 14 },
      { kind: 'refund', minor: 1400, fee: 14 },
    ]);
  });
});
