// Reads a file as a picture: known by its bytes alone, of a sane size, and without what a camera wrote into it.
import type { ReadFormat } from './picture-format.ts';
import { readJpeg } from './picture-jpeg.ts';
import { readPng } from './picture-png.ts';
import { readWebp } from './picture-webp.ts';

export type PictureType = 'image/jpeg' | 'image/png' | 'image/webp';

export interface PictureFile {
  readonly type: PictureType;
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
}

export type PictureReading =
  | { readonly kind: 'picture'; readonly file: PictureFile }
  | { readonly kind: 'wrong'; readonly why: string };

/** Smaller is nothing to look at; larger takes a phone's memory, however few bytes it has. */
const smallestSide = 32;
const largestSide = 4096;

const formats: readonly (readonly [type: PictureType, read: ReadFormat, magic: string])[] = [
  ['image/jpeg', readJpeg, '\xff\xd8\xff'],
  ['image/png', readPng, '\x89PNG\r\n\x1a\n'],
  ['image/webp', readWebp, 'RIFF....WEBP'],
];

/**
 * What the file carries besides the picture is left out: where and when it was taken, by whom and with what, a smaller
 * picture of before it was cropped, and anything behind its end. Which way up it is, and its colours, stay.
 */
export function readPicture(bytes: Uint8Array): PictureReading {
  const [type, read] = formats.find(([, , magic]) => begins(bytes, magic)) ?? [];
  if (type === undefined || read === undefined) return wrong(noPicture);
  const file = read(bytes);
  if (file === undefined) return wrong(broken);
  const sides = [file.width, file.height];
  if (sides.some((side) => side < smallestSide))
    return wrong(`It must be at least ${smallestSide} by ${smallestSide} pixels.`);
  if (sides.some((side) => side > largestSide))
    return wrong(`It may be at most ${largestSide} by ${largestSide} pixels.`);
  return { kind: 'picture', file: { type, ...file } };
}

const noPicture = 'This file is no picture in JPEG, PNG or WebP. Choose another one.';
const broken = 'This picture is broken or moves, so it cannot be shown. Choose another one.';

function wrong(why: string): PictureReading {
  return { kind: 'wrong', why };
}

/** A dot stands for any byte. */
function begins(bytes: Uint8Array, magic: string): boolean {
  return Array.from(magic).every((sign, at) => sign === '.' || bytes[at] === sign.charCodeAt(0));
}
