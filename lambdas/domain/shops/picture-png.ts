// Reads a PNG chunk by chunk (W3C Portable Network Graphics), and leaves out what is not needed to show it.
import type { ReadFormat } from './picture-format.ts';

/** The picture and its colours. Text, time, Exif and the further frames of one that moves stay away. */
const kept: ReadonlySet<string> = new Set(
  'IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT'.split(' '),
);

/** Of a chunk beside its data: length, name and checksum. */
const around = 12;

export const readPng: ReadFormat = (bytes) => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts = [bytes.subarray(0, 8)];
  const names = new Set<string>();
  let size: { width: number; height: number } | undefined;
  for (let at = 8; !names.has('IEND'); ) {
    if (at + around > bytes.length) return undefined;
    const end = at + around + view.getUint32(at);
    if (end > bytes.length) return undefined;
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    // The header comes first, or it is none.
    if ((names.size === 0) !== (name === 'IHDR')) return undefined;
    if (name === 'IHDR') {
      if (end - at !== around + 13) return undefined;
      size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
    }
    if (kept.has(name)) parts.push(bytes.subarray(at, end));
    names.add(name);
    at = end;
  }
  if (size === undefined || !names.has('IDAT')) return undefined;
  return { ...size, bytes: new Uint8Array(Buffer.concat(parts)) };
};
