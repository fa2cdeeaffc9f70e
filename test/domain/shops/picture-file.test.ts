// Pictures are known by their bytes: what hides in one goes, which way up it is stays, and all else is refused in words.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPicture } from '../../../lambdas/domain/shops/picture-file.ts';
import {
  aJpeg,
  aPng,
  aWebp,
  exifSegment,
  jpegSegment,
  pngChunk,
  pngSignature,
  webpChunk,
  webpHeader,
  webpPicture,
} from '../../builders/picture-files.ts';

const text = (words: string) => Buffer.from(words, 'latin1');
const fileOf = (bytes: Uint8Array) => {
  const read = readPicture(new Uint8Array(bytes));
  if (read.kind === 'wrong') throw new Error(read.why);
  return { ...read.file, text: Buffer.from(read.file.bytes).toString('latin1') };
};
const whyNot = (bytes: Uint8Array) => {
  const read = readPicture(new Uint8Array(bytes));
  return read.kind === 'wrong' ? read.why : undefined;
};

describe('a picture', () => {
  it.each([
    ['image/jpeg', aJpeg()],
    ['image/png', aPng()],
    ['image/webp', aWebp([webpPicture()])],
    ['image/webp', aWebp([webpHeader(0x10), webpPicture()])],
  ])('in %s is read with its size, and read again as the same', (type, bytes) => {
    const file = fileOf(bytes);

    expect(file).toMatchObject({ type, width: 64, height: 48 });
    expect(Buffer.from(file.bytes).equals(bytes)).toBe(true);
    expect(fileOf(file.bytes).text).toBe(file.text);
  });

  it.each([true, false])(
    'of a camera says no more where it was taken (little end: %s)',
    (isLittle) => {
      const xmp = jpegSegment(0xe1, text('http://ns.adobe.com/xap/1.0/\0GPS too'));
      const more = [
        exifSegment(1, isLittle),
        xmp,
        jpegSegment(0xfe, text('GPS note')),
        jpegSegment(0xed, text('Photoshop GPS')),
      ];
      const file = fileOf(aJpeg(64, 48, more));

      expect(file.text).not.toContain('GPS');
      expect(Buffer.from(file.bytes).equals(aJpeg())).toBe(true);
    },
  );

  it.each([
    [3, 64, 48],
    [6, 48, 64],
    [8, 48, 64],
  ])('held another way (%d) stays the right way up', (orientation, width, height) => {
    const file = fileOf(aJpeg(64, 48, [exifSegment(orientation)]));

    expect(file).toMatchObject({ width, height });
    expect(file.text).not.toContain('GPS');
    // What is left says it once more, to browsers and to us.
    expect(fileOf(file.bytes)).toMatchObject({ width, height, text: file.text });
  });

  it('keeps its colours', () => {
    const profile = jpegSegment(0xe2, text('ICC_PROFILE\0\x01\x01colours'));
    expect(fileOf(aJpeg(64, 48, [profile])).text).toContain('colours');
    const gamma = { name: 'gAMA', data: new Uint8Array([0, 0, 177, 143]) };
    expect(fileOf(aPng(64, 48, [gamma])).text).toContain('gAMA');
    expect(
      fileOf(aWebp([webpHeader(0x20), webpChunk('ICCP', text('colours')), webpPicture()])).text,
    ).toContain('colours');
  });

  it('loses what was written into it, in every format', () => {
    const notes = ['tEXt', 'zTXt', 'iTXt', 'eXIf', 'tIME', 'prVt'].map((name) => ({
      name,
      data: text('GPS'),
    }));
    expect(fileOf(aPng(64, 48, notes)).text).toBe(aPng().toString('latin1'));
    const webp = aWebp([
      webpHeader(0x0c),
      webpPicture(),
      webpChunk('EXIF', text('GPS')),
      webpChunk('XMP ', text('GPS')),
    ]);
    expect(fileOf(webp).text).toBe(aWebp([webpHeader(0), webpPicture()]).toString('latin1'));
  });

  it('ends where it ends: nothing hides behind it', () => {
    for (const picture of [aJpeg(), aPng(), aWebp([webpPicture()])]) {
      const file = fileOf(Buffer.concat([picture, text('<script>alert(1)</script>')]));
      expect(Buffer.from(file.bytes).equals(picture)).toBe(true);
    }
  });
});

describe('what is no picture for a shop', () => {
  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a page', text('<!doctype html><script>alert(1)</script>')],
    ['an SVG', text('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['a GIF', text('GIF89a\x40\0\x30\0')],
    ['a PDF', text('%PDF-1.7')],
    ['a bitmap', text('BM......')],
  ])('is refused: %s', (_name, bytes) => {
    expect(whyNot(bytes)).toContain('no picture in JPEG, PNG or WebP');
  });

  it.each([
    [
      'a page behind a JPEG’s beginning',
      Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), text('<script>')]),
    ],
    [
      'a PNG without a header',
      Buffer.concat([pngSignature, pngChunk({ name: 'IEND', data: new Uint8Array() })]),
    ],
    ['a PNG with two headers', aPng(64, 48, [{ name: 'IHDR', data: Buffer.alloc(13) }])],
    [
      'a WebP that moves',
      aWebp([webpHeader(2), webpChunk('ANIM', Buffer.alloc(6)), webpPicture()]),
    ],
    ['a WebP without a picture', aWebp([webpHeader(0)])],
    ['a JPEG without a frame', Buffer.from([0xff, 0xd8, 0xff, 0xd9])],
    ['a WebP with another mark', aWebp([webpChunk('VP8 ', Buffer.alloc(20))])],
  ])('is refused: %s', (_name, bytes) => {
    expect(whyNot(bytes)).toContain('broken');
  });

  it.each([
    ['a JPEG', aJpeg()],
    ['a PNG', aPng()],
    ['a WebP', aWebp([webpPicture()])],
  ])('is %s that was cut off anywhere', (_name, whole) => {
    for (let length = 0; length < whole.length; length += 1)
      expect(whyNot(whole.subarray(0, length))).toMatch(/no picture|broken/u);
  });

  it.each([
    ['a bomb of a PNG', aPng(60_000, 60_000), 'at most 4096'],
    ['a long one', aJpeg(64, 5000), 'at most 4096'],
    [
      'a WebP whose header lies',
      aWebp([webpHeader(0, 64, 48), webpPicture(16_000, 48)]),
      'at most 4096',
    ],
    ['a dot that watches', aPng(1, 1), 'at least 32'],
    ['a WebP of one line', aWebp([webpPicture(64, 1)]), 'at least 32'],
  ])('is %s', (_name, bytes, why) => {
    expect(whyNot(bytes)).toContain(why);
  });

  it('never breaks the reader, whatever is changed in it', () => {
    const good = [
      aJpeg(64, 48, [exifSegment(6)]),
      aPng(),
      aWebp([webpHeader(0x30), webpPicture()]),
    ];
    const changes = fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.constantFrom(...good), changes, (picture, changed) => {
        const bytes = new Uint8Array(picture);
        for (const [at, byte] of changed) bytes[at % bytes.length] = byte;
        const read = readPicture(bytes);
        // Whatever is taken is a picture that is taken again.
        const again = read.kind === 'picture' ? readPicture(read.file.bytes) : read;
        expect(again.kind).toBe(read.kind);
      }),
      { numRuns: 3000 },
    );
  });
});
