// What an order says of itself: whether it is paid, being paid, anybody's, and what its id looks like.
import { expect, it } from 'vitest';
import {
  hasGoods,
  isBeingPaid,
  isNobodys,
  isOrderId,
  isPaid,
} from '../../../lambdas/domain/orders/order.ts';
import { aWish } from '../../builders/shop-town/open-shop-town.ts';

it.each([
  ['draft', 'open'],
  ['awaiting_payment', 'being paid'],
  ['needs_action', 'being paid'],
  ['paid', 'paid'],
  ['preparing', 'paid'],
  ['ready', 'paid'],
  ['fulfilled', 'paid'],
  ['conflicted', 'paid'],
  ['cancelled', 'over'],
  ['expired', 'over'],
] as const)('an order that is %s is %s', (state, how) => {
  expect(isPaid(state)).toBe(how === 'paid');
  expect(isBeingPaid({ state })).toBe(how === 'being paid');
});

it.each([
  ['ord_1', true],
  [`ord_${'x'.repeat(80)}`, true],
  ['ord_a-b_C9', true],
  ['ord_', false],
  [`ord_${'x'.repeat(81)}`, false],
  ['pay_1', false],
  ['an ord_1', false],
  ['ord_1 ', false],
  ['ord_a/b', false],
])('%s is shaped like an order’s id: %s', (text, isOne) => {
  expect(isOrderId(text)).toBe(isOne);
});

it('an order is somebody’s who has a thread, and has goods where something of the catalog is in it', () => {
  expect(isNobodys({})).toBe(true);
  expect(isNobodys({ address: { pageId: '1', psid: '2' } })).toBe(false);
  expect(hasGoods(aWish())).toBe(true);
  expect(hasGoods({ lines: [] })).toBe(false);
});
