// A buyer pays, or saves a card, on a checkout session's page.
import type Stripe from 'stripe';
import { findTestCard, type TestCard } from '../cards/test-cards.ts';
import type { Desk } from '../desk.ts';
import type { ApiError } from '../server/api-error.ts';
import type { SavedCard, StoredSession } from '../state.ts';
import { attemptPayment } from './attempt-payment.ts';
import { getStoredSession } from './checkout-sessions.ts';
import { redeemCoupon } from './coupons.ts';
import { createCustomer } from './customers.ts';
import { idOf } from './id-of.ts';
import { createPaymentIntent } from './create-payment-intent.ts';
import { getPaymentIntent } from './payment-intents.ts';
import { mintPaymentMethod } from './payment-methods.ts';
import { attemptSetup, getSetupIntent } from './setup-intents.ts';

export type PayOutcome =
  | { is: 'complete'; goTo: string }
  | { is: 'needs_action'; goTo: string }
  | { is: 'declined'; message: string }
  | { is: 'not_open' };

export interface Buyer {
  card: string;
  /** Ticks that the card be kept. */
  save?: boolean;
  /** Takes another amount than the page asks for, as no provider should. */
  amount?: number;
  email?: string;
  name?: string;
}

export function paySession(desk: Desk, id: string, buyer: Buyer): PayOutcome {
  const stored = getStoredSession(desk, id);
  if (stored.session.status !== 'open') return { is: 'not_open' };
  const card = findTestCard(buyer.card);
  if (!card) return { is: 'declined', message: 'Your card number is invalid.' };
  if (isBlocked(stored.session, card)) return { is: 'declined', message: notAccepted(card) };
  const saved = mintPaymentMethod(desk, card);
  const result =
    stored.session.mode === 'setup'
      ? trySetup(desk, stored, saved)
      : tryPayment(desk, withCustomer(desk, stored, buyer), { saved, buyer });
  if (result.error) return { is: 'declined', message: result.error.message };
  const action = result.intent.next_action?.redirect_to_url?.url;
  if (result.intent.status === 'requires_action' && action) {
    return { is: 'needs_action', goTo: action };
  }
  return finishSession(desk, id, buyer);
}

interface Result {
  intent: Stripe.PaymentIntent | Stripe.SetupIntent;
  error: ApiError | undefined;
}

function trySetup(desk: Desk, { session }: StoredSession, saved: SavedCard): Result {
  const intent = getSetupIntent(desk, idOf(session.setup_intent));
  return attemptSetup(desk, { intent, saved }, { returnUrl: returnUrlOf(desk, session) });
}

const BRAND_NAMES = {
  visa: ['visa', 'Visa'],
  mastercard: ['mastercard', 'Mastercard'],
  amex: ['american_express', 'American Express'],
  discover: ['discover_global_network', 'Discover'],
} as const;

function isBlocked(session: Stripe.Checkout.Session, card: TestCard): boolean {
  const blocked = session.payment_method_options?.card?.restrictions?.brands_blocked ?? [];
  return blocked.includes(BRAND_NAMES[card.brand][0]);
}

function notAccepted(card: TestCard): string {
  return `${BRAND_NAMES[card.brand][1]} is not accepted here. Use another card.`;
}

function tryPayment(
  desk: Desk,
  stored: StoredSession,
  { saved, buyer }: { saved: SavedCard; buyer: Buyer },
): Result {
  const intent = asTicked(desk, intentOf(desk, stored, buyer.amount), { stored, buyer });
  return attemptPayment(
    desk,
    { intent, saved },
    {
      offSession: false,
      authenticated: false,
      returnUrl: returnUrlOf(desk, stored.session),
      errorOnAction: false,
      asked: false,
    },
  );
}

function returnUrlOf(desk: Desk, session: Stripe.Checkout.Session): string {
  return desk.pageUrl(`/c/pay/${session.id}/return`);
}

/** A ticked box keeps the card with the customer once it is charged. */
function asTicked(
  desk: Desk,
  intent: Stripe.PaymentIntent,
  { stored, buyer }: { stored: StoredSession; buyer: Buyer },
): Stripe.PaymentIntent {
  const offered = stored.session.saved_payment_method_options?.payment_method_save === 'enabled';
  if (!offered) return intent;
  const customer = idOf(getStoredSession(desk, stored.session.id).session.customer);
  const ticked: Stripe.PaymentIntent = {
    ...intent,
    customer,
    setup_future_usage: buyer.save === true ? 'on_session' : null,
  };
  desk.shelves.paymentIntents.put(ticked.id, ticked);
  return ticked;
}

