// Opens and closes Stripe's hosted Checkout on a shop's account, and reads what became of it.
import { createHash } from 'node:crypto';
import type { Stripe } from 'stripe';
import * as z from 'zod/mini';
import type { CheckoutAnswer, CheckoutRequest, ShopProvider } from '../../domain/orders/ports.ts';
import type { CardBrand } from '../../domain/shops/shop.ts';
import { toStripeAmount } from './amounts.ts';
import { lineItemsOf } from './checkout-items.ts';
import { checkoutSchema, expandedCheckout, readCheckoutAnswer } from './checkout-session.ts';
import type { StripeClient } from './client.ts';
import { knownReason } from './decline-reasons.ts';
import { ask, isAbout, isAccountGone, type Refusal, unexpected } from './errors.ts';
import { find } from './find-object.ts';
import { notReadyCodes } from './order-charges.ts';
import { orderMark } from './tie-back.ts';

type OpenAnswer = Awaited<ReturnType<ShopProvider['openCheckout']>>;
type BlockedBrand = 'american_express' | 'discover_global_network' | 'mastercard' | 'visa';

/** Stripe's names for what a shop does not take. */
const blockedBrand: Readonly<Record<CardBrand, BlockedBrand>> = {
  visa: 'visa',
  mastercard: 'mastercard',
  american_express: 'american_express',
  discover: 'discover_global_network',
};

export async function openCheckout(
  client: StripeClient,
  request: CheckoutRequest,
): Promise<OpenAnswer> {
  const lineItems = lineItemsOf(request.bill);
  if (lineItems === undefined || request.acceptedBrands.length === 0) {
    return { kind: 'declined', why: 'not_supported' };
  }
  const coupon = await makeCoupon(client, request);
  if (coupon.kind !== 'done') return coupon;
  const page = pageOf(request, { lineItems, couponId: coupon.couponId });
  const key = keyOf(request);
  const { accountId, customerId: customer } = request;
  // A card can be kept only with somebody.
  const anew = {
    ...page,
    customer_creation: request.isForAnybody === true ? 'if_required' : 'always',
  } as const;
  const asked = customer === undefined ? anew : { ...page, customer };
  const opened = await openPage(client, accountId, { page: asked, key });
  if (opened !== 'customer_gone') return opened;
  // Somebody removed the customer on the shop's dashboard: the buyer pays as a new one.
  const again = await openPage(client, accountId, { page: anew, key: `${key}:no_customer` });
  return again === 'customer_gone' ? { kind: 'declined', why: again } : again;
}

/**
 * Whoever comes again by another link, or after the shop has changed what it accepts, asks for another page than the one
 * whose answer was lost. That one was never shown to anybody, so it can be paid by nobody. The bill is not in the key:
 * the same try with another bill is a bug, and Stripe says so.
 */
function keyOf({
  acceptedBrands,
  attempt,
  cancelUrl,
  orderId,
  shopName,
  successUrl,
}: CheckoutRequest) {
  const page = JSON.stringify([acceptedBrands, cancelUrl, shopName, successUrl]);
  const digest = createHash('sha256').update(page).digest('hex').slice(0, 16);
  return `${orderId}:checkout:${attempt}:${digest}`;
}

type CouponMade =
  | { readonly kind: 'done'; readonly couponId?: string }
  | Exclude<OpenAnswer, { kind: 'done' }>;

/** Stripe knows no negative lines: what is off is a coupon of one use, so that the buyer sees it as such. */
async function makeCoupon(client: StripeClient, request: CheckoutRequest): Promise<CouponMade> {
  const { accountId, attempt, bill, expiresAtMs, orderId } = request;
  if (bill.discount.minor === 0) return { kind: 'done' };
  const off = toStripeAmount(bill.discount);
  if (off === undefined) return { kind: 'declined', why: 'not_supported' };
  const stripe = await client();
  const told = await ask(z.object({ id: z.string() }), () =>
    stripe.coupons.create(
      {
        amount_off: off.amount,
        currency: off.currency,
        duration: 'once',
        max_redemptions: 1,
        name: 'Discount',
        // Past the page's own end nobody needs it any more.
        redeem_by: Math.floor(expiresAtMs / 1000),
        metadata: orderMark(orderId),
      },
      { stripeAccount: accountId, idempotencyKey: `${orderId}:coupon:${attempt}` },
    ),
  );
  switch (told.kind) {
    case 'told':
      return { kind: 'done', couponId: told.thing.id };
    case 'unknown':
      return { kind: 'unknown', why: told.why };
    case 'refused':
      return readRefusal(told);
  }
}

