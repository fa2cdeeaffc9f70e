// Reads a JPEG segment by segment (ITU-T T.81, annex B), and leaves out what is not needed to show it.
import type { ReadFormat } from './picture-format.ts';

const startOfScan = 0xda;
const endOfImage = 0xd9;
const exif = 'Exif\0\0';
const colours = 'ICC_PROFILE\0';

export const readJpeg: ReadFormat = (bytes) => {
  const kept: Uint8Array[] = [];
  let size: { width: number; height: number } | undefined;
  let orientation = 1;
  let at = 2;
  for (;;) {
    const segment = segmentAt(bytes, at);
    if (segment === undefined) return undefined;
    const { marker, data, end } = segment;
    if (marker === endOfImage) break;
    if (isFrame(marker)) size = sizeIn(data);
    if (marker === 0xe1 && textAt(data, exif)) orientation = orientationIn(data) ?? orientation;
    const next = marker === startOfScan ? endOfScan(bytes, end) : end;
    if (isKept(marker, data)) kept.push(bytes.subarray(at, next));
    at = next;
  }
  if (size === undefined || size.width === 0 || size.height === 0) return undefined;
  const isTurned = orientation >= 5;
  return {
    width: isTurned ? size.height : size.width,
    height: isTurned ? size.width : size.height,
    bytes: joined([
      new Uint8Array([0xff, 0xd8]),
      ...(orientation === 1 ? [] : [orientationSegment(orientation)]),
      ...kept,
      new Uint8Array([0xff, endOfImage]),
    ]),
  };
};

interface Segment {
  readonly marker: number;
  readonly data: Uint8Array;
  readonly end: number;
}

function segmentAt(bytes: Uint8Array, at: number): Segment | undefined {
  if (bytes[at] !== 0xff) return undefined;
  let begin = at + 1;
  // Any number of them may stand before a marker.
  while (bytes[begin] === 0xff) begin += 1;
  const marker = bytes[begin];
  if (marker === undefined || marker === 0) return undefined;
  const isAlone = marker === endOfImage || marker === 1 || (marker >= 0xd0 && marker <= 0xd7);
  if (isAlone) return { marker, data: bytes.subarray(0, 0), end: begin + 1 };
  const length = word(bytes, begin + 1);
  const end = begin + 1 + length;
  if (length < 2 || end > bytes.length) return undefined;
  return { marker, data: bytes.subarray(begin + 3, end), end };
}

/** Where the picture's own bytes end: at the next marker that is none of theirs. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length - 1; at += 1) {
    if (bytes[at] !== 0xff) continue;
    const next = bytes[at + 1] ?? 0;
    const isWithin = next === 0 || next === 0xff || (next >= 0xd0 && next <= 0xd7);
    if (!isWithin) return at;
  }
  return bytes.length;
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

function sizeIn(data: Uint8Array) {
  return { height: word(data, 1), width: word(data, 3) };
}

/** Of what applications add: JFIF's head, the colour profile, and Adobe's word on colours, which change how it looks. */
function isKept(marker: number, data: Uint8Array): boolean {
  if (marker === 0xe0) return textAt(data, 'JFIF\0');
  if (marker === 0xe2) return textAt(data, colours);
  if (marker === 0xee) return textAt(data, 'Adobe');
  const isOfApplication = marker >= 0xe0 && marker <= 0xef;
  return !isOfApplication && marker !== 0xfe;
}

/** Phones leave a picture as the sensor saw it, and note which way up it was held (Exif 2.32, tag 0x0112). */
function orientationIn(data: Uint8Array): number | undefined {
  const tiff = data.subarray(exif.length);
  if (tiff.length < 14) return undefined;
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const isLittle = view.getUint16(0) === 0x4949;
  const start = view.getUint32(4, isLittle);
  if (start + 2 > tiff.length) return undefined;
  const entries = view.getUint16(start, isLittle);
  for (let entry = 0; entry < entries; entry += 1) {
    const at = start + 2 + entry * 12;
    if (at + 12 > tiff.length) return undefined;
    if (view.getUint16(at, isLittle) !== 0x0112) continue;
    const turned = view.getUint16(at + 8, isLittle);
    return turned >= 1 && turned <= 8 ? turned : undefined;
  }
  return undefined;
}

/** An Exif segment that says this and nothing else. */
function orientationSegment(orientation: number): Uint8Array {
  const head = [0xff, 0xe1, 0, 34, ...Array.from(exif, (sign) => sign.charCodeAt(0))];
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1];
  return new Uint8Array([...head, ...tiff, 0, orientation, 0, 0, 0, 0, 0, 0]);
}

function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

function textAt(data: Uint8Array, text: string): boolean {
  return Array.from(text).every((sign, at) => data[at] === sign.charCodeAt(0));
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
