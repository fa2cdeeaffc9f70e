// Chains the journal entries of one subject by hash: none can be changed, left out or put in between without being seen.
import { createHash } from 'node:crypto';
import { inOrder } from './in-order.ts';

interface Sealable {
  readonly seal?: string;
}

/**
 * A subject and its new entry as they are stored: both bear the new entry's seal, which covers the one before. The subject
 * brings that one along from when it was read, so a chain costs no read and no item.
 */
export function sealed<Subject extends Sealable, Entry extends Sealable>(
  subject: Subject,
  entry: Entry,
): { subject: Subject & Required<Sealable>; entry: Entry & Required<Sealable> } {
  const seal = sealOf(entry, subject.seal);
  return { subject: { ...subject, seal }, entry: { ...entry, seal } };
}

/** SHA-256 in base64url, over the seal before and the entry's own fields in the order of their names. */
export function sealOf(entry: Sealable, previous: string | undefined): string {
  const { seal: _own, ...fields } = entry;
  const text = JSON.stringify([previous ?? null, inOrder(fields)]);
  return createHash('sha256').update(text).digest('base64url');
}
