// A handler as Lambda runs it: its environment set, its secrets behind a local extension, its own module.
import { vi } from 'vitest';
import { json, type LocalServer, startLocalServer } from './local-server.ts';

/** Serves secrets by id, as the Parameters and Secrets extension does. */
export function startSecretsExtension(
  secrets: Readonly<Record<string, unknown>>,
): Promise<LocalServer> {
  return startLocalServer((response, received) => {
    const secret = secrets[received.query.get('secretId') ?? ''];
    if (secret === undefined) json(400, {})(response, received);
    else json(200, { SecretString: JSON.stringify(secret) })(response, received);
  });
}

export function setEnvironment(
  extension: LocalServer,
  more: Readonly<Record<string, string>>,
): void {
  const environment = {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_SESSION_TOKEN: 'session-token',
    PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: String(extension.port),
    POWERTOOLS_DEV: 'true',
    ...more,
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
}

/** What the function has written to its logs, as one text. Needs POWERTOOLS_DEV, which logs through console. */
export function captureLogs(): () => string {
  const lines: string[] = [];
  for (const level of ['debug', 'info', 'log', 'warn', 'error'] as const) {
    vi.spyOn(console, level).mockImplementation((...words: unknown[]) => {
      lines.push(words.map(String).join(' '));
    });
  }
  return () => lines.join('\n');
}
