// The bank's page that asks whether it is really you, for payment and setup intents.
import type Stripe from 'stripe';
import { finishAuthentication } from '../resources/confirm-payment-intent.ts';
import { finishSetupAuthentication } from '../resources/setup-intents.ts';
import type { Visit } from './checkout-page.ts';
import { escapeHtml, formatMoney, goTo, problemPage, renderPage, type PageAnswer } from './page.ts';

type Intent = Stripe.PaymentIntent | Stripe.SetupIntent;

export function showChallenge(visit: Visit): PageAnswer {
  const intent = waitingIntent(visit);
  return intent ? { status: 200, html: challengeHtml(intent) } : nothingToConfirm();
}

function nothingToConfirm(): PageAnswer {
  return problemPage('Nothing to confirm', 'Your bank is not waiting for an answer here.');
}

/** The intent, when it waits for its customer and the link has its key. */
function waitingIntent({ desk, id, query }: Visit): Intent | undefined {
  const intent = desk.shelves.paymentIntents.get(id) ?? desk.shelves.setupIntents.get(id);
  if (!intent || intent.client_secret !== query.get('key')) return undefined;
  return intent.status === 'requires_action' ? intent : undefined;
}

export function submitChallenge(visit: Visit): PageAnswer {
  const intent = waitingIntent(visit);
  const returnUrl = intent?.next_action?.redirect_to_url?.return_url;
  if (!intent) return nothingToConfirm();
  const passed = visit.form.get('result') === 'complete';
  const after =
    intent.object === 'setup_intent'
      ? finishSetupAuthentication(visit.desk, intent.id, passed)
      : finishAuthentication(visit.desk, intent.id, passed);
  if (!returnUrl) return problemPage('Done', 'You can close this page.');
  return goTo(returnTo(returnUrl, after ?? intent));
}

/** Stripe adds these to the return URL. They are a hint: the intent itself is the truth. */
function returnTo(returnUrl: string, intent: Intent): string {
  const url = new URL(returnUrl);
  url.searchParams.set(intent.object, intent.id);
  url.searchParams.set(`${intent.object}_client_secret`, intent.client_secret ?? '');
  url.searchParams.set('source_type', 'card');
  const good = intent.status === 'succeeded' || intent.status === 'requires_capture';
  url.searchParams.set('redirect_status', good ? 'succeeded' : 'failed');
  return url.href;
}

function challengeHtml(intent: Intent): string {
  const what =
    intent.object === 'payment_intent'
      ? `<p class="amount">${escapeHtml(formatMoney(intent.amount, intent.currency))}</p>`
      : '<p>Your bank wants to know that it is you who saves this card.</p>';
  return renderPage(
    'Is it you?',
    `<h1>Is it you?</h1>${what}<form class="card" method="post">
<p>This is where your bank's 3-D Secure page would be.</p>
<button name="result" value="complete">Yes, complete</button>
<button class="quiet" name="result" value="fail">No, fail</button>
</form>`,
  );
}