/** The payment intent of the session, made when the buyer first pays. */
export function intentOf(
  desk: Desk,
  stored: StoredSession,
  amount = stored.session.amount_total ?? 0,
): Stripe.PaymentIntent {
  const { session, intentData } = stored;
  const known = idOf(session.payment_intent);
  if (known !== '') return getPaymentIntent(desk, known);
  const customer = idOf(session.customer);
  const intent = createPaymentIntent(desk, {
    amount,
    currency: session.currency ?? 'usd',
    metadata: intentData.metadata,
    allowed_payment_method_types: ['card'],
    ...(customer !== '' && { customer }),
    ...intentData.params,
  });
  keep(desk, stored, { payment_intent: intent.id });
  return intent;
}

/** Makes the customer that the session was asked to make. */
export function withCustomer(desk: Desk, stored: StoredSession, buyer: Buyer): StoredSession {
  const { session, intentData } = stored;
  const wanted =
    session.customer_creation === 'always' || intentData.params.setup_future_usage !== undefined;
  if (session.customer !== null || !wanted) return stored;
  const customer = createCustomer(desk, {
    ...(buyer.email && { email: buyer.email }),
    ...(buyer.name && { name: buyer.name }),
  });
  return keep(desk, stored, { customer: customer.id });
}

export function keep(
  desk: Desk,
  stored: StoredSession,
  change: Partial<Stripe.Checkout.Session>,
): StoredSession {
  const fresh = getStoredSession(desk, stored.session.id);
  const next = { ...fresh, session: { ...fresh.session, ...change } };
  desk.shelves.sessions.put(next.session.id, next);
  return next;
}

/** Completes the session when its intent is done; also where 3-D Secure comes back to. */
export function finishSession(desk: Desk, id: string, buyer?: Buyer): PayOutcome {
  const stored = getStoredSession(desk, id);
  const { session } = stored;
  if (session.status === 'complete') return { is: 'complete', goTo: successUrl(session) };
  if (session.status !== 'open') return { is: 'not_open' };
  const problem = unfinished(desk, session);
  if (problem) return problem;
  const next = keep(desk, stored, {
    customer_details: detailsOf(desk, session, buyer),
    payment_status: session.mode === 'setup' ? 'no_payment_required' : 'paid',
    status: 'complete',
    url: null,
  });
  for (const { coupon } of next.session.discounts ?? []) redeemCoupon(desk, idOf(coupon));
  desk.emit('checkout.session.completed', next.session);
  return { is: 'complete', goTo: successUrl(session) };
}

function unfinished(desk: Desk, session: Stripe.Checkout.Session): PayOutcome | undefined {
  if (session.mode === 'setup') {
    const intent = getSetupIntent(desk, idOf(session.setup_intent));
    if (intent.status === 'succeeded') return undefined;
    return { is: 'declined', message: intent.last_setup_error?.message ?? 'Choose a card.' };
  }
  const intent = desk.shelves.paymentIntents.get(idOf(session.payment_intent));
  if (intent?.status === 'succeeded' || intent?.status === 'requires_capture') return undefined;
  return { is: 'declined', message: intent?.last_payment_error?.message ?? 'Choose a card.' };
}

export function detailsOf(
  desk: Desk,
  session: Stripe.Checkout.Session,
  buyer: Buyer | undefined,
): Stripe.Checkout.Session.CustomerDetails {
  const customer = desk.shelves.customers.get(idOf(session.customer));
  return {
    address: null,
    business_name: null,
    email: buyer?.email ?? session.customer_email ?? customer?.email ?? null,
    individual_name: null,
    name: buyer?.name ?? customer?.name ?? null,
    phone: null,
    tax_exempt: 'none',
    tax_ids: [],
  };
}

export function successUrl(session: Stripe.Checkout.Session): string {
  return (session.success_url ?? '').replaceAll('{CHECKOUT_SESSION_ID}', session.id);
}
