// Confirming a payment intent: with the card it may charge, now or after 3-D Secure.
import type Stripe from 'stripe';
import type { Desk } from '../desk.ts';
import { notPossible } from '../server/api-error.ts';
import { attemptPayment, failAuthentication, type Manner } from './attempt-payment.ts';
import { onlyImitated } from './only-imitated.ts';
import { checkStatus, getPaymentIntent } from './payment-intents.ts';
import { getCard, getUsableCard } from './payment-methods.ts';

type ConfirmParams = Pick<
  Stripe.PaymentIntentConfirmParams,
  'off_session' | 'return_url' | 'error_on_requires_action'
>;

export function confirmIntent(
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
  return confirmIntent(
    desk,
    { ...intent, payment_method: method, setup_future_usage: usage },
    params,
  );
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
