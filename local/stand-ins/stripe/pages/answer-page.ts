// Which hosted page answers a browser, and in which account's name.
import { openDesk, PLATFORM, type Office } from '../desk.ts';
import { returnToCheckout, showCheckout, submitCheckout, type Visit } from './checkout-page.ts';
import { showOnboarding, submitOnboarding } from './onboarding-page.ts';
import { escapeHtml, formatMoney, problemPage, renderPage, type PageAnswer } from './page.ts';
import { showChallenge, submitChallenge } from './three-d-secure-page.ts';

const PAGES: [method: string, pattern: RegExp, answer: (visit: Visit) => PageAnswer][] = [
  ['GET', /^\/c\/pay\/([^/]+)$/, showCheckout],
  ['POST', /^\/c\/pay\/([^/]+)$/, submitCheckout],
  ['GET', /^\/c\/pay\/([^/]+)\/return$/, returnToCheckout],
  ['GET', /^\/3ds\/([^/]+)$/, showChallenge],
  ['POST', /^\/3ds\/([^/]+)$/, submitChallenge],
  ['GET', /^\/setup\/([^/]+)$/, showOnboarding],
  ['POST', /^\/setup\/([^/]+)$/, submitOnboarding],
  ['GET', /^\/receipts\/([^/]+)$/, showReceipt],
];

export interface PageRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  body: string;
}

/** The page, its changes saved; undefined when there is none at that path. */
export function answerPage(office: Office, request: PageRequest): PageAnswer | undefined {
  for (const [method, pattern, answer] of PAGES) {
    const match = method === request.method ? pattern.exec(request.path) : null;
    if (!match) continue;
    const account = request.query.get('account') ?? PLATFORM;
    const desk = openDesk(office, account, { requestId: null, idempotencyKey: null });
    const form = new URLSearchParams(request.body);
    return saved(office, () => answer({ desk, id: match[1] ?? '', query: request.query, form }));
  }
  return undefined;
}

function saved(office: Office, answer: () => PageAnswer): PageAnswer {
  try {
    const page = answer();
    office.state.save();
    return page;
  } catch (error) {
    office.state.undo();
    throw error;
  }
}

function showReceipt({ desk, id }: Visit): PageAnswer {
  const charge = desk.shelves.charges.get(id);
  if (!charge?.paid) return problemPage('No such receipt', 'There is no receipt at this address.');
  const amount = escapeHtml(formatMoney(charge.amount, charge.currency));
  const html = renderPage('Receipt', `<h1>Receipt</h1><p class="amount">${amount}</p>`);
  return { status: 200, html };
}
