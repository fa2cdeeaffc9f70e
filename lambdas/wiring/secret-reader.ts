// What the Lambda runtime provides to every function: secrets, read through its extension.
import type * as z from 'zod/mini';
import { createSecretReader, type SecretsExtension } from '../adapters/aws/secrets.ts';
import { systemClock } from './clock.ts';
import type { EnvironmentSource } from './read-environment.ts';

/** Where the extension listens unless told otherwise. */
const defaultPort = 2773;

/** A reader of one secret for the life of this container. */
export function secretReader<Secret>(
  secretId: string,
  schema: z.ZodMiniType<Secret>,
  source: EnvironmentSource = process.env,
): () => Promise<Secret> {
  const extension: SecretsExtension = {
    port: Number(source['PARAMETERS_SECRETS_EXTENSION_HTTP_PORT'] ?? defaultPort),
    token: source['AWS_SESSION_TOKEN'] ?? '',
    clock: systemClock,
  };
  return createSecretReader(extension, secretId, schema);
}
