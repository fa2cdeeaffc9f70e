// Checkout sessions: made, read, expired. How a buyer pays one is in pay-session.ts.
import type Stripe from 'stripe';
import { PLATFORM, type Desk } from '../desk.ts';
import { invalidParameter, noSuch, notImitated, notPossible } from '../server/api-error.ts';
import type { SessionIntentParams, StoredSession } from '../state.ts';
import { checkTakesCards } from './accounts.ts';
import { checkChargeAmount } from './amounts.ts';
import { usableCoupon } from './coupons.ts';
import { getCustomer } from './customers.ts';
import { idOf } from './id-of.ts';
import { buildLineItems } from './line-items.ts';
import { listPage } from './list-page.ts';
import { mergeMetadata } from './metadata.ts';
import { onlyImitated } from './only-imitated.ts';
import { cancelPaymentIntent } from './payment-intents.ts';
import { createSetupIntent } from './setup-intents.ts';

type Params = Stripe.Checkout.SessionCreateParams;

/** Of a session in payment mode (docs.stripe.com/api/checkout/sessions/create, line_items). */
const MOST_LINE_ITEMS = 100;
const DAY_SECONDS = 24 * 3600;
const SHORTEST_SECONDS = 30 * 60;

const IMITATED = [
  ...(['mode', 'success_url', 'cancel_url', 'customer', 'customer_email', 'currency'] as const),
  ...(['client_reference_id', 'metadata', 'line_items', 'expires_at', 'locale'] as const),
  ...(['allowed_payment_method_types', 'payment_intent_data', 'setup_intent_data'] as const),
  ...(['ui_mode', 'customer_creation', 'submit_type', 'integration_identifier'] as const),
  ...(['payment_method_options', 'billing_address_collection', 'discounts'] as const),
  ...(['saved_payment_method_options', 'adaptive_pricing'] as const),
];

export function createSession(desk: Desk, params: Params): Stripe.Checkout.Session {
  checkCreation(desk, params);
  const lineItems = buildLineItems(desk, params.line_items ?? []);
  const subtotal = lineItems.reduce((sum, item) => sum + item.amount_total, 0);
  const currency = lineItems[0]?.currency ?? params.currency ?? null;
  const coupon = params.discounts?.[0]?.coupon;
  const off =
    coupon === undefined ? 0 : (usableCoupon(desk, coupon, currency ?? '').amount_off ?? 0);
  const total = Math.max(0, subtotal - off);
  if (params.mode === 'payment') checkChargeAmount(total, currency ?? '');
  const session = buildSession(desk, params, { subtotal, total, currency });
  const stored: StoredSession = { session, lineItems, intentData: intentDataOf(params) };
  const ready = params.mode === 'setup' ? withSetupIntent(desk, stored, params) : stored;
  desk.shelves.sessions.put(session.id, ready);
  desk.later('expire-session', session.id, session.expires_at * 1000 - desk.nowMs());
  return ready.session;
}

function checkCreation(desk: Desk, params: Params): void {
  onlyImitated(params, IMITATED);
  const { mode, ui_mode: uiMode = 'hosted_page' } = params;
  if (mode === undefined) throw missing('mode');
  if (mode !== 'payment' && mode !== 'setup') throw notImitated(`mode: ${mode}`);
  if (uiMode !== 'hosted_page') throw notImitated(`ui_mode: ${uiMode}`);
  if (params.success_url === undefined) throw missing('success_url');
  if (params.customer !== undefined) getCustomer(desk, params.customer, 'customer');
  if (mode === 'payment') checkPaymentMode(desk, params);
  else checkSetupMode(params);
  checkExpiry(desk, params.expires_at);
}

function checkPaymentMode(desk: Desk, params: Params): void {
  checkTakesCards(desk);
  if (!params.line_items?.length) throw missing('line_items');
  if (params.line_items.length > MOST_LINE_ITEMS) {
    const message = `You may have at most ${MOST_LINE_ITEMS} line items.`;
    throw invalidParameter({ param: 'line_items', message });
  }
  checkFee(desk, params);
  checkCustomer(params);
  checkSaving(params);
  if (params.setup_intent_data) throw onlyInMode('setup_intent_data', 'setup');
}

function checkFee(desk: Desk, { payment_intent_data: data }: Params): void {
  if (data?.application_fee_amount === undefined || desk.account !== PLATFORM) return;
  throw invalidParameter({
    param: 'payment_intent_data[application_fee_amount]',
    message:
      'Can only apply an application_fee_amount when the PaymentIntent is attempting a direct payment (using an OAuth key or Stripe-Account header) or destination payment (using `transfer_data[destination]`).',
  });
}

