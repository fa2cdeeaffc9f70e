// Stripe's codes for a refused charge, in the words that a payer may know.
import type { DeclineReason } from '../../domain/payments/decline-reason.ts';

export interface DeclineCodes {
  /** The API's error code, such as `card_declined`. */
  readonly code?: string | null | undefined;
  /** The issuer's (or Radar's) reason behind `card_declined`. */
  readonly declineCode?: string | null | undefined;
  /** The issuer's advice about trying again. */
  readonly adviceCode?: string | null | undefined;
}

/** Telling these apart would tell a thief what the bank knows: they stay generic, whatever else was said. */
const fraudCodes: ReadonlySet<string> = new Set([
  'fraudulent',
  'lost_card',
  'stolen_card',
  'pickup_card',
  'restricted_card',
  'security_violation',
  'merchant_blacklist',
  'highest_risk_level',
  'elevated_risk_level',
  'suspected_fraud',
]);

/** Codes of docs.stripe.com/declines/codes and of the SDK's error codes; what is not here is generic. */
const codesByReason = {
  insufficient_funds: ['insufficient_funds'],
  expired_card: ['expired_card', 'expired_payment_method'],
  incorrect_details: [
    'incorrect_cvc',
    'invalid_cvc',
    'incorrect_number',
    'invalid_number',
    'incorrect_zip',
    'incorrect_postal_code',
    'postal_code_invalid',
    'incorrect_address',
    'incorrect_pin',
    'invalid_pin',
    'invalid_expiry_month',
    'invalid_expiry_year',
  ],
  limit_exceeded: [
    'card_velocity_exceeded',
    'withdrawal_count_limit_exceeded',
    'card_decline_rate_limit_exceeded',
    'charge_exceeds_source_limit',
    'charge_exceeds_transaction_limit',
    'pin_try_exceeded',
    'amount_too_large',
  ],
  authentication_failed: [
    'authentication_required',
    'authentication_not_handled',
    'authentication_failure',
    'payment_intent_authentication_failure',
    'mobile_device_authentication_required',
  ],
  not_finished: ['payment_intent_payment_attempt_expired'],
  try_again_later: [
    'processing_error',
    'try_again_later',
    'issuer_not_available',
    'reenter_transaction',
    'approve_with_id',
    'payment_method_provider_timeout',
    'three_d_secure_authentication_upstream_error',
  ],
  not_supported: [
    'card_not_supported',
    'currency_not_supported',
    'transaction_not_allowed',
    'not_permitted',
    'service_not_allowed',
    'invalid_amount',
    'invalid_charge_amount',
    'amount_too_small',
    'invalid_card_type',
    'payment_method_not_available',
    'payment_method_unsupported_type',
    'payment_method_currency_mismatch',
    'payment_intent_incompatible_payment_method',
    'three_d_secure_authentication_not_supported',
  ],
  instrument_gone: [
    'invalid_account',
    'new_account_information_available',
    'account_closed',
    'payment_method_unexpected_state',
    'payment_method_unactivated',
    'resource_missing',
  ],
  generic: [],
} as const satisfies Record<DeclineReason, readonly string[]>;

const reasonOf = new Map<string, DeclineReason>();
for (const reason of reasons()) {
  for (const code of codesByReason[reason]) reasonOf.set(code, reason);
}

/** Every code that has a reason of its own or is fraud's; undefined for one that Stripe invented since. */
export function knownReason(code: string): DeclineReason | undefined {
  return fraudCodes.has(code) ? 'generic' : reasonOf.get(code);
}

export function readDeclineReason({ code, declineCode, adviceCode }: DeclineCodes): DeclineReason {
  for (const told of [declineCode, code]) {
    const reason = told === undefined || told === null ? undefined : knownReason(told);
    if (reason !== undefined) return reason;
  }
  // Only where the bank gave no reason: its advice still helps.
  if (adviceCode === 'try_again_later') return 'try_again_later';
  if (adviceCode === 'confirm_card_data') return 'incorrect_details';
  return 'generic';
}

function reasons(): readonly (keyof typeof codesByReason)[] {
  const isReason = (key: string): key is keyof typeof codesByReason =>
    Object.hasOwn(codesByReason, key);
  return Object.keys(codesByReason).filter(isReason);
}
