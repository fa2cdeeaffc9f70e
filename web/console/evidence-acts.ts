// A shop's answer to a bank as it is sent: its files are laid ready first, then all of it goes at once, or none of it.
import {
  type EvidenceFiles,
  type EvidenceKind,
  evidenceKinds,
  largestEvidenceBytes,
} from '../../lambdas/domain/orders/evidence-file.ts';
import type { Order } from '../../lambdas/domain/orders/order.ts';
import {
  sendEvidence,
  type SendEvidenceOutcome,
} from '../../lambdas/domain/orders/send-evidence.ts';
import {
  uploadEvidence,
  type UploadEvidenceOutcome,
} from '../../lambdas/domain/orders/upload-evidence.ts';
import type { ConsoleRequest, ConsoleWorld } from './console-world.ts';
import {
  keptField,
  largestEvidenceWords,
  longestEvidence,
  type TypedEvidence,
} from './evidence-form.ts';
import type { SentFile } from './read-form.ts';

export type EvidenceAct =
  | { readonly kind: 'sent' }
  /** Nothing went to the bank, or nobody knows yet; what was typed is shown again. */
  | {
      readonly kind: 'not_sent';
      readonly why: string;
      readonly order: Order;
      readonly evidence: TypedEvidence;
    };

export async function answerTheBank(
  world: ConsoleWorld,
  order: Order,
  request: ConsoleRequest,
): Promise<EvidenceAct> {
  const text = (request.form.get('text') ?? '').replaceAll('\r\n', '\n').trim();
  const notSent = (why: string, more: Partial<TypedEvidence> = {}, now = order): EvidenceAct => ({
    kind: 'not_sent',
    why,
    order: now,
    evidence: { text, files: keptIn(request), problems: {}, ...more },
  });
  const tooMuch = whatIsTooMuch(request);
  if (tooMuch !== undefined) return notSent(tooMuch);
  const { files, problems } = await layReady(world, order, request);
  const all = { ...keptIn(request), ...files };
  if (Object.keys(problems).length > 0)
    return notSent('Nothing was sent yet. Please look at what is marked.', {
      files: all,
      problems,
    });
  if (text === '' || text.length > longestEvidence)
    return notSent(`Write an answer of at most ${longestEvidence} characters.`, { files: all });
  if (request.form.get('final') !== 'yes')
    return notSent('Tick that you know it can be sent only once.', { files: all });
  const outcome = await sendEvidence(world, { orderId: order.id, text, files: all });
  const why = whyNotSent(outcome.kind);
  return why === undefined ? { kind: 'sent' } : notSent(why, { files: all }, outcome.order);
}

function whatIsTooMuch({ files, isWhole }: ConsoleRequest): string | undefined {
  if (!isWhole) return 'Only a part of it arrived. Nothing was sent: choose the files again.';
  const bytes = [...files.values()].reduce((all, file) => all + file.bytes.length, 0);
  const isTooLarge = [...files.values()].some((file) => file.isTooLarge);
  return isTooLarge || bytes > largestEvidenceBytes
    ? `The files have more than ${largestEvidenceWords} together. Nothing was sent: choose smaller ones.`
    : undefined;
}

/** Ids of files that Stripe has already; whether they are this shop's own, Stripe says. */
function keptIn({ form, files }: ConsoleRequest): EvidenceFiles {
  const kept = evidenceKinds.flatMap((kind) => {
    const id = form.get(keptField(kind)) ?? '';
    const isMeant = form.get(`without_${kind}`) !== 'yes' && !files.has(kind);
    return isMeant && /^file_[A-Za-z0-9]{1,100}$/u.test(id) ? [[kind, id] as const] : [];
  });
  return Object.fromEntries(kept);
}

/** All at once: each takes seconds, and a page has half a minute. */
async function layReady(world: ConsoleWorld, order: Order, { files }: ConsoleRequest) {
  const chosen = evidenceKinds.flatMap((kind): [EvidenceKind, SentFile][] => {
    const file = files.get(kind);
    return file === undefined ? [] : [[kind, file]];
  });
  const outcomes = await Promise.all(
    chosen.map(
      async ([kind, { bytes }]) =>
        [kind, await uploadEvidence(world, order, { kind, bytes })] as const,
    ),
  );
  const ready: { [kind in EvidenceKind]?: string } = {};
  const problems: { [kind in EvidenceKind]?: string } = {};
  for (const [kind, outcome] of outcomes) {
    if (outcome.kind === 'uploaded') ready[kind] = outcome.fileId;
    else problems[kind] = whyNotReady(outcome.kind);
  }
  return { files: ready, problems };
}

function whyNotReady(kind: Exclude<UploadEvidenceOutcome['kind'], 'uploaded'>): string {
  switch (kind) {
    case 'wrong_type':
      return 'This file is neither PDF nor JPEG nor PNG. Choose another one.';
    case 'too_late':
      return 'The deadline is over, or an answer was sent before.';
    case 'refused':
      return 'Stripe did not take this file. Choose another one.';
    case 'unknown':
      return 'Stripe does not answer. Choose the file again in a moment.';
  }
}

function whyNotSent(kind: SendEvidenceOutcome['kind']): string | undefined {
  switch (kind) {
    case 'sent':
      return undefined;
    case 'too_late':
      return 'The deadline is over, or an answer was sent before.';
    case 'no_dispute':
      return 'There is no open dispute.';
    case 'refused':
      return `Stripe did not take this. Nothing was sent: all files together may have ${largestEvidenceWords}.`;
    case 'unknown':
      return 'Stripe does not answer. Look again in a moment before you send it once more; the same again is sent only once.';
  }
}
