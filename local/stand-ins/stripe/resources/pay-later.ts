// A buyer finishes Checkout by a method whose bank says in days whether it works.
import type Stripe from 'stripe';
import { findTestCard } from '../cards/test-cards.ts';
import type { Desk } from '../desk.ts';
import { notPossible } from '../server/api-error.ts';
import { attemptPayment } from './attempt-payment.ts';
import { getStoredSession } from './checkout-sessions.ts';
import { idOf } from './id-of.ts';
import {
  detailsOf,
  intentOf,
  keep,
  type PayOutcome,
  successUrl,
  withCustomer,
} from './pay-session.ts';
import { getPaymentIntent } from './payment-intents.ts';
import { getCard, mintPaymentMethod } from './payment-methods.ts';

/** The page is finished and nothing is paid: `completed` with `payment_status` unpaid. */
export function payLater(desk: Desk, id: string): PayOutcome {
  const stored = getStoredSession(desk, id);
  if (stored.session.status !== 'open') return { is: 'not_open' };
  if (stored.session.allowed_payment_method_types?.join() === 'card') {
    throw notPossible({ message: 'This page takes cards alone.' });
  }
  const known = withCustomer(desk, stored, { card: '' });
  const card = findTestCard('4242424242424242');
  if (!card) throw new Error('There is no test card to stand for a bank account.');
  const intent: Stripe.PaymentIntent = {
    ...intentOf(desk, known),
    payment_method: mintPaymentMethod(desk, card).method.id,
    status: 'processing',
  };
  desk.shelves.paymentIntents.put(intent.id, intent);
  const next = keep(desk, known, {
    customer_details: detailsOf(desk, stored.session, undefined),
    payment_intent: intent.id,
    status: 'complete',
    url: null,
  });
  desk.emit('payment_intent.processing', intent);
  desk.emit('checkout.session.completed', next.session);
  return { is: 'complete', goTo: successUrl(next.session) };
}

/** The bank has decided. */
export function settleLater(
  desk: Desk,
  id: string,
  result: 'succeeded' | 'failed',
): Stripe.Checkout.Session {
  const stored = getStoredSession(desk, id);
  const intent = getPaymentIntent(desk, idOf(stored.session.payment_intent));
  if (intent.status !== 'processing') {
    throw notPossible({ message: `${id} waits for no bank.` });
  }
  if (result === 'failed') {
    failLater(desk, intent);
    desk.emit('checkout.session.async_payment_failed', stored.session);
    return stored.session;
  }
  const saved = getCard(desk, idOf(intent.payment_method));
  const manner = { offSession: true, authenticated: true, errorOnAction: true, asked: false };
  attemptPayment(desk, { intent, saved }, { ...manner, returnUrl: undefined });
  const { session } = keep(desk, stored, { payment_status: 'paid' });
  desk.emit('checkout.session.async_payment_succeeded', session);
  return session;
}

function failLater(desk: Desk, intent: Stripe.PaymentIntent): void {
  const message = 'The bank has refused the payment.';
  const failed: Stripe.PaymentIntent = {
    ...intent,
    last_payment_error: {
      type: 'api_error',
      code: 'payment_intent_payment_attempt_failed',
      message,
    },
    payment_method: null,
    status: 'requires_payment_method',
  };
  desk.shelves.paymentIntents.put(failed.id, failed);
  desk.emit('payment_intent.payment_failed', failed);
}
