// The HTTP door of the secrets, in the shape of AWS's Parameters and Secrets Lambda extension.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SecretStore } from './secret-store.ts';

const PATH = '/secretsmanager/get';

/** Answers a request for a secret; false when it is none. */
export function handleSecrets(
  secrets: SecretStore,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (request.method !== 'GET' || url.pathname !== PATH) return false;
  const send = (status: number, body: object) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
  if (request.headers['x-aws-parameters-secrets-token'] === undefined) {
    send(401, { message: 'The header X-Aws-Parameters-Secrets-Token is missing.' });
    return true;
  }
  const secret = secrets.find(url.searchParams.get('secretId') ?? '');
  if (secret === undefined) {
    send(400, { message: 'ResourceNotFoundException: there is no such secret.' });
    return true;
  }
  send(200, {
    ARN: secret.arn,
    Name: secret.name,
    SecretString: secret.value,
    VersionStages: ['AWSCURRENT'],
  });
  return true;
}
