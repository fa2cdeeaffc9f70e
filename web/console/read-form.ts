// Reads a form as browsers send it: its fields, and its files where a page takes any, all within hard limits.
import { Busboy } from '@fastify/busboy';
import type { HttpRequest } from '../../lambdas/adapters/aws/http-request.ts';

export interface SentFile {
  readonly bytes: Uint8Array;
  /** It was larger than this page takes: `bytes` is its beginning. */
  readonly isTooLarge: boolean;
}

export interface SentForm {
  readonly fields: URLSearchParams;
  /** Those that were chosen, by their field; of several in one field the first. */
  readonly files: ReadonlyMap<string, SentFile>;
  /** Nothing was cut off on the way, and there was not more in it than any form of ours holds. */
  readonly isWhole: boolean;
}

export interface FileLimits {
  readonly most: number;
  readonly largestBytes: number;
}

/** More than any form of ours has; an answer to a bank in any script is its longest field. */
const limits = { fields: 60, fieldSize: 150_000, headerPairs: 20, headerSize: 8_000 } as const;

/** What is no form at all has no fields. Names and types of files are not even looked at: whoever sends them chooses them. */
export async function readForm(
  request: Pick<HttpRequest, 'body' | 'headers'>,
  takes: FileLimits | undefined,
): Promise<SentForm> {
  const type = request.headers['content-type'] ?? '';
  if (takes === undefined || !/^multipart\/form-data/iu.test(type)) {
    const fields = new URLSearchParams(request.body.toString('utf8'));
    return { fields, files: new Map(), isWhole: true };
  }
  const read = { fields: new URLSearchParams(), files: new Map<string, SentFile>() };
  try {
    const isWhole = await parse(openParser(type, takes), request.body, read);
    return { ...read, isWhole };
  } catch {
    return { ...read, isWhole: false };
  }
}

type Parser = InstanceType<typeof Busboy>;

/** Throws where the type names no boundary. */
function openParser(type: string, { most, largestBytes }: FileLimits): Parser {
  return new Busboy({
    headers: { 'content-type': type },
    limits: { ...limits, files: most, parts: limits.fields + most, fileSize: largestBytes },
  });
}

interface Reading {
  readonly fields: URLSearchParams;
  readonly files: Map<string, SentFile>;
}

/** Rejects where the form ends before its end; what came until then has been read. */
function parse(parser: Parser, body: Buffer, read: Reading): Promise<boolean> {
  return new Promise((resolve, reject) => {
    let isWhole = true;
    const isTooMuch = () => {
      isWhole = false;
    };
    parser.on('partsLimit', isTooMuch);
    parser.on('filesLimit', isTooMuch);
    parser.on('fieldsLimit', isTooMuch);
    // oxlint-disable-next-line eslint/max-params -- as the parser tells of a field
    parser.on('field', (name: string | undefined, value, _isNameCut, isValueCut) => {
      if (isValueCut) isTooMuch();
      else if (name !== undefined) read.fields.append(name, value);
    });
    parser.on('file', (name: string | undefined, stream, fileName: string | undefined) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => void parts.push(part));
      stream.on('error', reject);
      stream.on('end', () => {
        const file = { bytes: Buffer.concat(parts), isTooLarge: stream.truncated };
        // An input that was left empty is sent as a file without name and content.
        const isChosen = (fileName ?? '') !== '' || file.bytes.length > 0;
        if (name !== undefined && isChosen && !read.files.has(name)) read.files.set(name, file);
      });
    });
    parser.on('error', reject);
    parser.on('finish', () => resolve(isWhole));
    parser.end(body);
  });
}
