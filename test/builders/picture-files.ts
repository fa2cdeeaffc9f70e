// Small files of pictures for tests: real ones, and with what cameras and hostile hands add.
import { crc32, deflateSync } from 'node:zlib';

export interface Chunk {
  readonly name: string;
  readonly data: Uint8Array;
}

export function pngChunk({ name, data }: Chunk): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

export const pngSignature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/** Grey, every browser shows it. `more` stands before the picture. */
export function aPng(width = 64, height = 48, more: readonly Chunk[] = []): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const isSane = width * height < 1e6;
  const rows = isSane ? Buffer.alloc((width + 1) * height, 128) : Buffer.alloc(1);
  if (isSane) for (let row = 0; row < height; row += 1) rows[row * (width + 1)] = 0;
  return Buffer.concat([
    pngSignature,
    pngChunk({ name: 'IHDR', data: header }),
    ...more.map(pngChunk),
    pngChunk({ name: 'IDAT', data: deflateSync(rows) }),
    pngChunk({ name: 'IEND', data: new Uint8Array() }),
  ]);
}

export function jpegSegment(marker: number, data: Uint8Array): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
}

/** Its segments and a scan, as far as a reader of them goes. */
export function aJpeg(width = 64, height = 48, more: readonly Buffer[] = []): Buffer {
  const frame = Buffer.from([8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
  frame.writeUInt16BE(height, 1);
  frame.writeUInt16BE(width, 3);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    jpegSegment(0xe0, Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1')),
    ...more,
    jpegSegment(0xdb, Buffer.alloc(65, 1)),
    jpegSegment(0xc0, frame),
    jpegSegment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    // Within a scan a 0xff is told by the 0 after it, and marks of restart belong to it.
    Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56, 0xff, 0xd9]),
  ]);
}

/** Where it was taken, and which way up the camera was. */
export function exifSegment(orientation: number, isLittle = true): Buffer {
  const tiff = Buffer.alloc(60);
  const word = (value: number, at: number) =>
    isLittle ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at);
  const long = (value: number, at: number) =>
    isLittle ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at);
  tiff.write(isLittle ? 'II' : 'MM', 'latin1');
  word(42, 2);
  long(8, 4);
  word(2, 8);
  word(0x8825, 10);
  word(4, 12);
  long(1, 14);
  long(40, 18);
  word(0x0112, 22);
  word(3, 24);
  long(1, 26);
  word(orientation, 30);
  tiff.write('GPS 52.5200 N', 40, 'latin1');
  return jpegSegment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]));
}

export function webpChunk(name: string, data: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(data.length);
  return Buffer.concat([Buffer.from(name, 'latin1'), length, data, Buffer.alloc(data.length % 2)]);
}

export function aWebp(chunks: readonly Buffer[]): Buffer {
  const body = Buffer.concat([Buffer.from('WEBP'), ...chunks]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  return Buffer.concat([Buffer.from('RIFF'), length, body]);
}

/** A lossless picture's beginning: its mark, and 14 bits for each side less one. */
export function webpPicture(width = 64, height = 48): Buffer {
  const sides = (width - 1) | ((height - 1) << 14);
  const data = Buffer.alloc(10);
  data[0] = 0x2f;
  data.writeUInt32LE(sides, 1);
  return webpChunk('VP8L', data);
}

export function webpHeader(flags: number, width = 64, height = 48): Buffer {
  const data = Buffer.alloc(10);
  data[0] = flags;
  data.writeUIntLE(width - 1, 4, 3);
  data.writeUIntLE(height - 1, 7, 3);
  return webpChunk('VP8X', data);
}
