// The merchants' console with everything it needs: the tables, Stripe as shops use it, the queue of deliveries and that of the chat.
import { consoleFront } from '../../web/console/console-front.ts';
import { createChatQueue } from '../adapters/aws/chat-queue.ts';
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
  const { stripeApiUrl, webhookQueueUrl, chatQueueUrl, publicUrl } = readEnvironment([
    'stripeApiUrl',
    'webhookQueueUrl',
    'chatQueueUrl',
    'publicUrl',
  ]);
  const { sqs = createSqsClient() } = outside;
  return consoleFront({
    ...merchantStoresAndClock(outside),
    ...stripeForShops(outside),
    webhookQueue: createDueQueue(sqs, webhookQueueUrl),
    chatQueue: createChatQueue(sqs, chatQueueUrl),
    providerOrigins: providerOrigins(stripeApiUrl),
    ...addressBook(),
    ...merchantsLastWord(outside),
    passkeyVerifier: webauthnVerifier(publicUrl),
    onPasskeyRefused: ({ why, memberId }) =>
      log('passkey_refused', { reason: why, ...(memberId !== undefined && { subject: memberId }) }),
  });
}
