// The provider that moves the money: Stripe, with the key that is valid now.
import * as z from 'zod/mini';
import { createStripeClient } from '../adapters/stripe/client.ts';
import { createStripeProvider } from '../adapters/stripe/payment-provider.ts';
import { readEnvironment } from './read-environment.ts';
import { secretReader } from './secret-reader.ts';

const stripeKeySchema = z.object({ secretKey: z.string().check(z.minLength(1)) });

export function stripeProvider() {
  const environment = readEnvironment(['stripeApiUrl', 'stripeKeySecretId']);
  const key = secretReader(environment.stripeKeySecretId, stripeKeySchema);
  const client = createStripeClient({
    secretKey: async () => (await key()).secretKey,
    apiUrl: environment.stripeApiUrl,
  });
  return { provider: createStripeProvider({ client }) };
}
