// Stripe as the shops' provider: direct charges on each shop's own account, every promise kept by the file of its name.
import type { ShopProvider } from '../../domain/orders/ports.ts';
import { abandonCharge } from './charges.ts';
import { closeCheckout, openCheckout } from './checkout.ts';
import { onboardMerchant } from './merchants.ts';
import { chargeSavedCard } from './order-charges.ts';
import { sendEvidence, uploadEvidence } from './order-evidence.ts';
import { refundOrder } from './order-refunds.ts';
import type { StripeProviderOptions } from './payment-provider.ts';
import { createStripeShopLookUp } from './shop-look-up.ts';

export function createShopProvider({ client }: StripeProviderOptions): ShopProvider {
  return {
    onboardMerchant: (request) => onboardMerchant(client, request),
    openCheckout: (request) => openCheckout(client, request),
    closeCheckout: (accountId, sessionId) => closeCheckout(client, accountId, sessionId),
    chargeSavedCard: (request) => chargeSavedCard(client, request),
    abandonCharge: (accountId, intentId) =>
      abandonCharge(client, intentId, { stripeAccount: accountId }),
    refund: (request) => refundOrder(client, request),
    uploadEvidence: (request) => uploadEvidence(client, request),
    sendEvidence: (request) => sendEvidence(client, request),
    lookUp: createStripeShopLookUp(client),
  };
}
