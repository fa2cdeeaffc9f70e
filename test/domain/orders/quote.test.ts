// Bills: what a wish costs to the cent, and every reason for which there is none.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { billSeen } from '../../../lambdas/domain/orders/bill-seen.ts';
import type { Handover, WantedLine, Wish } from '../../../lambdas/domain/orders/order.ts';
import { orderNumber } from '../../../lambdas/domain/orders/order-number.ts';
import { firstQuote, quote } from '../../../lambdas/domain/orders/quote.ts';
import type { Shop } from '../../../lambdas/domain/shops/shop.ts';
import { coffee, joesCoffee, mug, usd } from '../../builders/shop-town/joes-coffee.ts';
import { aWish } from '../../builders/shop-town/open-shop-town.ts';
import { startedAtMs } from '../../builders/town/town-world.ts';

const products = new Map([coffee, mug].map((product) => [product.id, product]));
const ask = (wish: Partial<Wish>, shop: Partial<Shop> = {}, of = products) =>
  quote({ ...joesCoffee, ...shop }, of, { wish: aWish(wish), nowMs: startedAtMs });
const line = (line: Partial<WantedLine>): Partial<Wish> => ({
  lines: [{ productId: coffee.id, choices: [], quantity: 1, ...line }],
});
const shippedTo = (country: string, optionId = 'slow'): Handover => ({
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
    ['empty', { lines: [] }, {}],
    ['too_many', line({ quantity: 100 }), {}],
    ['too_many', line({ quantity: 0 }), {}],
    ['too_many', line({ quantity: 1.5 }), {}],
    ['too_many', { lines: Array.from({ length: 21 }, () => aWish().lines).flat() }, {}],
    ['product_gone', line({ productId: 'prd_none' }), {}],
    ['product_gone', {}, { id: 'shp_other' }],
    ['product_gone', {}, { currency: 'EUR' }],
    ['choice_gone', line({ choices: ['Huge'] }), {}],
    ['choice_gone', line({ choices: ['Large', 'Oat'] }), {}],
    ['no_pick_up', {}, { offersPickUp: false }],
    ['not_shipped_there', { handover: shippedTo('FR') }, {}],
    ['not_shipped_there', { handover: shippedTo('US', 'by_balloon') }, {}],
    ['tip_unknown', { tipPercent: 11 }, {}],
    ['promotion_unknown', { promotionCode: 'NONE' }, {}],
    ['promotion_unknown', { promotionCode: 'SUMMER' }, {}],
  ] as const)('is refused: %s', (why, wish, shop) => {
    expect(ask(wish, shop)).toMatchObject({ kind: 'refused', why });
  });

  it('is refused where the product is sold no more, or the total is more than a card takes', () => {
    const gone = new Map([[coffee.id, { ...coffee, isActive: false }]]);
    const dear = new Map([[coffee.id, { ...coffee, price: usd(99_999_999) }]]);

    expect(ask({}, {}, gone)).toEqual({ kind: 'refused', why: 'product_gone', what: 'Flat white' });
    expect(ask(line({ quantity: 2 }), {}, dear)).toMatchObject({ why: 'too_large' });
  });

  it('is there for whoever has yet to say where it goes, at a shop that only ships', () => {
    const shop = { ...joesCoffee, offersPickUp: false };
    const asked = { wish: aWish(), nowMs: startedAtMs };

    expect(firstQuote(shop, products, asked)).toMatchObject({ kind: 'quoted' });
    expect(firstQuote({ ...shop, shipping: [] }, products, asked)).toMatchObject({
      why: 'no_pick_up',
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
    const wishes: Partial<Wish>[] = [
      {},
      { tipPercent: 10 },
      { note: 'no sugar' },
      { handover: shippedTo('US') },
      { handover: shippedTo('CA') },
      line({ quantity: 2 }),
      line({ quantity: 2, choices: ['Large'] }),
    ];
    const texts = wishes.map(seen);

    expect(texts[0]).toBe(texts[6]);
    expect(new Set(texts).size).toBe(wishes.length - 1);
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
