// The MD5 digests that SQS answers with and that the SDK compares.
import { createHash } from 'node:crypto';
import type { MessageAttributes } from './message.ts';

export const md5OfBody = (body: string) => createHash('md5').update(body, 'utf8').digest('hex');

const STRING = 1;
const BINARY = 2;

/** AWS's documented order: by name; each of name, type and value with its length before it. */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  for (const name of names) {
    const attribute = attributes[name];
    if (attribute === undefined) continue;
    const { DataType, StringValue, BinaryValue } = attribute;
    hash.update(withLength(Buffer.from(name)));
    hash.update(withLength(Buffer.from(DataType)));
    hash.update(Buffer.from([BinaryValue === undefined ? STRING : BINARY]));
    hash.update(
      withLength(
        BinaryValue === undefined
          ? Buffer.from(StringValue ?? '')
          : Buffer.from(BinaryValue, 'base64'),
      ),
    );
  }
  return hash.digest('hex');
}

function withLength(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
