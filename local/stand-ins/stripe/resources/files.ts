// Files that are laid ready on an account: what they are for, and whether they are what Stripe takes for that.
import type Stripe from 'stripe';
import type { Desk } from '../desk.ts';
import { invalidParameter, noSuch } from '../server/api-error.ts';
import { onlyImitated } from './only-imitated.ts';

/** Stripe's own limit for a file of evidence is 5 MB. */
const LARGEST_BYTES = 5_000_000;
/** Of all files of one dispute. */
const LARGEST_EVIDENCE_BYTES = 4_500_000;

const MAGIC: readonly (readonly [type: string, magic: string])[] = [
  ['pdf', '%PDF-'],
  ['jpg', '\xff\xd8\xff'],
  ['png', '\x89PNG\r\n\x1a\n'],
];

/** The SDK declares no parameters of a file itself, so it comes as it was decoded. */
function textIn(file: unknown, name: string): string {
  const text: unknown = file instanceof Map ? file.get(name) : undefined;
  return typeof text === 'string' ? text : '';
}

/** What is in it comes as one character a byte; it is weighed and looked at, and not kept. */
export function createFile(desk: Desk, params: Stripe.FileCreateParams): Stripe.File {
  onlyImitated(params, ['file', 'purpose']);
  const { purpose } = params;
  if (purpose !== 'dispute_evidence') {
    throw invalidParameter({
      param: 'purpose',
      message: 'This stand-in takes files for dispute_evidence alone.',
    });
  }
  const content = textIn(params.file, 'data');
  const type = MAGIC.find(([, magic]) => content.startsWith(magic))?.[0];
  if (type === undefined) {
    throw invalidParameter({
      param: 'file',
      code: 'invalid_file_type',
      message: 'Only PDF, JPEG and PNG files may be dispute_evidence.',
    });
  }
  if (content.length > LARGEST_BYTES) {
    throw invalidParameter({ param: 'file', code: 'file_too_large', message: 'Too large.' });
  }
  const made: Stripe.File = {
    id: desk.id('file'),
    object: 'file',
    created: desk.nowSeconds(),
    expires_at: null,
    filename: textIn(params.file, 'name'),
    links: null,
    purpose,
    size: content.length,
    title: null,
    type,
    url: null,
  };
  desk.shelves.files.put(made.id, made);
  return made;
}

export function getFile(desk: Desk, id: string): Stripe.File {
  const file = desk.shelves.files.get(id);
  if (!file) throw noSuch('file upload', id);
  return file;
}

/** The fields of evidence that name a file. */
const FILE_FIELDS = [
  'cancellation_policy',
  'customer_communication',
  'customer_signature',
  'duplicate_charge_documentation',
  'receipt',
  'refund_policy',
  'service_documentation',
  'shipping_documentation',
  'uncategorized_file',
] as const satisfies readonly (keyof Stripe.DisputeUpdateParams.Evidence)[];

/** Each named file must be on this very account, and all of them light enough for a bank. */
export function checkEvidenceFiles(desk: Desk, evidence: Stripe.DisputeUpdateParams.Evidence) {
  let bytes = 0;
  for (const field of FILE_FIELDS) {
    const id = evidence[field];
    if (id === undefined || id === '') continue;
    const file = desk.shelves.files.get(id);
    if (!file) throw noSuch('file upload', id, `evidence[${field}]`);
    bytes += file.size;
  }
  if (bytes > LARGEST_EVIDENCE_BYTES) {
    throw invalidParameter({
      param: 'evidence',
      code: 'evidence_too_large',
      message: 'The files of a dispute may have 4.5 MB together.',
    });
  }
}
