// The form in which a shop answers a buyer's bank: its words, the files that show it, and that it can be sent once.
import {
  type EvidenceFiles,
  type EvidenceKind,
  evidenceKinds,
  largestEvidenceBytes,
} from '../../lambdas/domain/orders/evidence-file.ts';
import type { Order } from '../../lambdas/domain/orders/order.ts';
import { type Html, html } from '../html.ts';
import { ofSession } from './console-layout.ts';
import type { Visitor } from './console-world.ts';

/** Stripe takes so much text. */
export const longestEvidence = 20_000;
export const largestEvidenceWords = `${largestEvidenceBytes / 1_000_000} MB`;

/** As it was typed and chosen, where it was not sent; files that Stripe has already need not be chosen again. */
export interface TypedEvidence {
  readonly text: string;
  readonly files: EvidenceFiles;
  readonly problems: Readonly<Partial<Record<EvidenceKind, string>>>;
}

export const evidenceNames: Readonly<Record<EvidenceKind, readonly [name: string, what: string]>> =
  {
    receipt: ['Receipt', 'What the buyer was sent as a receipt'],
    customer_communication: ['Messages', 'What you and the buyer wrote to each other'],
    shipping_documentation: ['Shipping', 'Proof that it was sent: the carrier’s paper or its page'],
    service_documentation: ['Handover', 'Proof that it was handed over'],
    customer_signature: ['Signature', 'Where the buyer signed for it'],
    refund_policy: ['Refund policy', 'As the buyer was shown it'],
    uncategorized_file: ['Anything else', 'What shows it best, if it is none of these'],
  };

export const keptField = (kind: EvidenceKind) => `kept_${kind}`;

const nothingTyped: TypedEvidence = { text: '', files: {}, problems: {} };

export function evidenceForm(
  { visitor, order }: { readonly visitor: Visitor; readonly order: Order },
  typed: TypedEvidence = nothingTyped,
): Html {
  const isOpen = [typed.files, typed.problems].some((each) => Object.keys(each).length > 0);
  return html`<form method="post" action="/console/orders/${order.id}" enctype="multipart/form-data">${ofSession(visitor)}<input type="hidden" name="do" value="evidence">
<label class="field">Your answer to the bank <small>What was bought, when and how it was handed over, what you agreed with the buyer</small>
<textarea name="text" rows="8" maxlength="${longestEvidence}" required>
${typed.text}</textarea></label>
<details${isOpen ? html` open` : undefined}><summary>Files that show it…</summary>
<p class="soft">PDF, JPEG or PNG, ${largestEvidenceWords} all together. The bank sees them as they are.</p>
${evidenceKinds.map((kind) => fileField(kind, typed))}</details>
<label class="choice"><input type="checkbox" name="final" value="yes" required> I know that it can be sent only once</label>
<button>Send to the bank</button></form>`;
}

function fileField(kind: EvidenceKind, { files, problems }: TypedEvidence): Html {
  const [name, what] = evidenceNames[kind];
  const kept = files[kind];
  const problem = problems[kind];
  const tooLarge = `All files together may have ${largestEvidenceWords}.`;
  return html`<label class="field">${name} <small>${kept === undefined ? what : 'Stripe has this file ready. Choose another one to replace it.'}</small><input type="file" name="${kind}" accept="application/pdf,image/jpeg,image/png" data-most="${largestEvidenceBytes}" data-too-large="${tooLarge}" data-together></label>
${kept === undefined ? undefined : html`<input type="hidden" name="${keptField(kind)}" value="${kept}"><label class="choice"><input type="checkbox" name="without_${kind}" value="yes"> Send it without this file</label>`}
${problem === undefined ? undefined : html`<span class="wrong" role="alert">${problem}</span>`}`;
}
