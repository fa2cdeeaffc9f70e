// The merchants' console with everything it needs: the tables, and Stripe as shops use it.
import { consoleFront } from '../../web/console/console-front.ts';
import { providerOrigins } from './provider-origins.ts';
import { stripeShopProvider } from './provider.ts';
import { readEnvironment } from './read-environment.ts';
import { storesAndClock } from './stores.ts';

export function merchantConsole() {
  const { stripeApiUrl } = readEnvironment(['stripeApiUrl']);
  return consoleFront({
    ...storesAndClock(),
    ...stripeShopProvider(),
    providerOrigins: providerOrigins(stripeApiUrl),
  });
}