function pageOf(
  request: CheckoutRequest,
  items: {
    readonly lineItems: Stripe.Checkout.SessionCreateParams.LineItem[];
    readonly couponId: string | undefined;
  },
) {
  const { number, orderId, shopName } = request;
  const metadata = orderMark(orderId);
  const fee = toStripeAmount(request.fee)?.amount ?? 0;
  return {
    mode: 'payment',
    ui_mode: 'hosted_page',
    submit_type: 'pay',
    line_items: items.lineItems,
    ...(items.couponId !== undefined && { discounts: [{ coupon: items.couponId }] }),
    client_reference_id: orderId,
    metadata,
    payment_intent_data: {
      metadata,
      description: `${shopName} ${number}`,
      ...(fee > 0 && { application_fee_amount: fee }),
    },
    ...(request.isForAnybody !== true && {
      saved_payment_method_options: { payment_method_save: 'enabled' as const },
    }),
    // The buyer pays what the bill says, in the bill's currency.
    adaptive_pricing: { enabled: false },
    ...brandsOf(request.acceptedBrands),
    expires_at: Math.floor(request.expiresAtMs / 1000),
    success_url: request.successUrl,
    cancel_url: request.cancelUrl,
  } satisfies Stripe.Checkout.SessionCreateParams;
}

/** With every brand, the methods are those of the shop's own dashboard. Without one, another method could go round it. */
function brandsOf(accepted: readonly CardBrand[]) {
  const brands = ['visa', 'mastercard', 'american_express', 'discover'] as const;
  const blocked = brands.filter((brand) => !accepted.includes(brand));
  if (blocked.length === 0) return {};
  return {
    allowed_payment_method_types: ['card' as const],
    payment_method_options: {
      card: { restrictions: { brands_blocked: blocked.map((brand) => blockedBrand[brand]) } },
    },
  };
}

async function openPage(
  client: StripeClient,
  stripeAccount: string,
  {
    page,
    key: idempotencyKey,
  }: { readonly page: Stripe.Checkout.SessionCreateParams; readonly key: string },
): Promise<OpenAnswer | 'customer_gone'> {
  const stripe = await client();
  const told = await ask(z.object({ id: z.string(), url: z.string() }), () =>
    stripe.checkout.sessions.create(page, { stripeAccount, idempotencyKey }),
  );
  switch (told.kind) {
    case 'told':
      return { kind: 'done', url: told.thing.url, sessionId: told.thing.id };
    case 'unknown':
      return { kind: 'unknown', why: told.why };
    case 'refused':
      return isAbout(told, ['customer']) ? 'customer_gone' : readRefusal(told);
  }
}

function readRefusal(refusal: Refusal): Exclude<OpenAnswer, { kind: 'done' }> {
  const { code } = refusal;
  if (isAccountGone(refusal)) return { kind: 'declined', why: 'account_gone' };
  if (code !== undefined && notReadyCodes.has(code)) {
    return { kind: 'declined', why: 'account_not_ready' };
  }
  // Asked again so late that the page could not stay open for Stripe's half hour.
  if (isAbout(refusal, ['expires_at', 'redeem_by'])) {
    return { kind: 'declined', why: 'no_time_left' };
  }
  const reason = code === undefined ? undefined : knownReason(code);
  if (reason === undefined && !isAbout(refusal, ['currency'])) throw unexpected(refusal);
  return { kind: 'declined', why: reason ?? 'not_supported' };
}

/** Expiring what is open ends it for good; what refuses is finished or over, and is read. */
export async function closeCheckout(
  client: StripeClient,
  stripeAccount: string,
  sessionId: string,
): Promise<CheckoutAnswer> {
  const stripe = await client();
  const told = await ask(checkoutSchema, () =>
    stripe.checkout.sessions.expire(sessionId, expandedCheckout, { stripeAccount }),
  );
  if (told.kind === 'told') return readCheckoutAnswer(told.thing);
  if (told.kind === 'unknown') return { kind: 'unknown', why: told.why };
  const now = await find(client, checkoutSchema, (again) =>
    again.checkout.sessions.retrieve(sessionId, expandedCheckout, { stripeAccount }),
  );
  if (now.kind === 'found') return readCheckoutAnswer(now.thing);
  return { kind: 'unknown', why: now.kind === 'unknown' ? now.why : 'no_such_page' };
}
