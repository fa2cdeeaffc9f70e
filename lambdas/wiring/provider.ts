// The provider that moves the money: Stripe, with the key that is valid now, if it is one for this stage.
import * as z from 'zod/mini';
import { createStripeClient, type StripeClientOptions } from '../adapters/stripe/client.ts';
import { createStripeProvider } from '../adapters/stripe/payment-provider.ts';
import { createShopMoney } from '../adapters/stripe/shop-money.ts';
import { createShopProvider } from '../adapters/stripe/shop-provider.ts';
import type { Outside } from './outside.ts';
import { readEnvironment, readSettings } from './read-environment.ts';
import { secretReader } from './secret-reader.ts';

const stripeKeySchema = z.object({ secretKey: z.string().check(z.minLength(1)) });

/** People among each other, and shops: two ports, one key and one pool of connections. */
export function stripeProvider({ providers }: Outside = {}) {
  if (providers !== undefined) return providers;
  const client = stripeClient();
  return {
    provider: createStripeProvider({ client }),
    shopProvider: createShopProvider({ client }),
  };
}

/** For who reads much by night, and keeps nobody waiting. */
export function stripeForReading() {
  return stripeClient({ timeoutMs: 60_000, maxNetworkRetries: 3 });
}

function stripeClient(patience: Pick<StripeClientOptions, 'timeoutMs' | 'maxNetworkRetries'> = {}) {
  const environment = readEnvironment(['stripeApiUrl', 'stripeKeySecretId']);
  const { live } = readSettings();
  const key = secretReader(environment.stripeKeySecretId, stripeKeySchema);
  return createStripeClient({
    secretKey: async () => {
      const { secretKey } = await key();
      requireKeyOfStage(secretKey, { live, secretId: environment.stripeKeySecretId });
      return secretKey;
    },
    apiUrl: environment.stripeApiUrl,
    ...patience,
  });
}

/** For who has to do with shops alone, and looks at what they have. */
export function stripeForShops({ providers, shopMoney }: Outside = {}) {
  const client = stripeClient();
  return {
    shopProvider: providers?.shopProvider ?? createShopProvider({ client }),
    shopMoney: shopMoney ?? createShopMoney(client),
  };
}

/**
 * Throws before anything is asked of Stripe: a live key in a test stage would move real money, a test key in a live one
 * would sell goods for none. Names the secret, never what is in it.
 */
export function requireKeyOfStage(
  secretKey: string,
  stage: { readonly live: boolean; readonly secretId: string },
): void {
  const [kind] = /^[a-z]+_(?:live|test)_/u.exec(secretKey) ?? [];
  const isLive = kind?.endsWith('_live_') ?? false;
  const isTest = kind?.endsWith('_test_') ?? false;
  if (stage.live ? !isTest : !isLive) return;
  throw new Error(
    stage.live
      ? `The secret ${stage.secretId} holds a test key of Stripe, and this stage is live`
      : `The secret ${stage.secretId} holds a live key of Stripe, and this stage is not live`,
  );
}
