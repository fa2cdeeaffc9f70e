// Payment intents: made, updated, confirmed, captured, cancelled, listed.
import type Stripe from 'stripe';
import type { Desk } from '../desk.ts';
import { invalidParameter, noSuch, notPossible } from '../server/api-error.ts';
import type { SavedCard } from '../state.ts';
import { checkChargeAmount, readCurrency } from './amounts.ts';
import { attemptPayment, failAuthentication, type Manner } from './attempt-payment.ts';
import { getCharge, settleCharge } from './charges.ts';
import { getCustomer } from './customers.ts';
import { idOf } from './id-of.ts';
import { listPage } from './list-page.ts';
import { mergeMetadata } from './metadata.ts';
import { onlyImitated } from './only-imitated.ts';
import { getCard, spentCard } from './payment-methods.ts';

const CREATED_WITH = [
  ...(['amount', 'currency', 'metadata', 'description', 'customer', 'payment_method'] as const),
  ...(['confirm', 'off_session', 'return_url', 'error_on_requires_action'] as const),
  ...(['allowed_payment_method_types', 'automatic_payment_methods', 'capture_method'] as const),
  ...(['confirmation_method', 'setup_future_usage', 'transfer_group'] as const),
  ...(['application_fee_amount', 'receipt_email', 'statement_descriptor_suffix'] as const),
  ...(['payment_method_options', 'use_stripe_sdk'] as const),
];

export function createPaymentIntent(
  desk: Desk,
  params: Stripe.PaymentIntentCreateParams,
): Stripe.PaymentIntent {
  checkCreation(desk, params);
  const intent = buildIntent(desk, params);
  desk.shelves.paymentIntents.put(intent.id, intent);
  desk.emit('payment_intent.created', intent);
  return params.confirm === true ? confirm(desk, intent, params) : intent;
}

function checkCreation(desk: Desk, params: Stripe.PaymentIntentCreateParams): void {
  onlyImitated(params, CREATED_WITH);
  const currency = readCurrency(params.currency);
  checkChargeAmount(params.amount, currency);
  if (params.customer !== undefined) getCustomer(desk, params.customer, 'customer');
  checkOnlyWhenConfirming(params);
  checkExclusive(params);
  const fee = params.application_fee_amount;
  if (fee !== undefined && desk.account === '') throw feeWithoutAccount();
  if (fee !== undefined && fee > params.amount) throw feeTooLarge();
}

function checkOnlyWhenConfirming(params: Stripe.PaymentIntentCreateParams): void {
  if (params.confirm === true) return;
  for (const name of ['off_session', 'return_url', 'error_on_requires_action'] as const) {
    if (params[name] === undefined) continue;
    const message = `The parameter \`${name}\` cannot be passed when creating a PaymentIntent unless \`confirm\` is set to true.`;
    throw invalidParameter({ param: name, message });
  }
}

function checkExclusive(params: Stripe.PaymentIntentCreateParams): void {
  if (params.allowed_payment_method_types && params.automatic_payment_methods) {
    throw invalidParameter({
      param: 'automatic_payment_methods',
      code: 'parameters_exclusive',
      message:
        'You may only specify one of these parameters: allowed_payment_method_types, automatic_payment_methods.',
    });
  }
}

function feeWithoutAccount() {
  return invalidParameter({
    param: 'application_fee_amount',
    message:
      'Can only apply an application_fee_amount when the PaymentIntent is attempting a direct payment (using an OAuth key or Stripe-Account header) or destination payment (using `transfer_data[destination]`).',
  });
}

function feeTooLarge() {
  return invalidParameter({
    param: 'application_fee_amount',
    message: 'The application fee must not be greater than the amount.',
  });
}

function buildIntent(desk: Desk, params: Stripe.PaymentIntentCreateParams): Stripe.PaymentIntent {
  const id = desk.id('pi');
  return {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: params.allowed_payment_method_types ?? null,
    amount: params.amount,
    amount_capturable: 0,
    amount_received: 0,
    application: null,
    application_fee_amount: params.application_fee_amount ?? null,
    automatic_payment_methods: automaticMethods(params),
    canceled_at: null,
    cancellation_reason: null,
    capture_method: params.capture_method ?? 'automatic_async',
    client_secret: `${id}_${desk.id('secret')}`,
    confirmation_method: params.confirmation_method ?? 'automatic',
    created: desk.nowSeconds(),
    currency: params.currency.toLowerCase(),
    customer: params.customer ?? null,
    customer_account: null,
    description: params.description ?? null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: mergeMetadata({}, params.metadata),
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: cardOptions(params.payment_method_options?.card),
    payment_method_types: ['card'],
    payment_record: null,
    processing: null,
    receipt_email: params.receipt_email ?? null,
    review: null,
    setup_future_usage: params.setup_future_usage ?? null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: params.statement_descriptor_suffix ?? null,
    status: 'requires_payment_method',
    transfer_group: params.transfer_group ?? null,
    ...methodOf(desk, params),
  };
}

