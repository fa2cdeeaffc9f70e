// One attempt to pay an intent with a card: approved, declined, or sent to 3-D Secure.
import type Stripe from 'stripe';
import { judgeCharge, type Refusal } from '../cards/judge-charge.ts';
import type { Desk } from '../desk.ts';
import { cardError, type ApiError } from '../server/api-error.ts';
import type { SavedCard } from '../state.ts';
import { recordCharge } from './charges.ts';
import { attach, cardOf, markSetUp, spendIfLoose } from './payment-methods.ts';

export interface Manner {
  offSession: boolean;
  /** The customer has just passed 3-D Secure for this attempt. */
  authenticated: boolean;
  returnUrl: string | undefined;
  /** Refuse instead of asking the customer to act. */
  errorOnAction: boolean;
  /** The merchant asked for 3-D Secure on the card. */
  asked: boolean;
}

export interface AttemptResult {
  intent: Stripe.PaymentIntent;
  /** What the API answers when the card said no. */
  error: ApiError | undefined;
}

export function attemptPayment(
  desk: Desk,
  { intent, saved }: { intent: Stripe.PaymentIntent; saved: SavedCard },
  manner: Manner,
): AttemptResult {
  const verdict = judgeCharge(cardOf(saved), {
    ...manner,
    setUp: saved.setUp,
    forcedDecline: desk.cause.forcedDecline,
  });
  switch (verdict.is) {
    case 'approved':
      return { intent: approve(desk, { intent, saved }, manner), error: undefined };
    case 'refused':
      return refuse(desk, { intent, saved }, verdict.refusal);
    case 'needs_authentication':
      if (manner.errorOnAction) return refuse(desk, { intent, saved }, actionNotAllowed());
      return { intent: askForAction(desk, { intent, saved }, manner), error: undefined };
  }
}

function actionNotAllowed(): Refusal {
  const message = 'Your card was declined. This transaction requires authentication.';
  return { code: 'authentication_required', decline_code: 'authentication_required', message };
}

function keep(desk: Desk, intent: Stripe.PaymentIntent): Stripe.PaymentIntent {
  desk.shelves.paymentIntents.put(intent.id, intent);
  return intent;
}

function approve(
  desk: Desk,
  { intent, saved }: { intent: Stripe.PaymentIntent; saved: SavedCard },
  manner: Manner,
): Stripe.PaymentIntent {
  const used = useCard(desk, intent, saved);
  const charge = recordCharge(desk, intent, {
    saved: used,
    authenticated: manner.authenticated,
    refusal: undefined,
  });
  const held = intent.capture_method === 'manual';
  if (held) desk.later('expire-authorization', intent.id, 7 * 24 * 3600 * 1000);
  const paid = keep(desk, {
    ...intent,
    amount_capturable: held ? intent.amount : 0,
    amount_received: held ? 0 : intent.amount,
    last_payment_error: null,
    latest_charge: charge.id,
    next_action: null,
    payment_method: used.method.id,
    status: held ? 'requires_capture' : 'succeeded',
  });
  desk.emit(held ? 'payment_intent.amount_capturable_updated' : 'payment_intent.succeeded', paid);
  return paid;
}

/** Saves the card with the customer when the intent says so; a card of nobody's is used up. */
function useCard(desk: Desk, intent: Stripe.PaymentIntent, saved: SavedCard): SavedCard {
  const { customer } = intent;
  if (typeof customer === 'string' && intent.setup_future_usage !== null) {
    const attached = attach(desk, saved, customer);
    return intent.setup_future_usage === 'off_session' ? markSetUp(desk, attached) : attached;
  }
  spendIfLoose(desk, saved);
  return saved;
}

function refuse(
  desk: Desk,
  { intent, saved }: { intent: Stripe.PaymentIntent; saved: SavedCard },
  refusal: Refusal,
): AttemptResult {
  const charge = recordCharge(desk, intent, { saved, authenticated: false, refusal });
  const { blocked: _radarOnly, ...said } = refusal;
  const failed = keep(desk, {
    ...intent,
    last_payment_error: {
      type: 'card_error',
      ...said,
      charge: charge.id,
      payment_method: saved.method,
    },
    latest_charge: charge.id,
    next_action: null,
    payment_method: null,
    status: 'requires_payment_method',
  });
  desk.emit('payment_intent.payment_failed', failed);
  const body = { ...said, charge: charge.id, payment_intent: failed };
  return { intent: failed, error: cardError({ ...body, payment_method: saved.method }) };
}

function askForAction(
  desk: Desk,
  { intent, saved }: { intent: Stripe.PaymentIntent; saved: SavedCard },
  manner: Manner,
): Stripe.PaymentIntent {
  const url = desk.pageUrl(`/3ds/${intent.id}?key=${intent.client_secret}`);
  const asked = keep(desk, {
    ...intent,
    next_action:
      manner.returnUrl === undefined
        ? { type: 'use_stripe_sdk', use_stripe_sdk: {} }
        : {
            type: 'redirect_to_url',
            redirect_to_url: { url, return_url: manner.returnUrl },
          },
    payment_method: saved.method.id,
    status: 'requires_action',
  });
  desk.emit('payment_intent.requires_action', asked);
  return asked;
}

/** The customer failed, or gave up on, 3-D Secure. */
export function failAuthentication(desk: Desk, intent: Stripe.PaymentIntent, saved: SavedCard) {
  const failed = keep(desk, {
    ...intent,
    last_payment_error: {
      type: 'card_error',
      code: 'payment_intent_authentication_failure',
      message:
        'The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.',
      payment_method: saved.method,
    },
    next_action: null,
    payment_method: null,
    status: 'requires_payment_method',
  });
  desk.emit('payment_intent.payment_failed', failed);
  return failed;
}
