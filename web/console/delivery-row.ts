// One delivery in an endpoint's log: what was sent, what came of each try, and sending it again.
import type {
  Delivery,
  DeliveryAttempt,
  DeliveryState,
} from '../../lambdas/domain/merchant-api/delivery.ts';
import type { WebhookEndpoint } from '../../lambdas/domain/merchant-api/webhook-endpoint.ts';
import type { Shop } from '../../lambdas/domain/shops/shop.ts';
import { type Html, html } from '../html.ts';
import { endpointPath, hiddenFields } from './api-words.ts';
import type { Visitor } from './console-world.ts';
import { moment } from './order-words.ts';

const states: Readonly<Record<DeliveryState, { readonly name: string; readonly tone: string }>> = {
  waiting: { name: 'On its way', tone: 'todo' },
  delivered: { name: 'Delivered', tone: 'good' },
  failed: { name: 'Failed', tone: 'bad' },
  dropped: { name: 'Dropped', tone: '' },
};

export function deliveryRow(visitor: Visitor, endpoint: WebhookEndpoint, delivery: Delivery): Html {
  const { shop } = visitor;
  const { name, tone } = states[delivery.state];
  const [last, ...earlier] = delivery.attempts.toReversed();
  return html`<article class="thing"><div class="head"><span class="title"><code>${delivery.eventType}</code></span><span class="pill ${tone}">${name}</span></div>
<p class="small-print">${moment(shop, delivery.createdAtMs)} · <code>${delivery.eventId}</code></p>
${last === undefined ? html`<p class="small-print">Not tried yet</p>` : attempt(shop, last)}
${nextTry(shop, delivery)}
${earlier.length === 0 ? undefined : html`<details><summary>${earlier.length === 1 ? 'One earlier try' : `${earlier.length} earlier tries`}</summary>${earlier.map((each) => attempt(shop, each))}</details>`}
${endpoint.disabledBecause === undefined ? againForm(visitor, endpoint, delivery) : undefined}</article>`;
}

function nextTry(shop: Shop, { state, dueAtMs }: Delivery): Html | undefined {
  if (state !== 'waiting' || dueAtMs === undefined) return undefined;
  return html`<p class="small-print">Next try ${moment(shop, dueAtMs)}</p>`;
}

function attempt(shop: Shop, { atMs, tookMs, status, answer, why }: DeliveryAttempt): Html {
  const came = status === undefined ? noAnswer(why) : `Answered ${status}`;
  return html`<p class="small-print">${came} after ${Math.round(tookMs)} ms, ${moment(shop, atMs)}</p>
${answer === undefined || answer.trim() === '' ? undefined : html`<p class="answer">${answer}</p>`}`;
}

/** The words that the sender keeps, in words for people. */
function noAnswer(why: string | undefined): string {
  if (why === 'timeout') return 'No answer in time';
  return why === 'address'
    ? 'Not called: its address is not on the public internet'
    : 'It could not be reached';
}

function againForm(visitor: Visitor, endpoint: WebhookEndpoint, delivery: Delivery): Html {
  const { id, version, eventType } = delivery;
  return html`<form method="post" action="${endpointPath(endpoint)}">${hiddenFields(visitor, 'again', { delivery: id, version })}<button class="quiet small" aria-label="Send ${eventType} again">Send again</button></form>`;
}
