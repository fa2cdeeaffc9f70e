// The hosted Checkout page: pay, or save a card, with one of the test cards.
import { findTestCard, TEST_CARDS } from '../cards/test-cards.ts';
import { type Desk, PLATFORM } from '../desk.ts';
import { finishSession, paySession, type PayOutcome } from '../resources/pay-session.ts';
import type { StoredSession } from '../state.ts';
import { escapeHtml, formatMoney, goTo, problemPage, renderPage, type PageAnswer } from './page.ts';

export interface Visit {
  desk: Desk;
  id: string;
  query: URLSearchParams;
  form: URLSearchParams;
}

export function showCheckout({ desk, id, query }: Visit): PageAnswer {
  const stored = desk.shelves.sessions.get(id);
  if (stored?.session.status !== 'open') return over();
  return {
    status: 200,
    html: checkoutHtml(stored, { card: query.get('card') ?? '', account: desk.account }),
  };
}

function over(): PageAnswer {
  return problemPage(
    'This page is over',
    'You were sent here by a link that has been used or has expired.',
  );
}

export function submitCheckout({ desk, id, form }: Visit): PageAnswer {
  const card = form.get('card') ?? '';
  const email = form.get('email') ?? '';
  const name = form.get('name') ?? '';
  const save = form.get('save') !== null;
  const buyer = { card, save, ...(email && { email }), ...(name && { name }) };
  if (!desk.shelves.sessions.get(id)) return over();
  return answerFor(desk, { id, card }, paySession(desk, id, buyer));
}

/** Where 3-D Secure comes back to. */
export function returnToCheckout({ desk, id }: Visit): PageAnswer {
  if (!desk.shelves.sessions.get(id)) return over();
  return answerFor(desk, { id, card: '' }, finishSession(desk, id));
}

function answerFor(
  desk: Desk,
  { id, card }: { id: string; card: string },
  outcome: PayOutcome,
): PageAnswer {
  switch (outcome.is) {
    case 'complete':
    case 'needs_action':
      return goTo(outcome.goTo);
    case 'not_open':
      return over();
    case 'declined': {
      const stored = desk.shelves.sessions.get(id);
      if (!stored) return over();
      return {
        status: 200,
        html: checkoutHtml(stored, { card, account: desk.account, error: outcome.message }),
      };
    }
  }
}

interface CheckoutShown {
  card: string;
  /** Whose page it is: a connected account, or the platform. */
  account: string;
  error?: string;
}

function checkoutHtml(stored: StoredSession, shown: CheckoutShown): string {
  const { session } = stored;
  const saving = session.mode === 'setup';
  const amount = formatMoney(session.amount_total ?? 0, session.currency ?? 'usd');
  const title = saving ? 'Save a card' : `Pay ${amount}`;
  const head = saving
    ? '<h1>Save a card</h1><p>It is kept by the payment company and used when you confirm a payment.</p>'
    : `<h1>Pay</h1><p class="amount">${escapeHtml(amount)}</p>${itemsHtml(stored)}`;
  const back = session.cancel_url
    ? `<a class="away" href="${escapeHtml(session.cancel_url)}">Go back without ${saving ? 'saving' : 'paying'}</a>`
    : '';
  const error = shown.error ? `<p class="error" role="alert">${escapeHtml(shown.error)}</p>` : '';
  return renderPage(
    title,
    `${head}${error}${formHtml({
      card: shown.card,
      button: title,
      email: session.customer_email,
      asksEmail: session.customer === null && session.customer_creation === 'if_required',
      offersSaving: session.saved_payment_method_options?.payment_method_save === 'enabled',
    })}${back}${cardsHtml(shown.account)}`,
  );
}

function itemsHtml({ lineItems, session }: StoredSession): string {
  const items = lineItems.map((item) => {
    const name = `${item.description ?? ''}${(item.quantity ?? 1) > 1 ? ` × ${item.quantity}` : ''}`;
    const amount = formatMoney(item.amount_total, item.currency);
    return `<li><span>${escapeHtml(name)}</span><span>${escapeHtml(amount)}</span></li>`;
  });
  const off = session.total_details?.amount_discount ?? 0;
  const discount = formatMoney(-off, session.currency ?? 'usd');
  const taken = off > 0 ? `<li><span>Discount</span><span>${escapeHtml(discount)}</span></li>` : '';
  return `<ul class="items">${items.join('')}${taken}</ul>`;
}

interface FormShown {
  card: string;
  button: string;
  email: string | null;
  /** Of somebody whom nobody knows; the real page asks everybody. */
  asksEmail: boolean;
  offersSaving: boolean;
}

function formHtml(shown: FormShown): string {
  const number = findTestCard(shown.card)?.number ?? (shown.card || '4242424242424242');
  const spaced = number.replace(/(\d{4})(?=\d)/g, '$1 ');
  return `<form class="card" method="post">
<label>Card number<input name="card" inputmode="numeric" autocomplete="off" required value="${escapeHtml(spaced)}"></label>
<div class="row">
<label>Expiry<input name="expiry" inputmode="numeric" autocomplete="off" value="12 / 34"></label>
<label>CVC<input name="cvc" inputmode="numeric" autocomplete="off" value="123"></label>
</div>
<label>Name on card<input name="name" autocomplete="off" value="Test Person"></label>
${shown.email === null ? '' : `<input type="hidden" name="email" value="${escapeHtml(shown.email)}">`}
${shown.asksEmail ? '<label>E-mail<input type="email" name="email" autocomplete="off" value="payer@example.com"></label>' : ''}
${shown.offersSaving ? '<label class="tick"><input type="checkbox" name="save" value="1"> Keep this card for next time</label>' : ''}
<button type="submit">${escapeHtml(shown.button)}</button>
</form>`;
}

/** Picking a card fills the form in: a link, so that it works without JavaScript. */
function cardsHtml(account: string): string {
  const whose = account === PLATFORM ? '' : `&amp;account=${escapeHtml(account)}`;
  const items = TEST_CARDS.map(
    ({ number, label }) =>
      `<li><a href="?card=${number}${whose}"><span>${escapeHtml(label)}</span><span>•••• ${number.slice(-4)}</span></a></li>`,
  );
  return `<details><summary>Other test cards</summary><ul class="cards">${items.join('')}</ul></details>`;
}
