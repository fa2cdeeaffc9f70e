// /v1/webhook-endpoints: where the merchant hears of events, what was delivered there, and sending it again.
import * as z from 'zod/mini';
import type { Delivery } from '../../lambdas/domain/merchant-api/delivery.ts';
import {
  changeEndpoint,
  type EndpointOutcome,
  makeEndpoint,
  redeliver,
  rollEndpointSecret,
} from '../../lambdas/domain/merchant-api/manage-endpoints.ts';
import { eventTypes } from '../../lambdas/domain/merchant-api/merchant-event.ts';
import {
  mostEndpoints,
  type WebhookEndpoint,
} from '../../lambdas/domain/merchant-api/webhook-endpoint.ts';
import { whyNotAnAddress } from '../../lambdas/domain/merchant-api/whose-address.ts';
import {
  given,
  idOf,
  moment,
  momentOf,
  named,
  pageAsked,
  pageBody,
  pageOf,
  pageQuery,
  words,
} from './fields.ts';
import { maybeMoment } from './order-body.ts';
import { notFound, type Problem, problem, wrongField } from './problem.ts';
import { type ApiWorld, done, nothing, type Result, type Route, route } from './route.ts';

const endpointId = idOf('whe');
const deliveryId = idOf('whd');
const params = z.strictObject({ endpoint: endpointId });

const url = z.url({ protocol: /^https?$/u }).check(z.maxLength(2000));
const events = z.array(z.enum(eventTypes)).check(z.maxLength(eventTypes.length));

const newEndpoint = z.strictObject({
  url,
  description: z.exactOptional(words(200)),
  /** None means all, also those that are new one day. */
  events: z.exactOptional(events),
});
named.add(newEndpoint, { id: 'NewWebhookEndpoint' });

const endpointChange = z.strictObject({
  url: z.exactOptional(url),
  description: z.exactOptional(words(200)),
  events: z.exactOptional(events),
  enabled: z.exactOptional(z.boolean()),
});
named.add(endpointChange, { id: 'WebhookEndpointChange' });

const rolling = z.strictObject({
  /** How long both secrets sign. */
  overlap_hours: z.exactOptional(z.int().check(z.gte(0), z.lte(168))),
});
named.add(rolling, { id: 'SecretRoll' });

const endpoint = z.strictObject({
  id: endpointId,
  url: z.string(),
  description: z.exactOptional(z.string()),
  events,
  enabled: z.boolean(),
  disabled_because: z.exactOptional(z.enum(['merchant', 'gone', 'failing'])),
  failing_since: z.exactOptional(moment),
  /** Shown when it is made and when it is rolled, and never again. */
  secret: z.exactOptional(z.string()),
  created_at: moment,
});
named.add(endpoint, { id: 'WebhookEndpoint' });

const delivery = z.strictObject({
  id: deliveryId,
  event: idOf('evt'),
  type: z.enum(eventTypes),
  state: z.enum(['waiting', 'delivered', 'failed', 'dropped']),
  attempts: z.array(
    z.strictObject({
      at: moment,
      took_ms: z.int(),
      status: z.exactOptional(z.int()),
      answer: z.exactOptional(z.string()),
      why: z.exactOptional(z.string()),
    }),
  ),
  created_at: moment,
  next_try_at: z.exactOptional(moment),
});
named.add(delivery, { id: 'Delivery' });

type EndpointBody = z.output<typeof endpoint>;

function endpointBody(of: WebhookEndpoint, shown: { secret?: string } = {}): EndpointBody {
  return {
    id: of.id,
    url: of.url,
    events: [...of.eventTypes],
    enabled: of.disabledBecause === undefined,
    ...given({
      description: of.description,
      disabled_because: of.disabledBecause,
      failing_since: maybeMoment(of.failingSinceMs),
      secret: shown.secret,
    }),
    created_at: momentOf(of.createdAtMs),
  };
}

function deliveryBody(of: Delivery): z.output<typeof delivery> {
  return {
    id: of.id,
    event: of.eventId,
    type: of.eventType,
    state: of.state,
    attempts: of.attempts.map(({ atMs, tookMs, status, answer, why }) => ({
      at: momentOf(atMs),
      took_ms: Math.round(tookMs),
      ...given({ status, answer, why }),
    })),
    created_at: momentOf(of.createdAtMs),
    ...given({ next_try_at: maybeMoment(of.dueAtMs) }),
  };
}

async function wrongUrl(world: ApiWorld, text: string | undefined): Promise<Problem | undefined> {
  const why = text === undefined ? undefined : await whyNotAnAddress(text, world);
  return why === undefined ? undefined : wrongField('url', why);
}

function resultOf(outcome: EndpointOutcome, shows = false): Result<EndpointBody> {
  switch (outcome.kind) {
    case 'changed':
      return done(endpointBody(outcome.endpoint, shows ? outcome.endpoint : {}));
    case 'unknown':
      return notFound;
    case 'moved':
      return problem('changed_meanwhile', 'Read it again, then try once more.');
  }
}

const defaultOverlapHours = 24;
const hourMs = 3_600_000;

