// The files that a shop can hand in for a dispute: what each shows, and which kinds of file banks read.

/** As the provider calls the places for them. */
export const evidenceKinds = [
  'receipt',
  'customer_communication',
  'shipping_documentation',
  'service_documentation',
  'customer_signature',
  'refund_policy',
  'uncategorized_file',
] as const;

export type EvidenceKind = (typeof evidenceKinds)[number];

/** The provider's ids of files that it has already. */
export type EvidenceFiles = Readonly<Partial<Record<EvidenceKind, string>>>;

export type EvidenceFileType = 'application/pdf' | 'image/jpeg' | 'image/png';

/** Of all files together: what Stripe passes on to a bank, and with the form around it what one call of a function holds. */
export const largestEvidenceBytes = 4_500_000;

const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** By what a file begins with, whatever its name says; undefined for all others. It goes to the bank as it is. */
export function evidenceFileType(bytes: Uint8Array): EvidenceFileType | undefined {
  if (begins(bytes, [0xff, 0xd8, 0xff])) return 'image/jpeg';
  if (begins(bytes, png)) return 'image/png';
  // "%PDF-"
  return begins(bytes, [0x25, 0x50, 0x44, 0x46, 0x2d]) ? 'application/pdf' : undefined;
}

function begins(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, at) => bytes[at] === byte);
}
