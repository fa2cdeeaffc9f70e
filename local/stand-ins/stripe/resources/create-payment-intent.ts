// Making a payment intent, and refusing to, as Stripe does.
import type Stripe from 'stripe';
import type { Desk } from '../desk.ts';
import { invalidParameter } from '../server/api-error.ts';
import { checkTakesCards } from './accounts.ts';
import { checkChargeAmount, readCurrency } from './amounts.ts';
import { confirmIntent } from './confirm-payment-intent.ts';
import { getCustomer } from './customers.ts';
import { mergeMetadata } from './metadata.ts';
import { onlyImitated } from './only-imitated.ts';
import { getUsableCard } from './payment-methods.ts';

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
  return params.confirm === true ? confirmIntent(desk, intent, params) : intent;
}

function checkCreation(desk: Desk, params: Stripe.PaymentIntentCreateParams): void {
  onlyImitated(params, CREATED_WITH);
  checkTakesCards(desk);
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
