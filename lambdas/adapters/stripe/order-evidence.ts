// Hands in what a shop has to say to a dispute, once: its files first, then the answer that names them.
import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import {
  type EvidenceFiles,
  type EvidenceFileType,
  evidenceKinds,
} from '../../domain/orders/evidence-file.ts';
import type { ShopProvider } from '../../domain/orders/ports.ts';
import type { StripeClient } from './client.ts';
import { readDisputeState } from './disputes.ts';
import { ask, isAccountGone, type Refusal, unexpected } from './errors.ts';
import { find } from './find-object.ts';
import { orderDisputeSchema, type StripeOrderDispute } from './order-disputes.ts';

type UploadRequest = Parameters<ShopProvider['uploadEvidence']>[0];
type UploadAnswer = Awaited<ReturnType<ShopProvider['uploadEvidence']>>;
type EvidenceRequest = Parameters<ShopProvider['sendEvidence']>[0];
type EvidenceAnswer = Awaited<ReturnType<ShopProvider['sendEvidence']>>;

const withId = z.object({ id: z.string() });

/** Megabytes are not sent twice while somebody waits in front of the page: they send them again. */
const uploading = { maxNetworkRetries: 0 } as const;

const endings: Readonly<Record<EvidenceFileType, string>> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
};

/** The key follows from the bytes and their place, so a file that is sent again after an answer was lost is one file. */
export async function uploadEvidence(
  client: StripeClient,
  { accountId: stripeAccount, disputeId, kind, type, bytes }: UploadRequest,
): Promise<UploadAnswer> {
  const stripe = await client();
  const key = `${disputeId}:file:${kind}:${shortHash(bytes)}`;
  const told = await askUnder(key, (idempotencyKey) =>
    stripe.files.create(
      {
        purpose: 'dispute_evidence',
        // A name of ours: what people call their files is not for a bank to read.
        file: { data: bytes, name: `${kind}.${endings[type]}`, type },
      },
      { ...uploading, stripeAccount, idempotencyKey },
    ),
  );
  switch (told.kind) {
    case 'told':
      return { kind: 'done', fileId: told.thing.id };
    case 'unknown':
      return { kind: 'unknown', why: told.why };
    case 'refused':
      return { kind: 'declined', why: whyRefused(told) };
  }
}

/** Stripe takes it once. The same again is asking; anything else after that is too late, and is told so. */
export async function sendEvidence(
  client: StripeClient,
  request: EvidenceRequest,
): Promise<EvidenceAnswer> {
  const { accountId: stripeAccount, disputeId, text, files = {} } = request;
  const now = await find(client, orderDisputeSchema, (stripe) =>
    stripe.disputes.retrieve(disputeId, {}, { stripeAccount }),
  );
  if (now.kind === 'unknown') return now;
  if (now.kind === 'not_found') return { kind: 'declined', why: 'resource_missing' };
  const standing = readStanding(now.thing, { text, files });
  if (standing !== undefined) return standing;
  const stripe = await client();
  const words = JSON.stringify([text, ...evidenceKinds.map((kind) => files[kind] ?? '')]);
  const told = await askUnder(`${disputeId}:evidence:${shortHash(words)}`, (idempotencyKey) =>
    stripe.disputes.update(
      disputeId,
      { evidence: { ...files, uncategorized_text: text }, submit: true },
      { stripeAccount, idempotencyKey },
    ),
  );
  switch (told.kind) {
    case 'told':
      return { kind: 'done' };
    case 'unknown':
      return { kind: 'unknown', why: told.why };
    case 'refused':
      return { kind: 'declined', why: whyRefused(told) };
  }
}

/**
 * A failure that Stripe has stored under a key it repeats for a day. To lay a file ready twice does no harm, and whether the
 * answer was sent has just been looked up: so it is asked once more under another key.
 */
async function askUnder(key: string, call: (idempotencyKey: string) => Promise<unknown>) {
  const told = await ask(withId, () => call(key));
  const isStuck = told.kind === 'unknown' && told.isReplay;
  return isStuck ? ask(withId, () => call(`${key}:2`)) : told;
}

function whyRefused(refusal: Refusal): string {
  if (isAccountGone(refusal)) return 'account_gone';
  if (refusal.code?.startsWith('parameter_') === true) throw unexpected(refusal);
  return refusal.code ?? 'evidence_refused';
}

function readStanding(
  dispute: StripeOrderDispute,
  { text, files }: { readonly text: string; readonly files: EvidenceFiles },
): EvidenceAnswer | undefined {
  const { past_due: isLate, submission_count: sent } = dispute.evidence_details;
  if (sent > 0) {
    const { evidence } = dispute;
    const isSame =
      evidence.uncategorized_text === text &&
      evidenceKinds.every((kind) => (evidence[kind] ?? undefined) === files[kind]);
    return isSame ? { kind: 'done' } : { kind: 'declined', why: 'already_sent' };
  }
  const isOpen = readDisputeState(dispute) === 'needs_response';
  return isOpen && !isLate ? undefined : { kind: 'declined', why: 'too_late' };
}

function shortHash(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}