function checkCustomer({ customer, customer_creation: creation }: Params): void {
  if (customer === undefined || creation === undefined) return;
  const message = 'You may only specify one of these parameters: customer, customer_creation.';
  throw invalidParameter({ param: 'customer_creation', code: 'parameters_exclusive', message });
}

/** A card is kept with a customer: one that is there, or one that is always made. */
function checkSaving(params: Params): void {
  const saves = params.saved_payment_method_options?.payment_method_save === 'enabled';
  if (!saves || params.customer !== undefined || params.customer_creation === 'always') return;
  const message =
    'saved_payment_method_options.payment_method_save can only be enabled with a customer, or with customer_creation set to always.';
  throw invalidParameter({ param: 'saved_payment_method_options', message });
}

function checkSetupMode(params: Params): void {
  if (params.line_items) throw onlyInMode('line_items', 'payment');
  if (params.payment_intent_data) throw onlyInMode('payment_intent_data', 'payment');
  if (params.currency === undefined && params.allowed_payment_method_types === undefined) {
    throw missing('currency');
  }
}

function missing(param: string) {
  const message = `Missing required param: ${param}.`;
  return invalidParameter({ param, code: 'parameter_missing', message });
}

function onlyInMode(param: string, mode: string) {
  return invalidParameter({
    param,
    message: `You can not pass \`${param}\` unless mode is ${mode}.`,
  });
}

function checkExpiry(desk: Desk, expiresAt: number | undefined): void {
  if (expiresAt === undefined) return;
  const inSeconds = expiresAt - desk.nowSeconds();
  if (inSeconds >= SHORTEST_SECONDS - 5 && inSeconds <= DAY_SECONDS) return;
  const message =
    'The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.';
  throw invalidParameter({ param: 'expires_at', message });
}

function intentDataOf(params: Params): StoredSession['intentData'] {
  const data = params.payment_intent_data;
  if (data) {
    onlyImitated(data, [
      ...(['metadata', 'setup_future_usage', 'transfer_group', 'description'] as const),
      ...(['capture_method', 'application_fee_amount'] as const),
    ]);
  }
  const { metadata, capture_method: capture, setup_future_usage: usage, ...plain } = data ?? {};
  const intentParams: SessionIntentParams = {
    ...(plain.application_fee_amount && { application_fee_amount: plain.application_fee_amount }),
    ...(plain.description && { description: plain.description }),
    ...(plain.transfer_group && { transfer_group: plain.transfer_group }),
    ...(capture === 'manual' && { capture_method: 'manual' as const }),
    ...(usage === 'off_session' && { setup_future_usage: 'off_session' as const }),
    ...(usage === 'on_session' && { setup_future_usage: 'on_session' as const }),
  };
  return { metadata: mergeMetadata({}, metadata), params: intentParams };
}

function withSetupIntent(desk: Desk, stored: StoredSession, params: Params): StoredSession {
  const data = params.setup_intent_data ?? {};
  onlyImitated(data, ['metadata', 'description']);
  const intent = createSetupIntent(desk, {
    usage: 'off_session',
    ...data,
    ...(params.customer && { customer: params.customer }),
    ...(params.allowed_payment_method_types && {
      allowed_payment_method_types: params.allowed_payment_method_types,
    }),
  });
  return { ...stored, session: { ...stored.session, setup_intent: intent.id } };
}

function buildSession(
  desk: Desk,
  params: Params,
  { subtotal, total, currency }: { subtotal: number; total: number; currency: string | null },
): Stripe.Checkout.Session {
  const id = desk.id('cs_test');
  const paying = params.mode === 'payment';
  return {
    ...EMPTY_SESSION,
    id,
    allowed_payment_method_types: params.allowed_payment_method_types ?? null,
    adaptive_pricing: { enabled: params.adaptive_pricing?.enabled ?? false },
    amount_subtotal: paying ? subtotal : null,
    amount_total: paying ? total : null,
    cancel_url: params.cancel_url ?? null,
    client_reference_id: params.client_reference_id ?? null,
    created: desk.nowSeconds(),
    currency,
    customer: params.customer ?? null,
    customer_creation: params.customer_creation ?? (paying ? 'if_required' : null),
    customer_email: params.customer_email ?? null,
    discounts: (params.discounts ?? []).map(({ coupon }) => ({
      coupon: coupon ?? null,
      promotion_code: null,
    })),
    expires_at: params.expires_at ?? desk.nowSeconds() + DAY_SECONDS,
    integration_identifier: params.integration_identifier ?? null,
    locale: params.locale ?? null,
    metadata: mergeMetadata({}, params.metadata),
    mode: paying ? 'payment' : 'setup',
    payment_method_options: restrictionsIn(params),
    saved_payment_method_options: savingIn(params),
    payment_status: paying ? 'unpaid' : 'no_payment_required',
    submit_type: params.submit_type ?? null,
    success_url: params.success_url ?? null,
    total_details: paying
      ? { amount_discount: subtotal - total, amount_shipping: 0, amount_tax: 0 }
      : null,
    url: desk.pageUrl(`/c/pay/${id}`),
  };
}

