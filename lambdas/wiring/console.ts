// The merchants' console with everything it needs: the tables, Stripe as shops use it, and the queue of deliveries.
import { consoleFront } from '../../web/console/console-front.ts';
import { createDueQueue } from '../adapters/aws/due-queue.ts';
import { createSqsClient } from '../adapters/aws/sqs-client.ts';
import { webauthnVerifier } from '../adapters/webauthn/passkey-verifier.ts';
import { log } from './logger.ts';
import { merchantsLastWord } from './last-word.ts';
import { addressBook, merchantStoresAndClock } from './merchant-stores.ts';
import type { Outside } from './outside.ts';
import { providerOrigins } from './provider-origins.ts';
import { stripeForShops } from './provider.ts';
import { readEnvironment } from './read-environment.ts';

export function merchantConsole(outside: Outside = {}) {
  const { stripeApiUrl, webhookQueueUrl, publicUrl } = readEnvironment([
    'stripeApiUrl',
    'webhookQueueUrl',
    'publicUrl',
  ]);
  return consoleFront({
    ...merchantStoresAndClock(outside),
    ...stripeForShops(outside),
    webhookQueue: createDueQueue(outside.sqs ?? createSqsClient(), webhookQueueUrl),
    providerOrigins: providerOrigins(stripeApiUrl),
    ...addressBook(),
    ...merchantsLastWord(outside),
    passkeyVerifier: webauthnVerifier(publicUrl),
    onPasskeyRefused: ({ why, memberId }) =>
      log('passkey_refused', { reason: why, ...(memberId !== undefined && { subject: memberId }) }),
  });
}
