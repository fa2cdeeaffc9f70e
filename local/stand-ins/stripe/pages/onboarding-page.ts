// The hosted onboarding page: a name and a bank account, and the account can be paid.
import type { Desk } from '../desk.ts';
import { leaveOnboarding, usableLink } from '../resources/account-links.ts';
import type { StoredLink } from '../state.ts';
import type { Visit } from './checkout-page.ts';
import { escapeHtml, goTo, problemPage, renderPage, type PageAnswer } from './page.ts';

/** Stripe's US test accounts that cannot be paid, and what is wrong with each. */
const BAD_ACCOUNTS: Record<string, string> = {
  '000111111116': 'There is no account with this number at your bank.',
  '000111111113': 'This account has been closed.',
};

export function showOnboarding({ desk, id }: Visit): PageAnswer {
  const link = usableLink(desk, id);
  return link ? { status: 200, html: onboardingHtml(desk, link) } : sendBack(desk, id);
}

/** A used or expired link sends the person to the refresh URL, which makes a new one. */
function sendBack(desk: Desk, token: string): PageAnswer {
  const link = desk.shelves.accountLinks.get(token);
  return link ? goTo(link.refreshUrl) : problemPage('No such page', 'This link is not known.');
}

export function submitOnboarding({ desk, id, form }: Visit): PageAnswer {
  const link = usableLink(desk, id);
  if (!link) return sendBack(desk, id);
  const leaving = form.get('leave') !== null;
  const problem = leaving ? undefined : problemWith(form);
  if (problem) return { status: 200, html: onboardingHtml(desk, link, problem) };
  leaveOnboarding(desk, link, !leaving);
  return goTo(link.returnUrl ?? link.refreshUrl);
}

function problemWith(form: URLSearchParams): string | undefined {
  if ((form.get('name') ?? '').trim() === '') return 'Please tell your name.';
  const number = (form.get('account') ?? '').replaceAll(/\D/g, '');
  if (number.length < 4) return 'Please tell an account number.';
  return BAD_ACCOUNTS[number];
}

const RECIPIENT_WORDS = {
  title: 'Get paid',
  lead: 'Tell us where your money should go. It takes a minute, once.',
  button: 'Agree and get paid',
};

const MERCHANT_WORDS = {
  title: 'Take cards in your shop',
  lead: 'Tell us who owns the shop and where its money should go. It takes a minute, once.',
  button: 'Agree and take cards',
};

function onboardingHtml(desk: Desk, link: StoredLink, error?: string): string {
  const account = desk.shelves.accounts.get(link.account);
  const name = account?.display_name ?? '';
  const shown = error ? `<p class="error" role="alert">${escapeHtml(error)}</p>` : '';
  const words = account?.configuration?.merchant ? MERCHANT_WORDS : RECIPIENT_WORDS;
  return renderPage(
    words.title,
    `<h1>${words.title}</h1><p>${words.lead}</p>${shown}
<form class="card" method="post">
<label>Full name<input name="name" autocomplete="off" value="${escapeHtml(name || 'Test Person')}"></label>
<label>Routing number<input name="routing" inputmode="numeric" autocomplete="off" value="110000000"></label>
<label>Account number<input name="account" inputmode="numeric" autocomplete="off" value="000123456789"></label>
<button type="submit">${words.button}</button>
<button class="quiet" name="leave" value="1" formnovalidate>Not now</button>
</form>`,
  );
}
