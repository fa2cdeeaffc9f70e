// What the Lambda runtime provides to every function: secrets, read through its extension.
import type * as z from 'zod/mini';
import { createSecretReader, type SecretsExtension } from '../adapters/aws/secrets.ts';
import { systemClock } from './clock.ts';
import type { Outside } from './outside.ts';

/** Where the extension listens unless told otherwise. */
const defaultPort = 2773;

/** A reader of one secret for the life of this container. */
export function secretReader<Secret>(
  secretId: string,
  schema: z.ZodMiniType<Secret>,
  outside: Pick<Outside, 'clock' | 'askForSecret'> = {},
): () => Promise<Secret> {
  const extension: SecretsExtension = {
    port: Number(process.env['PARAMETERS_SECRETS_EXTENSION_HTTP_PORT'] ?? defaultPort),
    token: process.env['AWS_SESSION_TOKEN'] ?? '',
    clock: outside.clock ?? systemClock,
    ...(outside.askForSecret === undefined ? {} : { ask: outside.askForSecret }),
  };
  return createSecretReader(extension, secretId, schema);
}
