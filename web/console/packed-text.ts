// A file's text on its way through a page: packed, so that a form can carry it back without growing.
import { gunzipSync, gzipSync } from 'node:zlib';
import { largestCsvBytes } from './csv-limits.ts';

export function packText(text: string): string {
  return gzipSync(text).toString('base64url');
}

/** Undefined for what is not packed so, and for what would grow beyond what anybody could have sent. */
export function unpackText(packed: string): string | undefined {
  try {
    const bytes = gunzipSync(Buffer.from(packed, 'base64url'), {
      maxOutputLength: largestCsvBytes,
    });
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
