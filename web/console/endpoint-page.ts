// /console/api/endpoints/{endpoint}: one webhook endpoint, what was sent there, and what can be changed about it.
import type {
  EndpointId,
  WebhookEndpoint,
} from '../../lambdas/domain/merchant-api/webhook-endpoint.ts';
import type { Page } from '../../lambdas/domain/shops/ports.ts';
import type { Delivery } from '../../lambdas/domain/merchant-api/delivery.ts';
import { type Html, html } from '../html.ts';
import type { PageAnswer } from '../page-answer.ts';
import { endpointPill, eventsInWords } from './api-page.ts';
import {
  apiPath,
  endpointPath,
  eventTicks,
  hiddenFields,
  overlapField,
  urlField,
} from './api-words.ts';
import { consolePage, doneWords, type Said } from './console-layout.ts';
import type { ConsoleRequest, ConsoleWorld, Visitor } from './console-world.ts';
import { deliveryRow } from './delivery-row.ts';
import { notFound } from './door.ts';
import { moment } from './order-words.ts';

const pageSize = 20;

/** The endpoint that a request names, where it is one of this shop's. */
export async function endpointOf(
  world: Pick<ConsoleWorld, 'webhookEndpoints'>,
  request: ConsoleRequest,
  visitor: Visitor,
): Promise<WebhookEndpoint | undefined> {
  const id = request.params['endpoint'] ?? '';
  return isEndpointId(id) ? world.webhookEndpoints.get(visitor.shop.id, id) : undefined;
}

function isEndpointId(text: string): text is EndpointId {
  return /^whe_[a-z2-7]{1,40}$/u.test(text);
}

const done = {
  saved: 'Saved.',
  on: 'It is on: what happens from now on is sent there. What it missed can be sent again below.',
  off: 'It is off: nothing is sent there.',
  resent: 'The event is sent again.',
  moved: 'It was sent again, or tried, a moment ago. This is how it stands now.',
} as const;

export type Done = keyof typeof done;

export async function showEndpoint(
  world: ConsoleWorld,
  request: ConsoleRequest,
  visitor: Visitor,
): Promise<PageAnswer> {
  const endpoint = await endpointOf(world, request, visitor);
  if (endpoint === undefined) return notFound(visitor, apiPath);
  const after = request.query['after'];
  return endpointPage(world, visitor, {
    endpoint,
    ...doneWords(done, request.query),
    ...(after === undefined || after === '' ? {} : { after }),
  });
}

export interface EndpointParts {
  readonly endpoint: WebhookEndpoint;
  readonly said?: Said;
  readonly secret?: Html;
  readonly after?: string;
  readonly typed?: URLSearchParams;
}

export async function endpointPage(
  world: ConsoleWorld,
  visitor: Visitor,
  parts: EndpointParts,
): Promise<PageAnswer> {
  const { endpoint, said, secret, after } = parts;
  const log = await world.deliveries.ofEndpoint(endpoint.id, {
    limit: pageSize,
    ...(after === undefined ? {} : { after }),
  });
  return consolePage(visitor, apiPath, {
    title: 'Webhook endpoint',
    ...(said === undefined ? {} : { said }),
    body: html`<div class="head"><h1>Webhook endpoint</h1>${endpointPill(endpoint)}</div>
<p class="title intro">${endpoint.url}</p>
${whyOff(endpoint)}${secret}
<div class="columns"><div>${logCard(visitor, endpoint, log)}</div>
<div>${changeForm(visitor, parts)}${switchForm(visitor, endpoint)}${secretForm(visitor, { endpoint, nowMs: world.clock.now(), nonce: world.tokens.newToken() })}${deleteForm(visitor, endpoint)}</div></div>
<p><a class="button quiet" href="${apiPath}">All keys and endpoints</a></p>`,
  });
}

