// /console/api: the keys that programs of the shop use, and the endpoints that hear what happened.
import { type ApiKey, writeKey } from '../../lambdas/domain/merchant-api/api-key.ts';
import type { WebhookEndpoint } from '../../lambdas/domain/merchant-api/webhook-endpoint.ts';
import { type Html, html } from '../html.ts';
import type { PageAnswer } from '../page-answer.ts';
import {
  apiPath,
  endpointPath,
  eventTicks,
  hiddenFields,
  overlapField,
  scopeWords,
  ticks,
  urlField,
} from './api-words.ts';
import { consolePage, doneWords, type Said } from './console-layout.ts';
import type { ConsoleRequest, ConsoleWorld, Visitor } from './console-world.ts';
import { moment } from './order-words.ts';

const done = {
  revoked: 'The key is revoked: it opens nothing any more.',
  deleted: 'The endpoint is deleted. What was on its way there is dropped.',
} as const;

export async function showApi(
  world: ConsoleWorld,
  request: ConsoleRequest,
  visitor: Visitor,
): Promise<PageAnswer> {
  return apiPage(world, visitor, doneWords(done, request.query));
}

export interface ApiPageParts {
  readonly said?: Said;
  /** A secret just made. */
  readonly secret?: Html;
  /** What was typed last stands in its fields again, where it could not be saved. */
  readonly typed?: URLSearchParams;
}

interface Shown extends ApiPageParts {
  readonly visitor: Visitor;
  readonly nonce: string;
  readonly nowMs: number;
  readonly isLive: boolean;
}

export async function apiPage(
  world: ConsoleWorld,
  visitor: Visitor,
  parts: ApiPageParts,
): Promise<PageAnswer> {
  const [keys, endpoints] = await Promise.all([
    world.apiKeys.ofShop(visitor.shop.id),
    world.webhookEndpoints.ofShop(visitor.shop.id),
  ]);
  const shown: Shown = {
    ...parts,
    visitor,
    nonce: world.tokens.newToken(),
    nowMs: world.clock.now(),
    isLive: world.settings.live,
  };
  return consolePage(visitor, apiPath, {
    title: 'API',
    ...(parts.said === undefined ? {} : { said: parts.said }),
    body: html`<div class="head"><h1>API</h1><div class="tools"><a class="button quiet" href="/v1/docs">Documentation</a></div></div>
<p class="soft intro">For programs of your own: a cash desk, a stock list, a web shop. They ask with a key, and hear of orders at an endpoint.</p>
${parts.secret}
${keyCards(shown, keys.toSorted(newestFirst))}
${endpointCards(shown, endpoints.toSorted(newestFirst))}`,
  });
}

function newestFirst(one: { createdAtMs: number }, other: { createdAtMs: number }): number {
  return other.createdAtMs - one.createdAtMs;
}

function keyCards(shown: Shown, keys: readonly ApiKey[]): Html {
  const usable = keys.filter(({ revokedAtMs }) => revokedAtMs === undefined);
  const revoked = keys.filter(({ revokedAtMs }) => revokedAtMs !== undefined);
  return html`<section class="card"><h2>Keys</h2>
${usable.length === 0 ? html`<p class="soft">There is none yet.</p>` : usable.map((key) => keyRow(shown, key))}
${revoked.length === 0 ? undefined : html`<details><summary>Revoked keys (${revoked.length})</summary>${revoked.map((key) => revokedRow(shown, key))}</details>`}
${newKeyForm(shown, usable.length === 0)}</section>`;
}

function keyRow(shown: Shown, key: ApiKey): Html {
  const { visitor, nowMs, nonce } = shown;
  const { previous } = key;
  const isRolling = previous !== undefined && nowMs < previous.validUntilMs;
  const made = `Made ${moment(visitor.shop, key.createdAtMs)}`;
  const rolled =
    key.rolledAtMs === undefined ? '' : ` · rolled ${moment(visitor.shop, key.rolledAtMs)}`;
  return html`<article class="thing"><div class="head"><span class="title">${key.name}</span>${isRolling ? html`<span class="pill todo">Rolling</span>` : undefined}</div>
<p class="small-print"><code>${publicPart(shown, key)}…</code></p>
<p class="small-print">${made}${rolled} · ${lastUsed(key)}</p>
${isRolling ? html`<p class="small-print">What it was before opens until ${moment(visitor.shop, previous.validUntilMs)}.</p>` : undefined}
<p>${key.scopes.map((scope, index) => html`${index === 0 ? undefined : ' '}<span class="pill">${scope}</span>`)}</p>
<div class="acts"><details><summary aria-label="Roll ${key.name}">Roll…</summary><form method="post" action="${apiPath}">${hiddenFields(visitor, 'roll', { key: key.id, version: key.version, nonce })}
<p class="soft">You get a new key with the same name and rights. ${isRolling ? 'The one from before the last time ends at once.' : undefined}</p>
${overlapField('How long the present one still opens')}<button class="quiet">Roll the key</button></form></details>
<details><summary aria-label="Revoke ${key.name}">Revoke…</summary><form method="post" action="${apiPath}">${hiddenFields(visitor, 'revoke', { key: key.id })}
<p class="soft">Programs that use it are turned away from this moment on. It cannot be taken back.</p><button class="danger">Revoke the key</button></form></details></div></article>`;
}

