// Bills: what a wish costs to the cent, and every reason for which there is none.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { billSeen } from '../../../lambdas/domain/orders/bill-seen.ts';
import type {
  Bill,
  CustomLine,
  Handover,
  PostalAddress,
  WantedLine,
  Wish,
} from '../../../lambdas/domain/orders/order.ts';
import { orderNumber } from '../../../lambdas/domain/orders/order-number.ts';
import { firstQuote, quote } from '../../../lambdas/domain/orders/quote.ts';
import type { Shop } from '../../../lambdas/domain/shops/shop.ts';
import { aBill, aLine } from '../../builders/orders.ts';
import { aDeposit } from '../../builders/sent-bills.ts';
import { coffee, joesCoffee, mug, usd } from '../../builders/shop-town/joes-coffee.ts';
import { aWish } from '../../builders/shop-town/open-shop-town.ts';
import { startedAtMs } from '../../builders/town/town-world.ts';

const products = new Map([coffee, mug].map((product) => [product.id, product]));
const ask = (wish: Partial<Wish>, shop: Partial<Shop> = {}, of = products) =>
  quote({ ...joesCoffee, ...shop }, of, { wish: aWish(wish), nowMs: startedAtMs });
const line = (line: Partial<WantedLine>): Partial<Wish> => ({
  lines: [{ productId: coffee.id, choices: [], quantity: 1, ...line }],
});
const linesOf = (count: number) => Array.from({ length: count }, () => oneLarge);
const oneLarge = { productId: coffee.id, choices: ['Large'], quantity: 1 };
const own = (line: Partial<CustomLine>, wish: Partial<Wish> = {}): Partial<Wish> => ({
  lines: [],
  customLines: [{ ...aDeposit, ...line }],
  ...wish,
});
const tenPercent = { kind: 'percent', percent: 10 } as const;
const shippedTo = (
  country: string,
  optionId = 'slow',
): Extract<Handover, { kind: 'shipping' }> => ({
  kind: 'shipping',
  optionId,
  to: { name: 'Ann', street1: '1 Elm', city: 'Ely', postalCode: '1', country },
});