function whyOff({ disabledBecause, failingSinceMs }: WebhookEndpoint): Html | undefined {
  switch (disabledBecause ?? (failingSinceMs === undefined ? 'on' : 'struggling')) {
    case 'on':
      return undefined;
    case 'struggling':
      return html`<p class="soft">It has not taken the last events. They are tried again, for three days.</p>`;
    case 'merchant':
      return html`<p class="soft">You have turned it off: nothing is sent there.</p>`;
    case 'gone':
      return html`<p class="bad">It said that it is gone (410), so nothing is sent there any more. Turn it on when it is back.</p>`;
    case 'failing':
      return html`<p class="bad">It took no event for three days, so nothing is sent there any more. Turn it on when it works again.</p>`;
  }
}

function logCard(visitor: Visitor, endpoint: WebhookEndpoint, log: Page<Delivery>): Html {
  return html`<section class="card"><h2>What was sent</h2>
${log.things.length === 0 ? html`<p class="soft">Nothing yet. As soon as something happens that it wants to hear of, it stands here.</p>` : log.things.map((delivery) => deliveryRow(visitor, endpoint, delivery))}
${log.next === undefined ? undefined : html`<a class="button quiet" href="${endpointPath(endpoint)}?${new URLSearchParams({ after: log.next }).toString()}">Older ones</a>`}</section>`;
}

function changeForm(visitor: Visitor, { endpoint, typed }: EndpointParts): Html {
  const kept = typed?.get('do') === 'change' ? typed : undefined;
  return html`<section class="card"><h2>Where and what</h2><p>${eventsInWords(endpoint)}</p>
<details${kept === undefined ? undefined : html` open`}><summary>Change…</summary><form method="post" action="${endpointPath(endpoint)}">${hiddenFields(visitor, 'change')}
${urlField(kept?.get('url') ?? endpoint.url)}
${eventTicks(kept?.getAll('event') ?? endpoint.eventTypes)}<button class="quiet">Save</button></form></details></section>`;
}

function switchForm(visitor: Visitor, endpoint: WebhookEndpoint): Html {
  const isOff = endpoint.disabledBecause !== undefined;
  return html`<form method="post" action="${endpointPath(endpoint)}" class="card">${hiddenFields(visitor, isOff ? 'on' : 'off')}<h2>${isOff ? 'It is off' : 'It is on'}</h2>
<p class="soft">${isOff ? 'What happens meanwhile is not sent there later by itself.' : 'While it is off, nothing is sent there, and what waits is dropped.'}</p>
<button${isOff ? undefined : html` class="quiet"`}>${isOff ? 'Turn it on' : 'Turn it off'}</button></form>`;
}

function secretForm(
  visitor: Visitor,
  shown: { readonly endpoint: WebhookEndpoint; readonly nowMs: number; readonly nonce: string },
): Html {
  const { endpoint, nowMs, nonce } = shown;
  const { previousSecret, version } = endpoint;
  const isRolling = previousSecret !== undefined && nowMs < previousSecret.validUntilMs;
  return html`<section class="card"><details><summary>Roll the secret…</summary><form method="post" action="${endpointPath(endpoint)}">${hiddenFields(visitor, 'roll', { version, nonce })}
${isRolling ? html`<p class="soft">Two secrets sign until ${moment(visitor.shop, previousSecret.validUntilMs)}. Roll again, and the older one ends at once.</p>` : html`<p class="soft">Until the present one ends, both sign, so that your program misses nothing.</p>`}
${overlapField('How long the present one still signs')}<button class="quiet">Roll the secret</button></form></details></section>`;
}

function deleteForm(visitor: Visitor, endpoint: WebhookEndpoint): Html {
  return html`<section class="card"><details><summary>Delete…</summary><form method="post" action="${endpointPath(endpoint)}">${hiddenFields(visitor, 'delete')}
<p class="soft">What is on its way there is dropped, and this list is gone. It cannot be taken back.</p><button class="danger">Delete the endpoint</button></form></details></section>`;
}