function restrictionsIn(params: Params): Stripe.Checkout.Session.PaymentMethodOptions {
  const options = params.payment_method_options ?? {};
  onlyImitated(options, ['card']);
  onlyImitated(options.card ?? {}, ['restrictions']);
  const { restrictions } = options.card ?? {};
  onlyImitated(restrictions ?? {}, ['brands_blocked']);
  return restrictions ? { card: { request_three_d_secure: 'automatic', restrictions } } : {};
}

function savingIn(params: Params): Stripe.Checkout.Session.SavedPaymentMethodOptions | null {
  const options = params.saved_payment_method_options;
  if (options === undefined) return null;
  onlyImitated(options, ['payment_method_save']);
  return {
    allow_redisplay_filters: ['always'],
    payment_method_remove: null,
    payment_method_save: options.payment_method_save ?? null,
  };
}

/** Members that this stand-in never fills. */
const EMPTY_SESSION = {
  object: 'checkout.session',
  after_expiration: null,
  allow_promotion_codes: null,
  automatic_tax: { enabled: false, liability: null, provider: null, status: null },
  billing_address_collection: null,
  client_secret: null,
  collected_information: null,
  consent: null,
  consent_collection: null,
  currency_conversion: null,
  custom_fields: [],
  custom_text: {
    after_submit: null,
    shipping_address: null,
    submit: null,
    terms_of_service_acceptance: null,
  },
  customer_account: null,
  customer_details: null,
  invoice: null,
  invoice_creation: null,
  livemode: false,
  managed_payments: null,
  origin_context: null,
  payment_intent: null,
  payment_link: null,
  payment_method_collection: 'always',
  payment_method_configuration_details: null,
  payment_method_types: ['card'],
  permissions: null,
  recovered_from: null,
  setup_intent: null,
  shipping_address_collection: null,
  shipping_cost: null,
  shipping_options: [],
  status: 'open',
  subscription: null,
  ui_mode: 'hosted_page',
  wallet_options: null,
} as const satisfies Partial<Stripe.Checkout.Session>;

export function getStoredSession(desk: Desk, id: string): StoredSession {
  const stored = desk.shelves.sessions.get(id);
  if (!stored) throw noSuch('checkout.session', id);
  return stored;
}

export function getSession(desk: Desk, id: string): Stripe.Checkout.Session {
  return getStoredSession(desk, id).session;
}

/** Ends an open session early; a finished one refuses. */
export function expireSession(desk: Desk, id: string): Stripe.Checkout.Session {
  const session = expireIfOpen(desk, id);
  if (session) return session;
  const message = 'Only Checkout Sessions with a status in ["open"] can be expired.';
  throw notPossible({ message });
}

/** Its time has come; undefined when it was no longer open. */
export function expireIfOpen(desk: Desk, id: string): Stripe.Checkout.Session | undefined {
  const stored = getStoredSession(desk, id);
  if (stored.session.status !== 'open') return undefined;
  const session: Stripe.Checkout.Session = { ...stored.session, status: 'expired', url: null };
  desk.shelves.sessions.put(id, { ...stored, session });
  cancelUnfinished(desk, session);
  desk.emit('checkout.session.expired', session);
  return session;
}

/** A page that is over takes its intent with it: 3-D Secure that is passed afterwards charges nobody. */
function cancelUnfinished(desk: Desk, session: Stripe.Checkout.Session): void {
  const intent = desk.shelves.paymentIntents.get(idOf(session.payment_intent));
  if (intent && ['requires_action', 'requires_payment_method'].includes(intent.status)) {
    cancelPaymentIntent(desk, intent.id, {});
  }
}

export function listSessions(desk: Desk, params: Stripe.Checkout.SessionListParams) {
  onlyImitated(params, [
    ...(['limit', 'starting_after', 'ending_before', 'created'] as const),
    ...(['customer', 'payment_intent', 'status'] as const),
  ]);
  const fitting = desk.shelves.sessions
    .all()
    .map((stored) => stored.session)
    .filter(
      (each) =>
        (params.customer === undefined || each.customer === params.customer) &&
        (params.status === undefined || each.status === params.status) &&
        (params.payment_intent === undefined || each.payment_intent === params.payment_intent),
    );
  return listPage(fitting, params, '/v1/checkout/sessions');
}

export function listLineItems(
  desk: Desk,
  id: string,
  params: Stripe.Checkout.SessionListLineItemsParams,
) {
  const oldestLast = getStoredSession(desk, id).lineItems.toReversed();
  return listPage(oldestLast, params, `/v1/checkout/sessions/${id}/line_items`);
}