function methodOf(desk: Desk, params: Stripe.PaymentIntentCreateParams) {
  if (params.payment_method === undefined) return {};
  const saved = getUsableCard(desk, params.payment_method, params.customer ?? null);
  return { payment_method: saved.method.id, status: 'requires_confirmation' as const };
}

function automaticMethods(params: Stripe.PaymentIntentCreateParams) {
  if (params.allowed_payment_method_types) return null;
  return params.automatic_payment_methods ?? { enabled: true, allow_redirects: 'always' as const };
}

function cardOptions(
  card: Stripe.PaymentIntentCreateParams.PaymentMethodOptions.Card | '' | null | undefined,
): Stripe.PaymentIntent.PaymentMethodOptions {
  const asked = (card && card.request_three_d_secure) || 'automatic';
  return {
    card: {
      installments: null,
      mandate_options: null,
      network: null,
      request_three_d_secure: asked,
    },
  };
}

/** The card, if this intent may charge it: a saved card pays for its own customer only. */
function getUsableCard(desk: Desk, id: string, customer: unknown): SavedCard {
  const saved = getCard(desk, id, 'payment_method');
  if (saved.spent) throw spentCard();
  const owner = saved.method.customer;
  if (owner === null || owner === customer) return saved;
  throw notPossible({
    param: 'payment_method',
    code: 'resource_missing',
    message: `PaymentMethods that have been attached to a customer can only be used with that customer: the customer does not have a payment method with the ID ${id}. The payment method must be attached to the customer.`,
  });
}

type ConfirmParams = Pick<
  Stripe.PaymentIntentConfirmParams,
  'off_session' | 'return_url' | 'error_on_requires_action'
>;

function confirm(
  desk: Desk,
  intent: Stripe.PaymentIntent,
  params: ConfirmParams,
): Stripe.PaymentIntent {
  if (typeof intent.payment_method !== 'string') throw withoutMethod();
  const offSession = params.off_session !== undefined && params.off_session !== false;
  if (!offSession && params.return_url === undefined) checkNoRedirects(intent);
  const saved = getUsableCard(desk, intent.payment_method, intent.customer);
  const result = attemptPayment(
    desk,
    { intent, saved },
    {
      offSession,
      authenticated: false,
      returnUrl: params.return_url,
      errorOnAction: params.error_on_requires_action === true,
      asked: asksForAuthentication(intent),
    },
  );
  if (result.error) throw result.error;
  return result.intent;
}

function asksForAuthentication(intent: Stripe.PaymentIntent): boolean {
  const asked = intent.payment_method_options?.card?.request_three_d_secure;
  return asked === 'any' || asked === 'challenge';
}

function withoutMethod() {
  return notPossible({
    code: 'payment_intent_unexpected_state',
    message:
      "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.",
  });
}

function checkNoRedirects(intent: Stripe.PaymentIntent): void {
  const automatic = intent.automatic_payment_methods;
  if (!automatic?.enabled || automatic.allow_redirects === 'never') return;
  throw notPossible({
    message:
      "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a `return_url`. If you don't want to accept redirect-based payment methods, set `automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to `never` when creating Setup Intents and Payment Intents.",
  });
}

export function confirmPaymentIntent(
  desk: Desk,
  id: string,
  params: Stripe.PaymentIntentConfirmParams,
): Stripe.PaymentIntent {
  onlyImitated(params, [
    ...(['payment_method', 'off_session', 'return_url', 'use_stripe_sdk'] as const),
    ...(['error_on_requires_action', 'setup_future_usage', 'receipt_email'] as const),
  ]);
  const intent = getPaymentIntent(desk, id);
  checkStatus(intent, 'confirm', [
    'requires_payment_method',
    'requires_confirmation',
    'requires_action',
  ]);
  const method = params.payment_method
    ? getUsableCard(desk, params.payment_method, intent.customer).method.id
    : intent.payment_method;
  const usage = params.setup_future_usage || intent.setup_future_usage;
  return confirm(desk, { ...intent, payment_method: method, setup_future_usage: usage }, params);
}

function checkStatus(intent: Stripe.PaymentIntent, verb: string, allowed: string[]): void {
  if (allowed.includes(intent.status)) return;
  throw notPossible({
    code: 'payment_intent_unexpected_state',
    message: `You cannot ${verb} this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be ${verb}ed: ${allowed.join(', ')}.`,
  });
}

