// The errors that Stripe's API answers, with the fields that its SDK turns into exceptions.
import type Stripe from 'stripe';

/** The `error` member of an answer. */
export interface ErrorBody {
  type: string;
  message: string;
  code?: string;
  decline_code?: string;
  advice_code?: string;
  network_decline_code?: string;
  param?: string;
  doc_url?: string;
  charge?: string;
  payment_intent?: Stripe.PaymentIntent;
  payment_method?: Stripe.PaymentMethod;
  setup_intent?: Stripe.SetupIntent;
}

/** An answer that is not 2xx. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: ErrorBody;
  /**
   * Whether the endpoint had begun to work: then what it did stays done (a declined attempt), and the answer is what
   * its idempotency key replays.
   */
  readonly began: boolean;

  constructor(status: number, body: ErrorBody, began: boolean) {
    super(body.message);
    this.status = status;
    this.body = body.code ? { ...body, doc_url: docUrl(body.code) } : body;
    this.began = began;
  }
}

function docUrl(code: string): string {
  return `https://docs.stripe.com/error-codes/${code.replaceAll('_', '-')}`;
}

interface Refusal {
  message: string;
  param?: string;
  code?: string;
}

/** 400: the request itself is wrong; nothing was begun and nothing is stored under its key. */
export function invalidParameter(refusal: Refusal): ApiError {
  return new ApiError(400, { type: 'invalid_request_error', ...refusal }, false);
}

/** 400: the request is well-formed, but the state does not allow it. Replayed under its key. */
export function notPossible(refusal: Refusal): ApiError {
  return new ApiError(400, { type: 'invalid_request_error', ...refusal }, true);
}

/** 400 in a parameter, 404 in the path: there is no such object on this account. */
export function noSuch(kind: string, id: string, param?: string): ApiError {
  return new ApiError(
    param === undefined ? 404 : 400,
    {
      type: 'invalid_request_error',
      code: 'resource_missing',
      param: param ?? 'id',
      message: `No such ${kind}: '${id}'`,
    },
    false,
  );
}

/** 402: the card said no. */
export function cardError(body: Omit<ErrorBody, 'type'>): ApiError {
  return new ApiError(402, { type: 'card_error', ...body }, true);
}

/** A real parameter of Stripe's that this stand-in does not imitate: it says so rather than ignore it. */
export function notImitated(param: string): ApiError {
  return invalidParameter({
    param,
    code: 'stand_in_does_not_imitate',
    message: `Stripe knows ${param} here; its stand-in does not.`,
  });
}

/** What the platform hears of an account that is not there, or not for it any more. */
export function accountGone(account: string): ApiError {
  const message = `The provided key does not have access to account '${account}' (or that account does not exist). Application access may have been revoked.`;
  const body = { type: 'invalid_request_error', code: 'account_invalid', message };
  return new ApiError(403, body, false);
}
