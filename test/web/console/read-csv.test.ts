// Any text that a spreadsheet can hold survives the file, and a broken line costs no other.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCsv, writeCsv } from '../../../web/console/read-csv.ts';

const cell = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.toWellFormed()),
  fc.constantFrom('', '"', '""', 'a,b', 'a;b', 'a\nb', 'a\r\nb', ' x ', '=1+1', '4,50 €', '\t'),
);
const width = 4;
const line = fc
  .array(cell, { minLength: width, maxLength: width })
  .filter((cells) => cells.some((text) => text.trim() !== ''));
const header = ['name', 'price', 'count', 'note'];

describe('a file that we wrote', () => {
  test('is read back cell for cell, and every line knows its place', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        const { lines: read, problems } = readCsv(writeCsv([header, ...lines]));

        expect(problems).toEqual([]);
        expect(read.map(({ cells }) => cells)).toEqual([header, ...lines]);
        expect(read.map((one) => one.line)).toEqual(
          read.map((one) => one.line).toSorted((one, other) => one - other),
        );
      }),
    );
  });

  test('is read alike with the mark that Excel puts before it', () => {
    const text = writeCsv([header, ['tea', '2', '1', '']]);

    expect(readCsv(`\uFEFF${text}`)).toEqual(readCsv(text));
  });
});

describe('a file of other hands', () => {
  const plain = fc.array(fc.stringMatching(/^[a-z0-9 .]{1,8}$/u), {
    minLength: width,
    maxLength: width,
  });

  test.each([',', ';', '\t'])('parted by %j is read', (sign) => {
    fc.assert(
      fc.property(fc.array(plain, { maxLength: 5 }), (lines) => {
        const text = [header, ...lines].map((cells) => cells.join(sign)).join('\n');
        const notBlank = lines.filter((cells) => cells.some((one) => one.trim() !== ''));

        expect(readCsv(text).lines.map(({ cells }) => cells)).toEqual([header, ...notBlank]);
      }),
    );
  });

  test('with a quotation mark amid a cell loses that line alone, and tells which', () => {
    fc.assert(
      fc.property(fc.array(plain, { minLength: 1, maxLength: 6 }), fc.nat(6), (lines, at) => {
        const good = lines.filter((cells) => cells.some((one) => one.trim() !== ''));
        const place = at % (good.length + 1);
        const texts = good.map((cells) => cells.join(','));
        const text = [header.join(','), ...texts.toSpliced(place, 0, 'a,b"c,d,e')].join('\n');
        const { lines: read, problems } = readCsv(text);

        expect(read.map(({ cells }) => cells)).toEqual([header, ...good]);
        expect(problems.map((problem) => problem.line)).toEqual([place + 2]);
      }),
    );
  });

  test('whatever it holds is lines and problems, never an exception', () => {
    const pieces = fc.constantFrom(
      '"',
      '""',
      ',',
      ';',
      '\n',
      '\r\n',
      '\r',
      'a',
      'é',
      '\0',
      '\uFEFF',
    );

    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        const { lines, problems } = readCsv(parts.join(''));

        for (const one of [...lines, ...problems]) expect(one.line).toBeGreaterThan(0);
        for (const { cells } of lines) expect(cells.join('').trim()).not.toBe('');
      }),
    );
  });
});
