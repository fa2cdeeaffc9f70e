// Reads a WebP chunk by chunk (RFC 9649), and leaves out what is not needed to show it.
import type { ReadFormat } from './picture-format.ts';

const kept: ReadonlySet<string> = new Set(['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ICCP']);

/** Of the header's flags: a colour profile, and parts that are seen through. Not: Exif, XMP, frames. */
const keptFlags = 0x30;

interface Size {
  readonly width: number;
  readonly height: number;
}

export const readWebp: ReadFormat = (bytes) => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = 8 + view.getUint32(4, true);
  if (bytes.length < 20 || end > bytes.length) return undefined;
  const parts: Uint8Array[] = [];
  const sizes: Size[] = [];
  let hasPicture = false;
  for (let at = 12; at < end; ) {
    if (at + 8 > end) return undefined;
    const name = String.fromCharCode(...bytes.subarray(at, at + 4));
    const length = view.getUint32(at + 4, true);
    const data = bytes.subarray(at + 8, at + 8 + length);
    // Chunks are as long as an even number; the byte that fills one up may be missing at the end.
    const next = at + 8 + length + (length % 2);
    if (data.length < length || next > end + 1 || name === 'ANIM' || name === 'ANMF')
      return undefined;
    const size = sizeIn(name, data);
    if (size === 'broken') return undefined;
    if (size !== undefined) sizes.push(size);
    hasPicture ||= name === 'VP8 ' || name === 'VP8L';
    if (kept.has(name)) parts.push(chunk(name, data));
    at = next;
  }
  const width = Math.max(0, ...sizes.map((size) => size.width));
  const height = Math.max(0, ...sizes.map((size) => size.height));
  return hasPicture ? { width, height, bytes: riff(parts) } : undefined;
};

/** As the header says it, and as the picture itself does. */
function sizeIn(name: string, data: Uint8Array): Size | 'broken' | undefined {
  const byte = (at: number) => data[at] ?? 0;
  switch (name) {
    case 'VP8X':
      if (data.length < 10) return 'broken';
      return {
        width: 1 + (byte(4) | (byte(5) << 8) | (byte(6) << 16)),
        height: 1 + (byte(7) | (byte(8) << 8) | (byte(9) << 16)),
      };
    case 'VP8 ':
      if (byte(3) !== 0x9d || byte(4) !== 0x01 || byte(5) !== 0x2a || data.length < 10)
        return 'broken';
      return {
        width: (byte(6) | (byte(7) << 8)) & 0x3fff,
        height: (byte(8) | (byte(9) << 8)) & 0x3fff,
      };
    case 'VP8L':
      if (byte(0) !== 0x2f || data.length < 5) return 'broken';
      return {
        width: 1 + (byte(1) | ((byte(2) & 0x3f) << 8)),
        height: 1 + ((byte(2) >> 6) | (byte(3) << 2) | ((byte(4) & 0x0f) << 10)),
      };
    default:
      return undefined;
  }
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const whole = new Uint8Array(8 + data.length + (data.length % 2));
  whole.set(Buffer.from(name, 'latin1'));
  new DataView(whole.buffer).setUint32(4, data.length, true);
  whole.set(data, 8);
  if (name === 'VP8X') whole[8] = (data[0] ?? 0) & keptFlags;
  return whole;
}

function riff(parts: readonly Uint8Array[]): Uint8Array {
  const body = Buffer.concat(parts);
  const whole = new Uint8Array(12 + body.length);
  whole.set(Buffer.from('RIFF....WEBP', 'latin1'));
  new DataView(whole.buffer).setUint32(4, 4 + body.length, true);
  whole.set(body, 12);
  return whole;
}
