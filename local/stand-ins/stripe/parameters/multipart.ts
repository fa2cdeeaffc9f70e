// Decodes a body in multipart/form-data, as files come, into the tree that the validator reads.
import type { Raw } from './raw-parameters.ts';

/** A file becomes its content (one character a byte), name and type; undefined where the body is of another kind. */
export async function decodeMultipart(
  contentType: string | undefined,
  body: Uint8Array<ArrayBuffer>,
): Promise<Map<string, Raw> | undefined> {
  if (contentType?.startsWith('multipart/form-data') !== true) return undefined;
  const parts = new Map<string, Raw>();
  try {
    const form = await new Response(body, { headers: { 'content-type': contentType } }).formData();
    for (const [name, value] of form) {
      parts.set(name, typeof value === 'string' ? value : await fileOf(value));
    }
  } catch {
    // What cannot be read has no parameters, and is refused for those it lacks.
  }
  return parts;
}

async function fileOf(file: File): Promise<Map<string, Raw>> {
  const bytes = Buffer.from(await file.arrayBuffer());
  return new Map([
    ['data', bytes.toString('latin1')],
    ['name', file.name],
    ['type', file.type],
  ]);
}

/** For the log of requests: how much there was in each file, and not what. */
export function withoutContents(parts: ReadonlyMap<string, Raw>): Map<string, Raw> {
  const shown = [...parts].map(([name, value]): [string, Raw] => {
    const data = value instanceof Map ? value.get('data') : undefined;
    if (!(value instanceof Map) || typeof data !== 'string') return [name, value];
    return [name, new Map(value).set('data', `${data.length} bytes`)];
  });
  return new Map(shown);
}
