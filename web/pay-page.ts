// The page where a payer says yes: what will happen, with which card, guarded by the PIN.
import { isZero } from '../lambdas/domain/money/money.ts';
import { isReadyToBePaid, nameAndHandle, type Person } from '../lambdas/domain/people/person.ts';
import type { Payment } from '../lambdas/domain/payments/payment.ts';
import { totalOf } from '../lambdas/domain/payments/postings.ts';
import { isPinNeeded } from '../lambdas/domain/payments/step-up.ts';
import {
  amountFor,
  cardWords,
  durationWords,
  payeeWords,
} from '../lambdas/domain/payments/words.ts';
import type { Settings } from '../lambdas/domain/settings.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import type { PageAnswer } from './page-answer.ts';
import { newPinFields, pinField } from './pin-fields.ts';
import { whoseWallet } from './whose-wallet.ts';

export interface PayPage {
  readonly token: string;
  readonly payment: Payment;
  readonly payer: Person;
  readonly payee: Person | undefined;
  readonly hasPin: boolean;
  readonly settings: Settings;
  readonly formTargets: readonly string[];
  /** What went wrong with the last try, for the payer's eyes. */
  readonly problem?: string;
}

export function payPage(page: PayPage): PageAnswer {
  const hasCard = page.payer.instruments.length > 0;
  return layout({
    title: 'Review and pay',
    status: page.problem === undefined ? 200 : 422,
    formTargets: page.formTargets,
    body: html`${problem(page.problem)}${terms(page)}${hasCard ? confirmForm(page) : addFirstCard(page)}`,
  });
}

function problem(text: string | undefined): Html | undefined {
  return text === undefined ? undefined : html`<p class="bad" role="alert">${text}</p>`;
}

function terms({ payment, payer, payee, settings }: PayPage): Html {
  const name = payeeWords(payment, payee);
  return html`<section class="card">
<h1>Send to ${name}</h1>
<p class="amount">${amountFor(payer, payment.amount)}</p>
${payment.note === undefined ? undefined : html`<p class="note">${payment.note}</p>`}
${payment.isFirstToPayee && payee !== undefined ? html`<p class="soft">You have not paid ${nameAndHandle(payee)} before. Make sure it is the right person.</p>` : undefined}
<dl>
<dt>Fee</dt><dd>${isZero(payment.fee) ? 'none' : amountFor(payer, payment.fee)}</dd>
<dt>You pay</dt><dd><b>${amountFor(payer, totalOf(payment))}</b></dd>
<dt>Then</dt><dd>${whatNext(payee, settings)}</dd>
</dl>
</section>`;
}

function whatNext(payee: Person | undefined, settings: Settings): string {
  if (payee === undefined)
    return `you get a link to forward; unclaimed after ${settings.claimDays} days it comes back`;
  if (isReadyToBePaid(payee))
    return `${durationWords(settings.undoSeconds)} to undo it, then it is paid out`;
  return `${settings.claimDays} days to be taken, or it comes back`;
}

function addFirstCard({ token, payer }: PayPage): Html {
  return html`<form method="post" action="/pay/${token}/card" class="card">
<h2>Add a card to pay</h2>
<p class="soft">Stripe asks for the card on its own page and brings you back here. Nothing is charged yet.</p>
${whoseWallet(payer)}
<button>Add a card</button>
</form>`;
}

function confirmForm(page: PayPage): Html {
  const { token, payer, payment } = page;
  return html`<form method="post" action="/pay/${token}" class="card">
<fieldset>
<legend>Pay with</legend>
${payer.instruments.map(
  (card, index) =>
    html`<label class="choice"><input type="radio" name="instrument" value="${card.id}"${index === 0 ? html` checked` : undefined}> ${cardWords(card)}</label>`,
)}
</fieldset>
${isPinNeeded(payment) ? pin(page) : undefined}
<button>Pay ${amountFor(payer, totalOf(payment))}</button>
</form>
<form method="post" action="/pay/${token}/card"><button class="quiet">Use another card</button></form>
${whoseWallet(payer)}`;
}

function pin({ hasPin }: PayPage): Html {
  return hasPin ? pinField('Your PIN') : newPinFields;
}