describe('a bill', () => {
  it('counts choices, quantity, discount, shipping, tax on goods and shipping, and a tip on the goods', () => {
    const quoted = ask({ promotionCode: ' tenoff ', tipPercent: 20, handover: shippedTo('CA') });

    expect(quoted).toMatchObject({
      bill: {
        lines: [{ name: 'Flat white', choices: ['Large'], unitPrice: usd(525), amount: usd(1050) }],
        goods: usd(1050),
        discount: usd(105),
        shipping: usd(500),
        tax: usd(128),
        tip: usd(189),
        total: usd(1762),
      },
    });
  });

  it('takes the first choice of what is not said, and never takes more off than the goods cost', () => {
    expect(ask(line({}))).toMatchObject({ bill: { lines: [{ choices: ['Small'] }] } });
    expect(ask({ promotionCode: 'FREE' })).toMatchObject({
      bill: { discount: usd(1050), total: usd(0) },
    });
  });

  it.each([
    ['empty', undefined, { lines: [] }, {}],
    ['too_many', 'Flat white', line({ quantity: 100 }), {}],
    ['too_many', 'Flat white', line({ quantity: 0 }), {}],
    ['too_many', 'Flat white', line({ quantity: 1.5 }), {}],
    ['too_many', undefined, { lines: linesOf(21) }, {}],
    ['too_many', undefined, { lines: linesOf(20), customLines: [aDeposit] }, {}],
    ['product_gone', undefined, line({ productId: 'prd_none' }), {}],
    ['product_gone', 'Flat white', {}, { id: 'shp_other' }],
    ['product_gone', 'Flat white', {}, { currency: 'EUR' }],
    ['choice_gone', 'Flat white', line({ choices: ['Huge'] }), {}],
    ['choice_gone', 'Flat white', line({ choices: ['Large', 'Oat'] }), {}],
    ['no_pick_up', undefined, {}, { offersPickUp: false }],
    ['not_shipped_there', 'FR', { handover: shippedTo('FR') }, {}],
    ['not_shipped_there', 'US', { handover: shippedTo('US', 'by_balloon') }, {}],
    ['tip_unknown', undefined, { tipPercent: 11 }, {}],
    ['promotion_unknown', 'NONE', { promotionCode: 'NONE' }, {}],
    ['promotion_unknown', 'SUMMER', { promotionCode: 'SUMMER' }, {}],
  ] as const)('is refused as %s, naming %s: %o at %o', (...row) => {
    const [why, what, wish, shop] = row;
    const expected = what === undefined ? { kind: 'refused', why } : { kind: 'refused', why, what };
    expect(ask(wish, shop)).toStrictEqual(expected);
  });

  const wrong = 'custom_line_wrong';
  it.each([
    [wrong, ' ', { name: ' ' }],
    [wrong, 'x'.repeat(80), { name: 'x'.repeat(81) }],
    [wrong, undefined, { name: 'Card 4242 4242 4242 4242' }],
    [wrong, 'Deposit', { unitPrice: usd(0) }],
    [wrong, 'Deposit', { unitPrice: usd(-100) }],
    [wrong, 'Deposit', { unitPrice: { minor: 100, currency: 'EUR' } }],
    ['too_many', 'Deposit', { quantity: 0 }],
    ['too_many', 'Deposit', { quantity: 100 }],
    ['too_many', 'Deposit', { quantity: 1.5 }],
    ['too_large', 'Deposit', { unitPrice: usd(100_000_000) }],
    ['too_large', undefined, { quantity: 1, unitPrice: usd(99_999_999), isTaxed: true }],
  ] as const)('with a line of the shop’s own is refused as %s, naming %s: %o', (...row) => {
    const [why, what, changes] = row;
    const expected = what === undefined ? { kind: 'refused', why } : { kind: 'refused', why, what };
    expect(ask({ lines: [], customLines: [{ ...aDeposit, ...changes }] })).toStrictEqual(expected);
  });

  it.each([
    ['twenty lines', { lines: linesOf(20) }, usd(20 * 525)],
    ['99 of one thing', line({ quantity: 99 }), usd(99 * 450)],
    ['80 letters of the shop’s own', own({ name: 'x'.repeat(80) }), usd(3000)],
    ['80 pictures in its name', own({ name: '🍵'.repeat(80) }), usd(3000)],
    ['99 of the shop’s own', own({ quantity: 99 }), usd(99 * 1500)],
    ['the dearest', own({ quantity: 1, unitPrice: usd(99_999_999) }), usd(99_999_999)],
    ['nothing that is shipped', own({}, { handover: shippedTo('FR') }), usd(3000)],
  ])('is there for %s', (_, wish, goods) => {
    expect(ask(wish, { taxPercent: 0 })).toMatchObject({ kind: 'quoted', bill: { goods } });
  });

  it('says which of its lines are the shop’s own, and which of those are not taxed', () => {
    const customLines = [aDeposit, { ...aDeposit, name: 'Hire', isTaxed: true }];
    const quoted = ask({ lines: [], customLines }, { taxPercent: 10 });

    const unitPrice = usd(1500);
    const same = { choices: [], quantity: 2, unitPrice, amount: usd(3000) };
    expect(quoted).toMatchObject({ bill: { goods: usd(6000), tax: usd(300) } });
    expect(quoted.kind === 'quoted' ? quoted.bill.lines : []).toStrictEqual([
      { ...same, name: 'Deposit', isUntaxed: true },
      { ...same, name: 'Hire' },
    ]);
  });

  it('takes what is off from taxed and untaxed lines alike, in proportion', () => {
    const untaxed = { ...aDeposit, quantity: 1, unitPrice: usd(1050) };
    const quoted = ask({ customLines: [untaxed], promotionCode: 'TENOFF' }, { taxPercent: 20 });

    expect(quoted).toMatchObject({
      bill: { goods: usd(2100), discount: usd(210), tax: usd((1050 - 105) / 5) },
    });
  });

  it.each([
    ['until its last moment', { off: tenPercent, endsAtMs: startedAtMs + 1 }, usd(105)],
    ['typed in small letters by the shop itself', { code: 'friends ', off: tenPercent }, usd(105)],
    ['of nothing', { off: { kind: 'percent', percent: 0 } }, usd(0)],
    ['that would make it dearer', { off: { kind: 'amount', amount: usd(-5) } }, usd(0)],
    ['of exactly its price', { off: { kind: 'amount', amount: usd(1050) } }, usd(1050)],
  ] as const)('has a promotion %s', (_, promotion, discount) => {
    const promotions = [{ code: 'FRIENDS', ...promotion }];

    expect(ask({ promotionCode: 'FRIENDS' }, { promotions })).toMatchObject({ bill: { discount } });
  });

  it('is refused where the product is sold no more, or the total is more than a card takes', () => {
    const gone = new Map([[coffee.id, { ...coffee, isActive: false }]]);
    const dear = new Map([[coffee.id, { ...coffee, price: usd(99_999_999) }]]);

    expect(ask({}, {}, gone)).toEqual({ kind: 'refused', why: 'product_gone', what: 'Flat white' });
    expect(ask(line({ quantity: 2 }), {}, dear)).toEqual({ kind: 'refused', why: 'too_large' });
    expect(ask({}, {}, dear)).toEqual({ kind: 'refused', why: 'too_large', what: 'Flat white' });
    expect(ask(line({}), { taxPercent: 0 }, dear)).toMatchObject({
      bill: { total: usd(99_999_999) },
    });
  });

  it('is there for whoever has yet to say where it goes, at a shop that only ships', () => {
    const shop = { ...joesCoffee, offersPickUp: false };
    const asked = { wish: aWish(), nowMs: startedAtMs };

    expect(firstQuote(shop, products, asked)).toMatchObject({ kind: 'quoted' });
    expect(firstQuote({ ...shop, shipping: [] }, products, asked)).toMatchObject({
      why: 'no_pick_up',
    });
  });

  it('is there for whoever has said where it goes, and then with what that costs', () => {
    const shop = { ...joesCoffee, offersPickUp: false };
    const wish = aWish({ handover: shippedTo('US', 'fast') });

    expect(firstQuote(shop, products, { wish, nowMs: startedAtMs })).toMatchObject({
      bill: { shipping: usd(2500) },
    });
  });

  it('always adds up', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 99 }),
        fc.constantFrom(0, 10, 15, 20),
        fc.constantFrom(0, 8.875, 19, 0.0125),
        fc.boolean(),
        (...[quantity, tipPercent, taxPercent, isOff]) => {
          const wish = { ...line({ quantity }), tipPercent };
          const quoted = ask(isOff ? { ...wish, promotionCode: 'TENOFF' } : wish, { taxPercent });
          if (quoted.kind === 'refused') throw new Error(quoted.why);
          const { goods, discount, shipping, tax, tip, total, lines } = quoted.bill;
          expect(total.minor).toBe(
            goods.minor - discount.minor + shipping.minor + tax.minor + tip.minor,
          );
          expect(goods.minor).toBe(lines.reduce((sum, { amount }) => sum + amount.minor, 0));
        },
      ),
    );
  });
});

