// Coupons of a fixed amount, as Checkout takes them off a bill: made, read, and used up.
import type Stripe from 'stripe';
import type { Desk } from '../desk.ts';
import { invalidParameter, noSuch, notPossible } from '../server/api-error.ts';
import { readCurrency } from './amounts.ts';
import { mergeMetadata } from './metadata.ts';
import { onlyImitated } from './only-imitated.ts';

const IMITATED = [
  ...(['amount_off', 'currency', 'duration', 'id', 'max_redemptions', 'metadata'] as const),
  ...(['name', 'redeem_by'] as const),
];

const LONGEST_NAME = 40;

export function createCoupon(desk: Desk, params: Stripe.CouponCreateParams): Stripe.Coupon {
  onlyImitated(params, IMITATED);
  checkCoupon(desk, params);
  const id = params.id ?? desk.id('coupon').replace('coupon_', '');
  const coupon: Stripe.Coupon = {
    id,
    object: 'coupon',
    amount_off: params.amount_off ?? 0,
    created: desk.nowSeconds(),
    currency: readCurrency(params.currency ?? ''),
    duration: 'once',
    duration_in_months: null,
    livemode: false,
    max_redemptions: params.max_redemptions ?? null,
    metadata: mergeMetadata({}, params.metadata),
    name: params.name ?? null,
    percent_off: null,
    redeem_by: params.redeem_by ?? null,
    times_redeemed: 0,
    valid: true,
  };
  desk.shelves.coupons.put(id, coupon);
  desk.emit('coupon.created', coupon);
  return coupon;
}

function checkCoupon(desk: Desk, params: Stripe.CouponCreateParams): void {
  const { amount_off: off, duration = 'once', name = '', redeem_by: redeemBy } = params;
  if (duration !== 'once' || off === undefined) {
    throw notPossible({ message: 'This stand-in imitates coupons of one fixed amount alone.' });
  }
  if (off < 1) {
    const message = 'This value must be greater than or equal to 1.';
    throw invalidParameter({ param: 'amount_off', code: 'parameter_invalid_integer', message });
  }
  if (params.currency === undefined) {
    const message = 'You must pass currency when passing amount_off.';
    throw invalidParameter({ param: 'currency', code: 'parameter_missing', message });
  }
  if (name.length > LONGEST_NAME) {
    const message = `Invalid string: must be at most ${LONGEST_NAME} characters`;
    throw invalidParameter({ param: 'name', message });
  }
  if (redeemBy !== undefined && redeemBy <= desk.nowSeconds()) {
    const message = 'redeem_by must be in the future.';
    throw invalidParameter({ param: 'redeem_by', message });
  }
}

export function getCoupon(desk: Desk, id: string, param?: string): Stripe.Coupon {
  const coupon = desk.shelves.coupons.get(id);
  if (!coupon) throw noSuch('coupon', id, param);
  return coupon;
}

/** The coupon of a session, while it can still be used. */
export function usableCoupon(desk: Desk, id: string, currency: string): Stripe.Coupon {
  const param = 'discounts[0][coupon]';
  const coupon = getCoupon(desk, id, param);
  const isOver = coupon.redeem_by !== null && coupon.redeem_by <= desk.nowSeconds();
  const isUsed = coupon.max_redemptions !== null && coupon.times_redeemed >= coupon.max_redemptions;
  if (isOver || isUsed) {
    const message = `Coupon ${id} is expired and cannot be applied.`;
    throw invalidParameter({ param, code: 'coupon_expired', message });
  }
  if (coupon.currency !== currency) {
    const message = `The coupon ${id} is in ${coupon.currency} and the prices are in ${currency}.`;
    throw invalidParameter({ param, message });
  }
  return coupon;
}

/** Counted when it is paid with, not when it is put on a page. */
export function redeemCoupon(desk: Desk, id: string): void {
  const before = desk.shelves.coupons.get(id);
  if (!before) return;
  const redeemed = before.times_redeemed + 1;
  const valid = before.max_redemptions === null || redeemed < before.max_redemptions;
  desk.shelves.coupons.put(id, { ...before, times_redeemed: redeemed, valid });
}
