// Messenger with its two secrets: the page's token to speak, the app's secret to prove who speaks.
import { createGraphClient } from '../adapters/messenger/graph-client.ts';
import { createProfileSource } from '../adapters/messenger/profile.ts';
import { appSecretSchema, pageSecretSchema } from '../adapters/messenger/secrets.ts';
import { createMessenger } from '../adapters/messenger/send-reply.ts';
import { systemClock } from './clock.ts';
import { readEnvironment } from './read-environment.ts';
import { secretReader } from './secret-reader.ts';

export function messengerPorts() {
  const environment = readEnvironment([
    'graphApiUrl',
    'messengerAppSecretId',
    'messengerPageSecretId',
  ]);
  const appSecret = secretReader(environment.messengerAppSecretId, appSecretSchema);
  const pageSecret = secretReader(environment.messengerPageSecretId, pageSecretSchema);
  const graph = createGraphClient({
    apiUrl: environment.graphApiUrl,
    clock: systemClock,
    async credentialsOf(pageId) {
      const [{ appSecrets }, { tokens }] = await Promise.all([appSecret(), pageSecret()]);
      const [current] = appSecrets;
      const pageToken = tokens[pageId];
      return pageToken === undefined || current === undefined
        ? undefined
        : { pageToken, appSecret: current };
    },
  });
  return { messenger: createMessenger(graph), profiles: createProfileSource(graph) };
}