describe('the bill that was seen', () => {
  const seen = (wish: Partial<Wish>) => {
    const quoted = ask(wish);
    if (quoted.kind === 'refused') throw new Error(quoted.why);
    return billSeen({ bill: quoted.bill, wish: aWish(wish) });
  };

  it('is the same text for the same bill, however it was stored, and no other', () => {
    const shipped = (to: Partial<PostalAddress>, optionId = 'slow') => {
      const handover = shippedTo('US', optionId);
      return { handover: { ...handover, to: { ...handover.to, ...to } } };
    };
    const wishes: Partial<Wish>[] = [
      {},
      line({ quantity: 2, choices: ['Large'] }),
      { tipPercent: 10 },
      { note: 'no sugar' },
      { promotionCode: 'TENOFF' },
      { promotionCode: 'tenoff' },
      line({ quantity: 2 }),
      own({}),
      own({ name: 'Pledge' }),
      own({ quantity: 1, unitPrice: usd(3000) }),
      shipped({}),
      shipped({}, 'fast'),
      shipped({ country: 'CA' }),
      shipped({ name: 'Bob' }),
      shipped({ street1: '2 Elm' }),
      shipped({ street2: '2 Elm' }),
      shipped({ city: 'York' }),
      shipped({ state: 'NY' }),
      shipped({ postalCode: '2' }),
    ];
    const texts = wishes.map(seen);

    expect(texts[0]).toBe(texts[1]);
    expect(new Set(texts).size).toBe(wishes.length - 1);
  });

  const changed = { minor: 12_345, currency: 'USD' } as const;
  it.each(['goods', 'discount', 'shipping', 'tax', 'tip', 'total'] as const)(
    'is another text where only its %s is another',
    (part) => {
      const quoted = ask({});
      if (quoted.kind === 'refused') throw new Error(quoted.why);
      const { bill } = quoted;
      const of = (one: Bill) => billSeen({ bill: one, wish: aWish() });

      expect(of({ ...bill, [part]: changed })).not.toBe(of(bill));
    },
  );

  it('is another text in another currency, of another product, and at another price of one', () => {
    const bill = { ...aBill([]), lines: [aLine('prd_a')] };
    const of = (one: Bill) => billSeen({ bill: one, wish: aWish() });
    const texts = [
      bill,
      { ...bill, total: { ...bill.total, currency: 'EUR' } as const },
      { ...bill, lines: [aLine('prd_b')] },
      { ...bill, lines: [{ ...aLine('prd_a'), unitPrice: usd(449) }] },
    ].map(of);

    expect(new Set(texts).size).toBe(4);
  });

  it('takes what is not said for what is said to be nothing', () => {
    const bill = aBill([]);
    const wish = aWish({ handover: shippedTo('US') });
    const { handover } = wish;
    if (handover.kind !== 'shipping') throw new Error('Picked up.');
    const blank = { ...handover.to, street2: '', state: '' };
    const spelt = { ...wish, promotionCode: '', note: '', handover: { ...handover, to: blank } };

    expect(billSeen({ bill, wish: spelt })).toBe(billSeen({ bill, wish }));
  });
});

describe('a number', () => {
  it('is short, the same for the same order, another for the next salt, and hardly ever met twice', () => {
    expect(orderNumber('ord_a', 0)).toBe(orderNumber('ord_a', 0));
    expect(orderNumber('ord_a', 1)).not.toBe(orderNumber('ord_a', 0));
    const numbers = Array.from({ length: 5000 }, (_, index) => orderNumber(`ord_${index}`, 0));
    expect(new Set(numbers).size).toBeGreaterThan(4990);
    for (const number of numbers)
      expect(number).toMatch(/^[CDFGHJKMNPQRTVWXY2346789]{3}-[^01IOS]{3}$/u);
  });
});
