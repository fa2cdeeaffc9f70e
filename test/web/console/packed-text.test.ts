// Text that goes through a page and back is the same, and what nobody packed unpacks to nothing.
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { largestCsvBytes } from '../../../web/console/csv-limits.ts';
import { packText, unpackText } from '../../../web/console/packed-text.ts';

test('any text comes back, byte order mark and all, in letters that a form carries unchanged', () => {
  const texts = fc.string({ unit: 'grapheme' }).map((text) => text.toWellFormed());

  fc.assert(
    fc.property(
      fc.oneof(
        texts,
        texts.map((text) => `\uFEFF${text}`),
      ),
      (text) => {
        const packed = packText(text);

        expect(unpackText(packed)).toBe(text);
        expect(packed).toMatch(/^[\w-]+$/u);
      },
    ),
  );
});

test('what was cut on its way, or was never packed, is nothing', () => {
  const packed = packText('name,price\ntea,2.00\n');

  fc.assert(
    fc.property(fc.nat(packed.length - 3), (length) => {
      expect(unpackText(packed.slice(0, length))).toBeUndefined();
    }),
  );
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(unpackText(text)).toBeUndefined();
    }),
  );
});

test('a small packet that would unfold beyond any file is not unfolded', () => {
  const bomb = gzipSync(Buffer.alloc(largestCsvBytes + 1, 'a')).toString('base64url');

  expect(unpackText(bomb)).toBeUndefined();
  expect(unpackText(packText('a'.repeat(largestCsvBytes)))).toHaveLength(largestCsvBytes);
});

test('bytes that are no text are none', () => {
  expect(unpackText(gzipSync(Buffer.from([0xff, 0xfe])).toString('base64url'))).toBeUndefined();
});
