// Chains the journal entries of one subject by hash: none can be changed, left out or put in between without being seen.
// A hash is arithmetic: it touches nothing outside, which is why this one library may be imported here.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { inOrder } from './in-order.ts';

interface Sealable {
  readonly seal?: string;
}

/**
 * A subject after a step and that step's entry, both bearing the entry's seal. The subject brings along the seal of the
 * entry before, so a chain costs no read and no item.
 */
export function sealed<Subject extends Sealable, Entry extends object>(
  subject: Subject,
  entry: Entry,
): { subject: Subject & Required<Sealable>; entry: Entry & Required<Sealable> } {
  const seal = sealOf(entry, subject.seal);
  return { subject: { ...subject, seal }, entry: { ...entry, seal } };
}

/** SHA-256 in hexadecimal, over the seal before and the entry's own fields in the order of their names. */
export function sealOf(entry: object, previous: string | undefined): string {
  const { seal: _own, ...fields } = { seal: undefined, ...entry };
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify([previous ?? null, inOrder(fields)]))));
}