export function updatePaymentIntent(
  desk: Desk,
  id: string,
  params: Stripe.PaymentIntentUpdateParams,
): Stripe.PaymentIntent {
  onlyImitated(params, ['metadata', 'description', 'amount', 'payment_method', 'transfer_group']);
  const before = getPaymentIntent(desk, id);
  const frozen = before.status === 'succeeded' || before.status === 'canceled';
  if (frozen && (params.amount !== undefined || params.payment_method !== undefined)) {
    checkStatus(before, 'updat', ['requires_payment_method', 'requires_confirmation']);
  }
  if (params.amount !== undefined) checkChargeAmount(params.amount, before.currency);
  const method = params.payment_method
    ? getUsableCard(desk, params.payment_method, before.customer).method.id
    : before.payment_method;
  const intent: Stripe.PaymentIntent = {
    ...before,
    amount: params.amount ?? before.amount,
    description: params.description ?? before.description,
    metadata: mergeMetadata(before.metadata, params.metadata),
    payment_method: method,
    transfer_group: params.transfer_group || before.transfer_group,
    ...(params.payment_method && { status: 'requires_confirmation' as const }),
  };
  desk.shelves.paymentIntents.put(id, intent);
  return intent;
}

export function cancelPaymentIntent(
  desk: Desk,
  id: string,
  params: { cancellation_reason?: string },
): Stripe.PaymentIntent {
  const before = getPaymentIntent(desk, id);
  checkStatus(before, 'cancel', [
    ...(['requires_payment_method', 'requires_capture', 'requires_confirmation'] as const),
    ...(['requires_action', 'processing'] as const),
  ]);
  const intent: Stripe.PaymentIntent = {
    ...before,
    amount_capturable: 0,
    canceled_at: desk.nowSeconds(),
    cancellation_reason: params.cancellation_reason ?? null,
    next_action: null,
    status: 'canceled',
  };
  desk.shelves.paymentIntents.put(id, intent);
  if (before.status === 'requires_capture') letGo(desk, before);
  desk.emit('payment_intent.canceled', intent);
  return intent;
}

/** Releases a hold: Stripe marks its charge as refunded in full. */
function letGo(desk: Desk, intent: Stripe.PaymentIntent): void {
  const before = getCharge(desk, idOf(intent.latest_charge));
  const charge = { ...before, amount_refunded: before.amount, refunded: true };
  desk.shelves.charges.put(charge.id, charge);
  desk.emit('charge.refunded', charge, before);
}

/** A hold that nobody captured in time. */
export function expireAuthorization(desk: Desk, id: string): void {
  const intent = desk.shelves.paymentIntents.get(id);
  if (intent?.status === 'requires_capture') {
    cancelPaymentIntent(desk, id, { cancellation_reason: 'expired' });
  }
}

export function capturePaymentIntent(
  desk: Desk,
  id: string,
  params: Stripe.PaymentIntentCaptureParams,
): Stripe.PaymentIntent {
  onlyImitated(params, ['amount_to_capture', 'metadata', 'final_capture']);
  const before = getPaymentIntent(desk, id);
  checkStatus(before, 'captur', ['requires_capture']);
  const amount = params.amount_to_capture ?? before.amount_capturable;
  if (amount > before.amount_capturable) {
    throw notPossible({
      param: 'amount_to_capture',
      code: 'amount_too_large',
      message: `The remaining amount on this PaymentIntent that can be captured is ${before.amount_capturable}.`,
    });
  }
  const charge = { ...getCharge(desk, idOf(before.latest_charge)), captured: true };
  const captured = { ...charge, amount_captured: amount, amount_refunded: charge.amount - amount };
  desk.shelves.charges.put(charge.id, captured);
  desk.emit('charge.captured', captured);
  settleCharge(desk, charge.id);
  const intent: Stripe.PaymentIntent = {
    ...before,
    amount_capturable: 0,
    amount_received: amount,
    metadata: mergeMetadata(before.metadata, params.metadata),
    status: 'succeeded',
  };
  desk.shelves.paymentIntents.put(id, intent);
  desk.emit('payment_intent.succeeded', intent);
  return intent;
}

/** What the customer did on the 3-D Secure page; undefined when nothing was waiting for it. */
export function finishAuthentication(
  desk: Desk,
  id: string,
  passed: boolean,
): Stripe.PaymentIntent | undefined {
  const intent = desk.shelves.paymentIntents.get(id);
  if (intent?.status !== 'requires_action' || typeof intent.payment_method !== 'string') {
    return undefined;
  }
  const saved = getCard(desk, intent.payment_method);
  if (!passed) return failAuthentication(desk, intent, saved);
  const manner: Manner = {
    offSession: false,
    authenticated: true,
    returnUrl: undefined,
    errorOnAction: false,
    asked: false,
  };
  return attemptPayment(desk, { intent, saved }, manner).intent;
}

export function getPaymentIntent(desk: Desk, id: string, param?: string): Stripe.PaymentIntent {
  const intent = desk.shelves.paymentIntents.get(id);
  if (!intent) throw noSuch('payment_intent', id, param);
  return intent;
}

export function listPaymentIntents(desk: Desk, params: Stripe.PaymentIntentListParams) {
  onlyImitated(params, ['limit', 'starting_after', 'ending_before', 'created', 'customer']);
  const fitting = desk.shelves.paymentIntents
    .all()
    .filter((each) => params.customer === undefined || each.customer === params.customer);
  return listPage(fitting, params, '/v1/payment_intents');
}