const managing: readonly Route[] = [
  route({
    method: 'GET',
    path: '/v1/webhook-endpoints',
    title: 'List webhook endpoints',
    scope: 'webhooks:read',
    params: nothing,
    query: nothing,
    body: nothing,
    answer: { status: 200, schema: pageOf('WebhookEndpointPage', endpoint) },
    act: async (world, { shop }) => {
      const all = await world.webhookEndpoints.ofShop(shop.id);
      return done({ data: all.map((each) => endpointBody(each)) });
    },
  }),
  route({
    method: 'POST',
    path: '/v1/webhook-endpoints',
    title: 'Add a webhook endpoint',
    about: 'secret is shown once. Deliveries are signed by it as Standard Webhooks says.',
    scope: 'webhooks:write',
    params: nothing,
    query: nothing,
    body: newEndpoint,
    answer: { status: 201, schema: endpoint },
    problems: ['too_many'],
    shownOnce: ['secret'],
    act: async (world, { shop, body, madeBy }): Promise<Result<EndpointBody>> => {
      const wrong = await wrongUrl(world, body.url);
      if (wrong !== undefined) return wrong;
      const made = await makeEndpoint(world, {
        shopId: shop.id,
        madeBy,
        url: body.url,
        eventTypes: body.events ?? [],
        ...given({ description: body.description }),
      });
      return made.kind === 'too_many'
        ? problem('too_many', `A shop has at most ${mostEndpoints}.`)
        : done(endpointBody(made.endpoint, made.endpoint));
    },
  }),
  route({
    method: 'GET',
    path: '/v1/webhook-endpoints/{endpoint}',
    title: 'Get a webhook endpoint',
    scope: 'webhooks:read',
    params,
    query: nothing,
    body: nothing,
    answer: { status: 200, schema: endpoint },
    act: async (world, { shop, params: { endpoint: id } }): Promise<Result<EndpointBody>> => {
      const found = await world.webhookEndpoints.get(shop.id, id);
      return found === undefined ? notFound : done(endpointBody(found));
    },
  }),
  route({
    method: 'PATCH',
    path: '/v1/webhook-endpoints/{endpoint}',
    title: 'Change a webhook endpoint',
    about: 'enabled: true turns on one that we stopped calling.',
    scope: 'webhooks:write',
    params,
    query: nothing,
    body: endpointChange,
    answer: { status: 200, schema: endpoint },
    problems: ['changed_meanwhile'],
    act: async (world, { shop, body, params: { endpoint: id } }) => {
      const change = {
        url: body.url,
        description: body.description,
        eventTypes: body.events,
        isEnabled: body.enabled,
      };
      return (
        (await wrongUrl(world, body.url)) ??
        resultOf(await changeEndpoint(world, { shopId: shop.id, id, change }))
      );
    },
  }),
  route({
    method: 'DELETE',
    path: '/v1/webhook-endpoints/{endpoint}',
    title: 'Delete a webhook endpoint',
    about: 'What is on its way there is dropped.',
    scope: 'webhooks:write',
    params,
    query: nothing,
    body: nothing,
    answer: { status: 204, schema: nothing },
    act: async (world, { shop, params: { endpoint: id } }) => {
      const found = await world.webhookEndpoints.get(shop.id, id);
      if (found === undefined) return notFound;
      await world.webhookEndpoints.remove(shop.id, id);
      return done({});
    },
  }),
];

const following: readonly Route[] = [
  route({
    method: 'POST',
    path: '/v1/webhook-endpoints/{endpoint}/roll-secret',
    title: 'Roll the secret of a webhook endpoint',
    about:
      'The new secret is shown once. Until the overlap is over, deliveries carry a signature by each.',
    scope: 'webhooks:write',
    params,
    query: nothing,
    body: rolling,
    answer: { status: 200, schema: endpoint },
    problems: ['changed_meanwhile'],
    shownOnce: ['secret'],
    act: async (world, { shop, body, params: { endpoint: id } }) => {
      const overlapMs = (body.overlap_hours ?? defaultOverlapHours) * hourMs;
      return resultOf(await rollEndpointSecret(world, { shopId: shop.id, id, overlapMs }), true);
    },
  }),
  route({
    method: 'GET',
    path: '/v1/webhook-endpoints/{endpoint}/deliveries',
    title: 'List the deliveries to a webhook endpoint',
    about: 'Newest first, each with what its last tries came to.',
    scope: 'webhooks:read',
    params,
    query: z.strictObject(pageQuery),
    body: nothing,
    answer: { status: 200, schema: pageOf('DeliveryPage', delivery) },
    act: async (world, { shop, query, params: { endpoint: id } }) => {
      const found = await world.webhookEndpoints.get(shop.id, id);
      if (found === undefined) return notFound;
      const page = await world.deliveries.ofEndpoint(id, pageAsked(query));
      return done(pageBody(page.things.map(deliveryBody), page.next));
    },
  }),
  route({
    method: 'POST',
    path: '/v1/webhook-endpoints/{endpoint}/deliveries/{delivery}/redeliver',
    title: 'Send an event once more',
    about: 'Under the same webhook-id, with a new round of tries.',
    scope: 'webhooks:write',
    params: z.strictObject({ endpoint: endpointId, delivery: deliveryId }),
    query: nothing,
    body: nothing,
    answer: { status: 202, schema: delivery },
    problems: ['changed_meanwhile'],
    act: async (world, { shop, params }): Promise<Result<z.output<typeof delivery>>> => {
      const asked = { shopId: shop.id, endpointId: params.endpoint, id: params.delivery };
      const outcome = await redeliver(world, asked);
      if (outcome.kind === 'waiting') return done(deliveryBody(outcome.delivery));
      if (outcome.kind === 'unknown') return notFound;
      return problem('changed_meanwhile', 'It is being delivered right now.');
    },
  }),
];

export const webhookEndpointRoutes: readonly Route[] = [...managing, ...following];
