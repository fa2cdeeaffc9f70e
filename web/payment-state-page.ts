// How a payment stands, for a payer whose link has done its work.
import type { PaymentState } from '../lambdas/domain/payments/payment.ts';
import { declineWords } from '../lambdas/domain/payments/decline-words.ts';
import type { Settings } from '../lambdas/domain/settings.ts';
import { html } from './html.ts';
import { layout, messagePage } from './layout.ts';
import type { PageAnswer } from './page-answer.ts';

const charged = {
  title: 'Paid',
  text: 'Your card was charged. The chat shows what happens next, and a button to take it back while that is possible.',
  mark: '✓',
};
const paid = {
  title: 'Paid',
  text: 'It has been paid out. Your receipt is in the chat.',
  mark: '✓',
};
const findingOut = {
  title: 'We are finding out',
  text: 'Your bank has not told us yet whether it went through. You will not be charged twice, and we tell you in the chat.',
  mark: '…',
};
const givenBack = {
  title: 'Given back',
  text: 'The money is going back to the card it came from.',
  mark: '↩',
};
const disputed = {
  title: 'Disputed',
  text: 'A bank is deciding about this payment. The chat tells you the outcome.',
  mark: '⚖',
};
const lookedAt = {
  title: 'A person is looking at it',
  text: 'Something was not right with this payment. We tell you in the chat.',
  mark: '👀',
};

const words: Record<PaymentState, { title: string; text: string; mark: string }> = {
  draft: { title: 'Not confirmed yet', text: 'Open it from the chat to confirm it.', mark: '…' },
  charging: findingOut,
  unknown: findingOut,
  needs_action: {
    title: 'Your bank still waits for you',
    text: 'Open the payment again from the chat to finish the check.',
    mark: '🔐',
  },
  declined: {
    title: 'Not paid',
    text: 'Nothing was charged. Press “Try again” in the chat to use another card.',
    mark: '✕',
  },
  cancelled: {
    title: 'Cancelled',
    text: 'This payment was cancelled or ran out before it was confirmed. Nothing was charged.',
    mark: '✕',
  },
  held: charged,
  paying_out: charged,
  paid,
  refunding: givenBack,
  refunded: givenBack,
  disputed,
  lost: disputed,
  refund_failed: lookedAt,
  review: lookedAt,
};

/** Says nothing that a stranger with the address could use: no names, no amounts. */
export function paymentStatePage(
  payment: { readonly state: PaymentState; readonly reason?: string },
  { pageId }: Pick<Settings, 'pageId'>,
): PageAnswer {
  const { title, text, mark } = words[payment.state];
  const why = payment.state === 'declined' ? `${declineWords(payment.reason)} ` : '';
  return messagePage({ title, text: why + text, mark, pageId });
}

/** The payer's bank asks for them: one button, since a form may lead only where the page has said before. */
export function finishAtBankPage(token: string, formTargets: readonly string[]): PageAnswer {
  return layout({
    title: 'Your bank wants to check',
    formTargets,
    body: html`<form method="post" action="/pay/${token}" class="card">
<p class="mark" aria-hidden="true">🔐</p>
<h1>Your bank wants to check that it is you</h1>
<p>Nothing is charged until it has.</p>
<button>Go to your bank</button>
</form>`,
  });
}
