// Messenger for the functions that write to people: sends, typing dots and profiles, with the page's token and app secret.
import { createGraphClient, type GraphCredentials } from '../adapters/messenger/graph-client.ts';
import { createProfileSource } from '../adapters/messenger/profile.ts';
import { appSecretSchema, pageSecretSchema } from '../adapters/messenger/secrets.ts';
import { createMessenger } from '../adapters/messenger/send-reply.ts';
import type { Messenger } from '../domain/chat/ports.ts';
import type { ProfileSource } from '../domain/people/ports.ts';
import { systemClock } from './clock.ts';
import { readEnvironment } from './read-environment.ts';
import { secretReader } from './secret-reader.ts';

export function messengerPorts(): { messenger: Messenger; profiles: ProfileSource } {
  const environment = readEnvironment([
    'graphApiUrl',
    'messengerAppSecretId',
    'messengerPageSecretId',
  ]);
  const appSecret = secretReader(environment.messengerAppSecretId, appSecretSchema);
  const pageSecret = secretReader(environment.messengerPageSecretId, pageSecretSchema);

  const credentialsOf = async (pageId: string): Promise<GraphCredentials | undefined> => {
    const [{ appSecrets }, { tokens }] = await Promise.all([appSecret(), pageSecret()]);
    const pageToken = Object.hasOwn(tokens, pageId) ? tokens[pageId] : undefined;
    const [current] = appSecrets;
    return pageToken === undefined || current === undefined
      ? undefined
      : { pageToken, appSecret: current };
  };
  const graph = createGraphClient({
    apiUrl: environment.graphApiUrl,
    clock: systemClock,
    credentialsOf,
  });
  return { messenger: createMessenger(graph), profiles: createProfileSource(graph) };
}
