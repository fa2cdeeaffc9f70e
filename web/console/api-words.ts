// The merchants' API in words: what a key may do, what endpoints hear of, how long a former secret stays good.
import type { Scope } from '../../lambdas/domain/merchant-api/api-key.ts';
import {
  type MerchantEventType,
  eventTypes,
} from '../../lambdas/domain/merchant-api/merchant-event.ts';
import type { WebhookEndpoint } from '../../lambdas/domain/merchant-api/webhook-endpoint.ts';
import { type Html, html } from '../html.ts';
import type { Visitor } from './console-world.ts';
import { ofSession } from './console-layout.ts';

export const apiPath = '/console/api';

export function endpointPath({ id }: Pick<WebhookEndpoint, 'id'>): string {
  return `${apiPath}/endpoints/${id}`;
}

export const scopeWords: Readonly<Record<Scope, string>> = {
  'products:read': 'See products and stock',
  'products:write': 'Change products and stock',
  'orders:read': 'See orders',
  'orders:write': 'Move orders on',
  'payment-requests:read': 'See payment requests',
  'payment-requests:write': 'Ask for payments',
  'refunds:read': 'See refunds',
  'refunds:write': 'Give money back',
  'webhooks:read': 'See webhook endpoints',
  'webhooks:write': 'Change webhook endpoints',
  'events:read': 'See what happened',
};

export const eventWords: Readonly<Record<MerchantEventType, string>> = {
  'payment_request.created': 'You sent a bill',
  'payment_request.claimed': 'Somebody took a bill in Messenger',
  'payment_request.reminded': 'You reminded somebody of a bill',
  'order.paid': 'Paid',
  'order.preparing': 'Being prepared',
  'order.ready': 'Ready, or shipped',
  'order.fulfilled': 'Handed over',
  'order.cancelled': 'Cancelled',
  'order.expired': 'Not paid in time',
  'refund.succeeded': 'A refund arrived',
  'refund.failed': 'A refund failed',
  'dispute.opened': 'A bank disputes a payment',
  'dispute.closed': 'A dispute is decided',
};

/** What can be ticked, each in words and as programs call it. */
export function ticks<Name extends string>(asked: {
  readonly field: string;
  readonly legend: string;
  readonly hint: string;
  readonly words: Readonly<Record<Name, string>>;
  readonly ticked: readonly string[];
}): Html {
  const { field, legend, hint, words, ticked } = asked;
  return html`<fieldset><legend>${legend}<small class="hint">${hint}</small></legend><div class="ticks">
${Object.entries<string>(words).map(([name, text]) => html`<label class="choice"><input type="checkbox" name="${field}" value="${name}"${ticked.includes(name) ? html` checked` : undefined}><span>${text}<small><code>${name}</code></small></span></label>`)}
</div></fieldset>`;
}

export function eventTicks(ticked: readonly string[]): Html {
  return ticks({
    field: 'event',
    legend: 'Which events',
    hint: 'None ticked: all of them, new kinds too.',
    words: eventWords,
    ticked,
  });
}

/** Everything ticked is everything, and stays so when there are new kinds one day. */
export function eventsIn(form: URLSearchParams): MerchantEventType[] {
  const chosen = form.getAll('event');
  const known = eventTypes.filter((type) => chosen.includes(type));
  return known.length === eventTypes.length ? [] : known;
}

export function urlField(value: string): Html {
  return html`<label class="field">Address <small>Where we post to; it begins with https://</small><input type="url" name="url" value="${value}" maxlength="2000" placeholder="https://" autocomplete="off" required></label>`;
}

const hourMs = 3_600_000;

const overlaps = [
  { word: 'day', name: 'One more day', ms: 24 * hourMs },
  { word: 'week', name: 'One more week', ms: 7 * 24 * hourMs },
  { word: 'hour', name: 'One more hour', ms: hourMs },
  { word: 'none', name: 'It ends at once', ms: 0 },
] as const;

export function overlapField(label: string): Html {
  return html`<label class="field">${label}<select name="overlap">${overlaps.map(({ word, name }) => html`<option value="${word}">${name}</option>`)}</select></label>`;
}

/** Milliseconds; undefined for what nobody could choose. */
export function overlapIn(form: URLSearchParams): number | undefined {
  return overlaps.find(({ word }) => word === form.get('overlap'))?.ms;
}

/** The opening of a form of these pages; `fields` are hidden ones. */
export function hiddenFields(
  visitor: Visitor,
  act: string,
  fields: Readonly<Record<string, string | number>> = {},
): Html {
  const more = Object.entries(fields);
  return html`${ofSession(visitor)}<input type="hidden" name="do" value="${act}">${more.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}`;
}

/** A secret at the only moment at which it is seen. */
export function shownOnce(secret: {
  readonly title: string;
  readonly text: string;
  readonly advice: string;
}): Html {
  return html`<section class="card" role="status"><h2>${secret.title}</h2><p class="code long">${secret.text}</p>
<p>Copy it now to where it is used: it is shown this once, and we cannot show it again. ${secret.advice}</p></section>`;
}

/** The version of what a form was made for: sent twice, it counts once. */
export function versionIn(form: URLSearchParams): number | undefined {
  const text = form.get('version') ?? '';
  return /^\d{1,9}$/u.test(text) ? Number(text) : undefined;
}
