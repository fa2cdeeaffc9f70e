// What changed on a bill is said in sentences; what a form claims to have shown is never believed, only repeated.
import { expect, test } from 'vitest';
import { amountsIn, changesSince } from '../../web/order-changes.ts';
import { aCoffeeShop, aDraftOrder, anAddress } from '../builders/draft-orders.ts';
import { aProduct } from '../builders/shops.ts';

const shop = aCoffeeShop();
const product = aProduct({ shopId: shop.id });
const { bill } = aDraftOrder(shop, { product });
const before = amountsIn(bill);

test('A price that went up is named with both prices, and the total with it', () => {
  const dearer = { ...product, price: { minor: 500, currency: 'USD' } as const };
  const now = aDraftOrder(shop, { product: dearer }).bill;

  expect(changesSince(before, now, 'en_US')).toBe(
    '“Flat white” is now $5.00 instead of $4.50. The tax is now $0.50 instead of $0.45. The total is now $5.50; you saw $4.95.',
  );
});

test('So are shipping, tip and discount', () => {
  const handover = { kind: 'shipping', optionId: 'post', to: anAddress } as const;
  const wish = { handover, tipPercent: 20, promotionCode: 'BEANS10' };
  const now = aDraftOrder(shop, { product, wish }).bill;

  const words = changesSince(before, now, 'en_US');

  expect(words).toContain('The discount is now $0.45 instead of $0.00.');
  expect(words).toContain('Shipping is now $5.00 instead of $0.00.');
  expect(words).toContain('The tip is now $0.81 instead of $0.00.');
});

test('The same amounts mean that something else was changed elsewhere', () => {
  expect(changesSince(before, bill, 'en_US')).toContain('in another window');
});

test.each([
  '',
  'nonsense',
  '|||',
  `${before}|1`,
  '495|0.0.45.0',
  '-1|0.0.45.0|450x1',
  '495|0.0.45.0|450',
  '495|0.0.45.0|450x1x1',
  `495|0.0.45.0|${'9'.repeat(16)}x1`,
  'NaN|0.0.45.0|450x1',
  '<b>|0.0.45.0|450x1',
])('Amounts that we never wrote are not repeated: %j', (forged) => {
  expect(changesSince(forged, bill, 'en_US')).toBe(
    'The bill is not the one that you saw. Here is the new one.',
  );
});

test('Another number of lines is said as such', () => {
  expect(changesSince('900|0.0.0.0|450x1.450x1', bill, 'en_US')).toContain(
    'What is on the bill has changed.',
  );
});

test('Yen have no cents', () => {
  const yen = { minor: 500, currency: 'JPY' } as const;
  const kissaten = aCoffeeShop({
    currency: 'JPY',
    shipping: [],
    promotions: [],
    taxPercent: 0,
  });
  const tea = aProduct({ shopId: kissaten.id, price: yen });
  const was = amountsIn(aDraftOrder(kissaten, { product: tea }).bill);
  const now = aDraftOrder(kissaten, { product: { ...tea, price: { ...yen, minor: 600 } } }).bill;

  expect(changesSince(was, now, 'ja_JP')).toContain('￥600');
});
