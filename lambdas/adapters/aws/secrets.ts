// Reads a JSON secret through AWS's Parameters and Secrets extension, so that no bundle carries a Secrets Manager client.
import { request } from 'node:http';
import * as z from 'zod/mini';
import type { Clock } from '../../domain/ports.ts';

export interface SecretsExtension {
  readonly port: number;
  /** AWS_SESSION_TOKEN: proves to the extension that the caller runs in this function. */
  readonly token: string;
  readonly clock: Clock;
  /** Gives the extension's answer; asked over HTTP unless something else stands here. */
  readonly ask?: (secretId: string) => Promise<string>;
}

/** How long a value is used before it is asked for again: a rotated secret is in use within a minute. */
const freshForMs = 60_000;

/** How long an old value still serves when it cannot be read again. */
const staleForMs = 600_000;

const timeoutMs = 3000;

/** Far above the 64 KB that a secret can have. */
const maxAnswerBytes = 262_144;

const answerSchema = z.object({ SecretString: z.string() });

/**
 * A reader of one secret, cached for the life of the container. Its errors name the secret and what went wrong, never a
 * part of what it holds.
 */
export function createSecretReader<Secret>(
  extension: SecretsExtension,
  secretId: string,
  schema: z.ZodMiniType<Secret>,
): () => Promise<Secret> {
  const ask = extension.ask ?? ((id) => askExtension(extension, id));
  let held: { readonly secret: Secret; readonly atMs: number } | undefined;
  let reading: Promise<Secret> | undefined;

  const readAgain = async (): Promise<Secret> => {
    const atMs = extension.clock.now();
    try {
      const secret = parseSecret(secretId, schema, await ask(secretId));
      held = { secret, atMs };
      return secret;
    } catch (error) {
      if (held !== undefined && atMs - held.atMs < staleForMs) return held.secret;
      throw error;
    }
  };

  return async () => {
    if (held !== undefined && extension.clock.now() - held.atMs < freshForMs) return held.secret;
    // Records that are handled side by side wait for one answer.
    reading ??= readAgain().finally(() => {
      reading = undefined;
    });
    return reading;
  };
}

function parseSecret<Secret>(
  secretId: string,
  schema: z.ZodMiniType<Secret>,
  answer: string,
): Secret {
  const outer = z.safeParse(answerSchema, parseJson(answer));
  if (!outer.success) throw new Error(`The extension's answer for ${secretId} has no SecretString`);
  const inner = z.safeParse(schema, parseJson(outer.data.SecretString));
  if (inner.success) return inner.data;
  const wrong = inner.error.issues.map((issue) => issue.path.join('.') || 'not a JSON object');
  throw new Error(`Secret ${secretId} does not have the expected fields: ${wrong.join(', ')}`);
}

/** Undefined for what is not JSON: the parser's own error would quote it. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The body of a 200; everything else is an error. */
function askExtension(extension: SecretsExtension, secretId: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (what: string) => {
      reject(new Error(`Secret ${secretId} cannot be read: ${what}`));
    };
    const call = request(
      {
        host: '127.0.0.1',
        port: extension.port,
        path: `/secretsmanager/get?secretId=${encodeURIComponent(secretId)}`,
        headers: { 'X-Aws-Parameters-Secrets-Token': extension.token },
        signal: AbortSignal.timeout(timeoutMs),
      },
      (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > maxAnswerBytes) call.destroy(new Error('too large'));
          else chunks.push(chunk);
        });
        response.on('error', () => fail('the answer broke off'));
        response.on('end', () => {
          if (response.statusCode === 200) resolve(Buffer.concat(chunks).toString('utf8'));
          else fail(`the extension answered ${response.statusCode ?? 'nothing'}`);
        });
      },
    );
    call.on('error', (error) => fail(error.name === 'Error' ? error.message : error.name));
    call.end();
  });
}
