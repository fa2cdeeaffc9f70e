// /v1/events: what happened, as it was or should have been delivered.
import * as z from 'zod/mini';
import { eventBody } from '../../lambdas/domain/merchant-api/event-body.ts';
import { eventTypes } from '../../lambdas/domain/merchant-api/merchant-event.ts';
import { amount, idOf, moment, named, pageAsked, pageBody, pageOf, pageQuery } from './fields.ts';
import { orderId, orderStates } from './order-body.ts';
import { notFound } from './problem.ts';
import { done, nothing, type Route, route } from './route.ts';

const eventId = idOf('evt');

const event = z.strictObject({
  id: eventId,
  type: z.enum(eventTypes),
  timestamp: moment,
  data: z.strictObject({
    order: orderId,
    number: z.string(),
    state: z.enum(orderStates),
    source: z.enum(['cart', 'payment_request']),
    total: amount,
    refund: z.exactOptional(
      z.strictObject({
        id: idOf('rfd'),
        state: z.enum(['asked', 'pending', 'done', 'failed']),
        amount,
        reason: z.string(),
      }),
    ),
    dispute: z.exactOptional(
      z.strictObject({
        id: z.string(),
        state: z.enum(['needs_response', 'under_review', 'won', 'lost']),
        amount,
        reason: z.string(),
        respond_before: z.exactOptional(moment),
      }),
    ),
  }),
});
named.add(event, { id: 'Event' });

export const eventRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/v1/events',
    title: 'List events',
    about: 'Newest first. What an endpoint missed can be read here.',
    scope: 'events:read',
    params: nothing,
    query: z.strictObject(pageQuery),
    body: nothing,
    answer: { status: 200, schema: pageOf('EventPage', event) },
    act: async (world, { shop, query }) => {
      const page = await world.merchantEvents.ofShop(shop.id, pageAsked(query));
      return done(pageBody(page.things.map(eventBody), page.next));
    },
  }),
  route({
    method: 'GET',
    path: '/v1/events/{event}',
    title: 'Get an event',
    scope: 'events:read',
    params: z.strictObject({ event: eventId }),
    query: nothing,
    body: nothing,
    answer: { status: 200, schema: event },
    act: async (world, { shop, params: { event: id } }) => {
      const found = await world.merchantEvents.get(shop.id, id);
      return found === undefined ? notFound : done(eventBody(found));
    },
  }),
];
