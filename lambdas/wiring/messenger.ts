// Messenger with its two secrets: the page's token to speak, the app's secret to prove who speaks.
import { createGraphClient } from '../adapters/messenger/graph-client.ts';
import { createProfileSource } from '../adapters/messenger/profile.ts';
import { appSecretSchema, pageSecretSchema } from '../adapters/messenger/secrets.ts';
import { createMessenger } from '../adapters/messenger/send-reply.ts';
import type { Messenger } from '../domain/chat/ports.ts';
import { systemClock } from './clock.ts';
import { log } from './logger.ts';
import type { Outside } from './outside.ts';
import { readEnvironment } from './read-environment.ts';
import { secretReader } from './secret-reader.ts';

export function messengerPorts(outside: Outside = {}) {
  const environment = readEnvironment([
    'graphApiUrl',
    'messengerAppSecretId',
    'messengerPageSecretId',
  ]);
  const appSecret = secretReader(environment.messengerAppSecretId, appSecretSchema, outside);
  const pageSecret = secretReader(environment.messengerPageSecretId, pageSecretSchema, outside);
  const graph = createGraphClient({
    apiUrl: environment.graphApiUrl,
    clock: outside.clock ?? systemClock,
    ...(outside.exchangeWithGraph === undefined ? {} : { exchange: outside.exchangeWithGraph }),
    async credentialsOf(pageId) {
      const [{ appSecrets }, { tokens }] = await Promise.all([appSecret(), pageSecret()]);
      const [current] = appSecrets;
      const pageToken = tokens[pageId];
      return pageToken === undefined || current === undefined
        ? undefined
        : { pageToken, appSecret: current };
    },
  });
  return {
    messenger: loudAboutFailures(createMessenger(graph)),
    profiles: createProfileSource(graph),
  };
}

/** Whatever was not sent is seen by the operator: a Page that may not send at once, a single bubble in the figures. */
function loudAboutFailures(messenger: Messenger): Messenger {
  return {
    ...messenger,
    async send(request) {
      const outcome = await messenger.send(request);
      const { pageId } = request.to;
      if (outcome.kind === 'stopped') log('page_cannot_send', { pageId, reason: outcome.why });
      else if (outcome.kind !== 'sent') log('message_not_sent', { pageId, outcome: outcome.kind });
      return outcome;
    },
  };
}
