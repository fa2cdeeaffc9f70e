// What the shops' twin takes for a dispute: files laid ready on an account, and one answer to the bank.
import { type EvidenceFiles, evidenceKinds } from '../../domain/orders/evidence-file.ts';
import type { ShopProvider } from '../../domain/orders/ports.ts';
import { createOnce } from './provider-books.ts';
import { ofAccount, type ShopBooks } from './shop-provider-books.ts';

type Upload = Parameters<ShopProvider['uploadEvidence']>[0];
type Sent = Parameters<ShopProvider['sendEvidence']>[0];

export function createShopEvidence(books: ShopBooks) {
  const once = createOnce<object, string>(books.clock);
  return {
    upload({ accountId, disputeId, kind, type, bytes }: Upload) {
      if (ofAccount(books.disputes, accountId, disputeId) === undefined)
        return { kind: 'declined', why: 'resource_missing' } as const;
      const content = Buffer.from(bytes).toString('base64');
      const fileId = once(`${accountId}:${disputeId}:${kind}:${content}`, { type }, () => {
        const id = books.newId('file');
        books.files.set(id, { id, accountId, type, bytes });
        return id;
      });
      return { kind: 'done', fileId } as const;
    },
    take: (request: Sent) => take(books, request),
  };
}

function take(books: ShopBooks, { accountId, disputeId, text, files = {} }: Sent) {
  const dispute = ofAccount(books.disputes, accountId, disputeId);
  if (dispute === undefined) return { kind: 'declined', why: 'resource_missing' } as const;
  if (dispute.evidence !== undefined) {
    const isSame = dispute.evidence.text === text && isSameFiles(dispute.evidence.files, files);
    return isSame
      ? ({ kind: 'done' } as const)
      : ({ kind: 'declined', why: 'already_sent' } as const);
  }
  const isLate = dispute.respondBeforeMs <= books.clock.now();
  if (dispute.state !== 'needs_response' || isLate)
    return { kind: 'declined', why: 'too_late' } as const;
  // Another account's file is not there.
  if (Object.values(files).some((id) => ofAccount(books.files, accountId, id) === undefined))
    return { kind: 'declined', why: 'resource_missing' } as const;
  dispute.evidence = { text, files };
  dispute.state = 'under_review';
  books.tell(accountId, { kind: 'dispute_changed', disputeId });
  return { kind: 'done' } as const;
}

function isSameFiles(one: EvidenceFiles, other: EvidenceFiles): boolean {
  const text = (files: EvidenceFiles) => evidenceKinds.map((kind) => files[kind] ?? '').join();
  return text(one) === text(other);
}
