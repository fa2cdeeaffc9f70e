// The twin's test instruments: what each card does, under the names that Stripe gives its own.
import type { DeclineReason } from '../../domain/payments/decline-reason.ts';

export interface MemoryCard {
  readonly brand: string;
  readonly last4: string;
  /** Why a charge is refused. */
  readonly declines?: DeclineReason;
  /** The payer's bank asks the payer first, by a link. */
  readonly asksPayer?: true;
  readonly refund?: 'pending' | 'fails_later';
}

const visa = (last4: string, more: Partial<MemoryCard> = {}): MemoryCard => ({
  brand: 'visa',
  last4,
  ...more,
});

export const memoryCards = {
  pm_card_visa: visa('4242'),
  pm_card_mastercard: { brand: 'mastercard', last4: '4444' },
  pm_card_amex: { brand: 'amex', last4: '0005' },
  pm_card_discover: { brand: 'discover', last4: '1117' },
  pm_card_chargeDeclined: visa('0002', { declines: 'generic' }),
  pm_card_chargeDeclinedInsufficientFunds: visa('9995', { declines: 'insufficient_funds' }),
  pm_card_chargeDeclinedLostCard: visa('9987', { declines: 'generic' }),
  pm_card_chargeDeclinedStolenCard: visa('9979', { declines: 'generic' }),
  pm_card_chargeDeclinedExpiredCard: visa('0069', { declines: 'expired_card' }),
  pm_card_chargeDeclinedIncorrectCvc: visa('0127', { declines: 'incorrect_details' }),
  pm_card_chargeDeclinedProcessingError: visa('0119', { declines: 'try_again_later' }),
  pm_card_chargeDeclinedVelocityLimitExceeded: visa('6975', { declines: 'limit_exceeded' }),
  pm_card_chargeCustomerFail: visa('0341', { declines: 'generic' }),
  pm_card_radarBlock: visa('0019', { declines: 'generic' }),
  pm_card_authenticationRequired: visa('3184', { asksPayer: true }),
  pm_card_threeDSecureRequiredChargeDeclined: visa('1629', {
    asksPayer: true,
    declines: 'generic',
  }),
  pm_card_pendingRefund: visa('7726', { refund: 'pending' }),
  pm_card_refundFail: visa('5126', { refund: 'fails_later' }),
} as const satisfies Record<string, MemoryCard>;

export type MemoryCardName = keyof typeof memoryCards;

export function memoryCard(name: string): MemoryCard | undefined {
  return isCardName(name) ? memoryCards[name] : undefined;
}

function isCardName(name: string): name is MemoryCardName {
  return Object.hasOwn(memoryCards, name);
}
