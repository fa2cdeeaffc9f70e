// Stripe's test cards: number, token, and what each does when it is saved, charged, disputed or refunded.

export type Decline =
  | 'generic_decline'
  | 'insufficient_funds'
  | 'lost_card'
  | 'stolen_card'
  | 'expired_card'
  | 'incorrect_cvc'
  | 'processing_error'
  | 'card_velocity_exceeded';

export interface TestCard {
  number: string;
  /** The payment method token that stands for it in API calls. */
  token: string;
  label: string;
  brand: 'visa' | 'mastercard' | 'amex' | 'discover';
  funding?: 'credit' | 'debit';
  /** Declined when charged; when saved too, unless `savesFine`. */
  declines?: Decline;
  savesFine?: true;
  /**
   * 3-D Secure: `always`; `unless-set-up` (asked when it is set up, and on every charge with the customer present);
   * `set-up` (asked only when the customer is present); `optional` (only when the merchant asks for it).
   */
  authentication?: 'always' | 'unless-set-up' | 'set-up' | 'optional';
  radar?: 'blocked' | 'highest' | 'elevated';
  /** Reasons of the disputes that follow a charge. */
  disputes?: ('fraudulent' | 'product_not_received')[];
  inquiry?: true;
  fraudWarning?: true;
  refund?: 'pending' | 'fails';
  /** Its charges are available at once. */
  bypassesPending?: true;
}

const decline = (number: string, token: string, declines: Decline): TestCard => ({
  number,
  token,
  label: `Declined: ${declines.replaceAll('_', ' ')}`,
  brand: 'visa',
  declines,
});

export const TEST_CARDS: readonly TestCard[] = [
  { number: '4242424242424242', token: 'pm_card_visa', label: 'Visa', brand: 'visa' },
  {
    number: '4000056655665556',
    token: 'pm_card_visa_debit',
    label: 'Visa debit',
    brand: 'visa',
    funding: 'debit',
  },
  {
    number: '5555555555554444',
    token: 'pm_card_mastercard',
    label: 'Mastercard',
    brand: 'mastercard',
  },
  {
    number: '5200828282828210',
    token: 'pm_card_mastercard_debit',
    label: 'Mastercard debit',
    brand: 'mastercard',
    funding: 'debit',
  },
  {
    number: '378282246310005',
    token: 'pm_card_amex',
    label: 'American Express',
    brand: 'amex',
  },
  {
    number: '6011111111111117',
    token: 'pm_card_discover',
    label: 'Discover',
    brand: 'discover',
  },
  {
    number: '4000000000000077',
    token: 'pm_card_bypassPending',
    label: 'Money available at once',
    brand: 'visa',
    bypassesPending: true,
  },
  decline('4000000000000002', 'pm_card_chargeDeclined', 'generic_decline'),
  decline('4000000000009995', 'pm_card_chargeDeclinedInsufficientFunds', 'insufficient_funds'),
  decline('4000000000009987', 'pm_card_chargeDeclinedLostCard', 'lost_card'),
  decline('4000000000009979', 'pm_card_chargeDeclinedStolenCard', 'stolen_card'),
  decline('4000000000000069', 'pm_card_chargeDeclinedExpiredCard', 'expired_card'),
  decline('4000000000000127', 'pm_card_chargeDeclinedIncorrectCvc', 'incorrect_cvc'),
  decline('4000000000000119', 'pm_card_chargeDeclinedProcessingError', 'processing_error'),
  decline(
    '4000000000006975',
    'pm_card_chargeDeclinedVelocityLimitExceeded',
    'card_velocity_exceeded',
  ),
  {
    number: '4000000000000341',
    token: 'pm_card_chargeCustomerFail',
    label: 'Saves, then declines',
    brand: 'visa',
    declines: 'generic_decline',
    savesFine: true,
  },
  {
    number: '4000002500003155',
    token: 'pm_card_authenticationRequiredOnSetup',
    label: '3-D Secure once',
    brand: 'visa',
    authentication: 'unless-set-up',
  },
  {
    number: '4000002760003184',
    token: 'pm_card_authenticationRequired',
    label: '3-D Secure every time',
    brand: 'visa',
    authentication: 'always',
  },
  {
    number: '4000003800000446',
    token: 'pm_card_authenticationRequiredSetupForOffSession',
    label: '3-D Secure, already set up',
    brand: 'visa',
    authentication: 'set-up',
  },
  {
    number: '4000008400001629',
    token: 'pm_card_threeDSecureRequiredChargeDeclined',
    label: '3-D Secure, then declined',
    brand: 'visa',
    authentication: 'always',
    declines: 'generic_decline',
    savesFine: true,
  },
  {
    number: '4000000000003220',
    token: 'pm_card_threeDSecure2Required',
    label: '3-D Secure required',
    brand: 'visa',
    authentication: 'always',
  },
  {
    number: '4000000000003055',
    token: 'pm_card_threeDSecureOptional',
    label: '3-D Secure optional',
    brand: 'visa',
    authentication: 'optional',
  },
  {
    number: '4100000000000019',
    token: 'pm_card_radarBlock',
    label: 'Blocked as fraud',
    brand: 'visa',
    radar: 'blocked',
  },
  {
    number: '4000000000004954',
    token: 'pm_card_riskLevelHighest',
    label: 'Highest risk: blocked',
    brand: 'visa',
    radar: 'highest',
  },
  {
    number: '4000000000009235',
    token: 'pm_card_riskLevelElevated',
    label: 'Elevated risk',
    brand: 'visa',
    radar: 'elevated',
  },
  {
    number: '4000000000000259',
    token: 'pm_card_createDispute',
    label: 'Disputed as fraud',
    brand: 'visa',
    disputes: ['fraudulent'],
  },
  {
    number: '4000000000002685',
    token: 'pm_card_createDisputeProductNotReceived',
    label: 'Disputed: not received',
    brand: 'visa',
    disputes: ['product_not_received'],
  },
  {
    number: '4000000000001976',
    token: 'pm_card_createDisputeInquiry',
    label: 'Inquiry',
    brand: 'visa',
    disputes: ['fraudulent'],
    inquiry: true,
  },
  {
    number: '4000000000005423',
    token: 'pm_card_createIssuerFraudRecord',
    label: 'Early fraud warning',
    brand: 'visa',
    fraudWarning: true,
  },
  {
    number: '4000000404000079',
    token: 'pm_card_createMultipleDisputes',
    label: 'Several disputes',
    brand: 'visa',
    disputes: ['fraudulent', 'product_not_received'],
  },
  {
    number: '4000000000007726',
    token: 'pm_card_pendingRefund',
    label: 'Refund is pending first',
    brand: 'visa',
    refund: 'pending',
  },
  {
    number: '4000000000005126',
    token: 'pm_card_refundFail',
    label: 'Refund fails later',
    brand: 'visa',
    refund: 'fails',
  },
];

const byNumber = new Map(TEST_CARDS.map((card) => [card.number, card]));
const byToken = new Map(TEST_CARDS.map((card) => [card.token, card]));

/** The card of that number, spaces allowed. */
export function findTestCard(number: string): TestCard | undefined {
  return byNumber.get(number.replaceAll(/[\s-]/g, ''));
}

export function findTestCardByToken(token: string): TestCard | undefined {
  return byToken.get(token);
}
