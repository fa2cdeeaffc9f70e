// Stripe as the payment provider: the port's every promise, kept by the file of its name.
import type { PaymentProvider } from '../../domain/payments/ports.ts';
import { abandonCharge, charge } from './charges.ts';
import type { StripeClient } from './client.ts';
import { saveInstrument } from './instruments.ts';
import { createStripeLookUp } from './look-up.ts';
import { payOut } from './payouts.ts';
import { onboardRecipient } from './recipients.ts';
import { refund } from './refunds.ts';
import { reversePayOut } from './reversals.ts';

export interface StripeProviderOptions {
  readonly client: StripeClient;
}

export function createStripeProvider({ client }: StripeProviderOptions): PaymentProvider {
  return {
    saveInstrument: (request) => saveInstrument(client, request),
    charge: (request) => charge(client, request),
    abandonCharge: (intentId) => abandonCharge(client, intentId),
    payOut: (request) => payOut(client, request),
    refund: (request) => refund(client, request),
    reversePayOut: (request) => reversePayOut(client, request),
    onboardRecipient: (request) => onboardRecipient(client, request),
    lookUp: createStripeLookUp(client),
  };
}
