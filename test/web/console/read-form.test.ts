// Forms come whole or are known not to have: fields and files byte for byte, and a cut one never passes for a short one.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readForm } from '../../../web/console/read-form.ts';

const takes = { most: 2, largestBytes: 1_000 };
const boundary = 'tender-boundary';
const names = fc.stringMatching(/^[a-z]{1,8}$/u);
const values = fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => text.toWellFormed());
const bytes = fc.uint8Array({ maxLength: 300 }).map((part) => Buffer.from(part));

type Field = readonly [name: string, value: string];

function urlencoded(fields: readonly Field[]): string {
  const params = new URLSearchParams();
  for (const [name, value] of fields) params.append(name, value);
  return params.toString();
}

function multipart(fields: readonly Field[], files: readonly Buffer[]): Buffer {
  const head = (more: string) => `--${boundary}\r\nContent-Disposition: form-data; ${more}\r\n\r\n`;
  return Buffer.concat([
    ...fields.map(([name, value]) => Buffer.from(`${head(`name="${name}"`)}${value}\r\n`)),
    ...files.flatMap((file, at) => [
      Buffer.from(head(`name="file${at}"; filename="../${at}.exe"`)),
      file,
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`--${boundary}--\r\n`),
  ]);
}

const read = (body: Buffer, type = `multipart/form-data; boundary=${boundary}`) =>
  readForm({ body, headers: { 'content-type': type } }, takes);

describe('a form', () => {
  test('of fields alone says what was typed, in any script', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(names, values)), async (fields) => {
        const body = Buffer.from(urlencoded(fields));
        const form = await read(body, 'application/x-www-form-urlencoded');

        expect([...form.fields]).toEqual(fields);
        expect(form.isWhole).toBe(true);
      }),
    );
  });

  test('with files brings each byte of them, and its fields', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(names, values), { maxLength: 5 }),
        fc.array(bytes, { maxLength: takes.most }),
        async (fields, files) => {
          const form = await read(multipart(fields, files));

          expect([...form.fields]).toEqual(fields);
          expect([...form.files.values()].map((file) => Buffer.from(file.bytes))).toEqual(files);
          expect(form.isWhole).toBe(true);
        },
      ),
    );
  });

  test('that was cut on its way is never taken for a whole one', async () => {
    const whole = multipart([['name', 'tea']], [Buffer.from('picture')]);

    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 5), async (length) => {
        expect((await read(whole.subarray(0, length))).isWhole).toBe(false);
      }),
    );
  });

  test('of more or larger files, or more fields, than the page takes is told so', async () => {
    const three = await read(
      multipart(
        [],
        [1, 2, 3].map((each) => Buffer.from([each])),
      ),
    );
    const large = await read(multipart([], [Buffer.alloc(takes.largestBytes + 1)]));
    const many = await read(
      multipart(
        Array.from({ length: 61 }, () => ['a', 'b'] as const),
        [],
      ),
    );

    expect(three.isWhole).toBe(false);
    expect(large.files.get('file0')).toMatchObject({ isTooLarge: true });
    expect(large.files.get('file0')?.bytes).toHaveLength(takes.largestBytes);
    expect(many.isWhole).toBe(false);
  });

  test('that is none has no fields and does no harm', async () => {
    await fc.assert(
      fc.asyncProperty(
        bytes,
        fc.constantFrom('', 'multipart/form-data', 'text/html'),
        async (body, type) => {
          const form = await read(body, type);

          expect(form.files.size).toBe(0);
          expect(type.startsWith('multipart') ? [...form.fields] : []).toEqual([]);
        },
      ),
    );
  });
});
