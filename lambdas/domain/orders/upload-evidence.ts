// Lays a file for a dispute ready at the provider: nothing goes to the bank yet, and the same file again is the same one.
import type { World } from '../world.ts';
import { accountOf } from './ask-for-payment.ts';
import { type EvidenceKind, evidenceFileType } from './evidence-file.ts';
import type { Order } from './order.ts';
import { isAnswerAwaited } from './send-evidence.ts';

export type UploadEvidenceOutcome =
  | { readonly kind: 'uploaded'; readonly fileId: string }
  /** Neither PDF nor JPEG nor PNG, by its bytes. */
  | { readonly kind: 'wrong_type' }
  | { readonly kind: 'too_late' | 'refused' | 'unknown' };

export async function uploadEvidence(
  world: Pick<World, 'shopProvider' | 'clock'>,
  order: Order,
  file: { readonly kind: EvidenceKind; readonly bytes: Uint8Array },
): Promise<UploadEvidenceOutcome> {
  const { dispute } = order;
  const isAwaited = dispute !== undefined && isAnswerAwaited(dispute, world.clock.now());
  if (!isAwaited) return { kind: 'too_late' };
  const type = evidenceFileType(file.bytes);
  if (type === undefined) return { kind: 'wrong_type' };
  const answer = await world.shopProvider.uploadEvidence({
    ...file,
    type,
    accountId: accountOf(order),
    disputeId: dispute.id,
  });
  switch (answer.kind) {
    case 'done':
      return { kind: 'uploaded', fileId: answer.fileId };
    case 'declined':
      return { kind: 'refused' };
    case 'unknown':
      return { kind: 'unknown' };
  }
}