/** By days in UTC, as they are kept. */
function lastUsed({ lastUsedOn }: ApiKey): string {
  if (lastUsedOn === undefined) return 'not used yet';
  const format = { month: 'short', day: 'numeric', year: 'numeric', timeZone: 'UTC' } as const;
  return `last used ${new Intl.DateTimeFormat('en-US', format).format(Date.parse(lastUsedOn))}`;
}

/** What a key begins with: enough to find it again, and nothing to open with. */
function publicPart({ isLive }: Pick<Shown, 'isLive'>, { id }: ApiKey): string {
  return writeKey({ isLive, id, secret: '' });
}

function revokedRow(shown: Shown, key: ApiKey): Html {
  const at = moment(shown.visitor.shop, key.revokedAtMs ?? key.createdAtMs);
  return html`<article class="thing"><span class="title">${key.name}</span><p class="small-print"><code>${publicPart(shown, key)}…</code></p><p class="small-print">Revoked ${at} · ${lastUsed(key)}</p></article>`;
}

function newKeyForm({ visitor, nonce, typed }: Shown, isFirst: boolean): Html {
  const kept = typed?.get('do') === 'make-key' ? typed : undefined;
  const isOpen = isFirst || kept !== undefined;
  return html`<details${isOpen ? html` open` : undefined}><summary>Make a key</summary><form method="post" action="${apiPath}">${hiddenFields(visitor, 'make-key', { nonce })}
<label class="field">Name <small>Your word for it, such as “cash desk”</small><input type="text" name="name" value="${kept?.get('name') ?? ''}" maxlength="60" autocomplete="off" required></label>
${ticks({ field: 'scope', legend: 'What it may do', hint: 'As little as its program needs.', words: scopeWords, ticked: kept?.getAll('scope') ?? [] })}
<button>Make the key</button></form></details>`;
}

function endpointCards(shown: Shown, endpoints: readonly WebhookEndpoint[]): Html {
  const { visitor, nonce, typed } = shown;
  const kept = typed?.get('do') === 'add-endpoint' ? typed : undefined;
  const isOpen = endpoints.length === 0 || kept !== undefined;
  return html`<section class="card"><h2>Webhook endpoints</h2>
${endpoints.length === 0 ? html`<p class="soft">There is none yet. An endpoint is an address of yours to which we post each event, signed.</p>` : html`<ol class="list">${endpoints.map((endpoint) => endpointRow(endpoint))}</ol>`}
<details${isOpen ? html` open` : undefined}><summary>Add an endpoint</summary><form method="post" action="${apiPath}">${hiddenFields(visitor, 'add-endpoint', { nonce })}
${urlField(kept?.get('url') ?? '')}
${eventTicks(kept?.getAll('event') ?? [])}
<button>Add the endpoint</button></form></details></section>`;
}

function endpointRow(endpoint: WebhookEndpoint): Html {
  return html`<li><a href="${endpointPath(endpoint)}"><span class="title">${endpoint.url}</span><span class="right">${endpointPill(endpoint)}</span>
<span class="small-print">${eventsInWords(endpoint)}</span></a></li>`;
}

export function endpointPill({ disabledBecause, failingSinceMs }: WebhookEndpoint): Html {
  if (disabledBecause !== undefined)
    return html`<span class="pill ${disabledBecause === 'merchant' ? '' : 'bad'}">Off</span>`;
  if (failingSinceMs !== undefined) return html`<span class="pill bad">Failing</span>`;
  return html`<span class="pill good">On</span>`;
}

export function eventsInWords({ eventTypes }: WebhookEndpoint): string {
  return eventTypes.length === 0 ? 'All events' : eventTypes.join(', ');
}
