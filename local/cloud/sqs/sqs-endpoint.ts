// The HTTP door of the queues: AWS's JSON protocol, as the SDK speaks it.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../http/read-body.ts';
import type { QueueDirectory } from './queue-directory.ts';
import { SqsError } from './sqs-error.ts';
import { OPERATIONS } from './sqs-operations.ts';

const MAX_REQUEST_BYTES = 16 * 1024 * 1024;
const TARGET_PREFIX = 'AmazonSQS.';

/** Answers a request to SQS; false when it is not one, and then nothing was read or written. */
export async function handleSqs(
  queues: QueueDirectory,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const { 'x-amz-target': target } = request.headers;
  if (typeof target !== 'string' || !target.startsWith(TARGET_PREFIX)) return false;
  const body = await readBody(request, MAX_REQUEST_BYTES);
  if (body === 'aborted') return true;
  try {
    const operation = OPERATIONS[target.slice(TARGET_PREFIX.length)];
    if (operation === undefined) throw new SqsError('UnsupportedOperation', `${target}?`);
    if (body === 'too large') throw new SqsError('RequestEntityTooLarge', 'Too large.');
    const output = operation(JSON.parse(body.toString('utf8')), queues);
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify(output));
  } catch (error) {
    if (!(error instanceof SqsError)) throw error;
    response.writeHead(400, {
      'content-type': 'application/x-amz-json-1.0',
      'x-amzn-query-error': `${error.queryCode};Sender`,
    });
    response.end(
      JSON.stringify({ __type: `com.amazonaws.sqs#${error.code}`, message: error.message }),
    );
  }
  return true;
}
