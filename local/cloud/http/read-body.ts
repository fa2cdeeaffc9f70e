// Reads a request's body to its end, within a limit.
import type { IncomingMessage } from 'node:http';

/** `too large` after the rest was read and dropped, so that the caller can still answer; `aborted` when the client left. */
export async function readBody(
  request: IncomingMessage,
  maxBytes: number,
): Promise<Buffer | 'too large' | 'aborted'> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request) {
      if (!Buffer.isBuffer(chunk)) throw new TypeError('A request without encoding gives bytes.');
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
    }
  } catch {
    return 'aborted';
  }
  return size > maxBytes ? 'too large' : Buffer.concat(chunks);
}
