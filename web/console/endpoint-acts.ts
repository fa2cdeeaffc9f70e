// What an owner does with one webhook endpoint: changes it, turns it on and off, rolls its secret, deletes it, sends an event again.
import type { DeliveryId } from '../../lambdas/domain/merchant-api/delivery.ts';
import {
  changeEndpoint,
  type EndpointChange,
  redeliver,
  rollEndpointSecret,
} from '../../lambdas/domain/merchant-api/manage-endpoints.ts';
import type { WebhookEndpoint } from '../../lambdas/domain/merchant-api/webhook-endpoint.ts';
import type { PageAnswer } from '../page-answer.ts';
import { newSecret, pressedIn, urlIn, whyNoUrl } from './api-acts.ts';
import { apiPath, endpointPath, eventsIn, overlapIn, versionIn } from './api-words.ts';
import type { ConsoleRequest, ConsoleWorld, Visitor } from './console-world.ts';
import { notFound } from './door.ts';
import { type Done, endpointOf, endpointPage } from './endpoint-page.ts';

interface Asked {
  readonly endpoint: WebhookEndpoint;
  readonly form: URLSearchParams;
  readonly visitor: Visitor;
}

export async function actOnEndpoint(
  world: ConsoleWorld,
  request: ConsoleRequest,
  visitor: Visitor,
): Promise<PageAnswer> {
  const endpoint = await endpointOf(world, request, visitor);
  if (endpoint === undefined) return notFound(visitor, apiPath);
  const { form } = request;
  const asked = { endpoint, form, visitor };
  switch (form.get('do') ?? '') {
    case 'change':
      return changeFields(world, asked);
    case 'on':
      return change(world, asked, { change: { isEnabled: true }, done: 'on' });
    case 'off':
      return change(world, asked, { change: { isEnabled: false }, done: 'off' });
    case 'roll':
      return roll(world, asked);
    case 'delete':
      await world.webhookEndpoints.remove(visitor.shop.id, endpoint.id);
      return { kind: 'redirect', to: `${world.publicUrl}${apiPath}?done=deleted` };
    case 'again':
      return sendAgain(world, asked);
    default:
      return refused(world, asked, 'Nothing was done.');
  }
}

async function refused(world: ConsoleWorld, asked: Asked, why: string): Promise<PageAnswer> {
  const { endpoint, form: typed, visitor } = asked;
  const now = (await world.webhookEndpoints.get(visitor.shop.id, endpoint.id)) ?? endpoint;
  return endpointPage(world, visitor, { endpoint: now, said: { kind: 'bad', text: why }, typed });
}

function backTo(world: ConsoleWorld, { endpoint }: Asked, done: Done): PageAnswer {
  return { kind: 'redirect', to: `${world.publicUrl}${endpointPath(endpoint)}?done=${done}` };
}

async function changeFields(world: ConsoleWorld, asked: Asked): Promise<PageAnswer> {
  const url = urlIn(asked.form);
  const wrong = await whyNoUrl(world, url);
  if (wrong !== undefined) return refused(world, asked, `${wrong} Nothing was saved.`);
  return change(world, asked, { change: { url, eventTypes: eventsIn(asked.form) }, done: 'saved' });
}

async function change(
  world: ConsoleWorld,
  asked: Asked,
  wanted: { readonly change: EndpointChange; readonly done: Done },
): Promise<PageAnswer> {
  const { endpoint, visitor } = asked;
  const outcome = await changeEndpoint(world, {
    shopId: visitor.shop.id,
    id: endpoint.id,
    change: wanted.change,
  });
  switch (outcome.kind) {
    case 'changed':
      return backTo(world, asked, wanted.done);
    case 'unknown':
      return notFound(visitor, apiPath);
    case 'moved':
      return refused(world, asked, 'Something else changed it at the same moment. Try once more.');
  }
}

async function roll(world: ConsoleWorld, asked: Asked): Promise<PageAnswer> {
  const { endpoint, form, visitor } = asked;
  const overlapMs = overlapIn(form);
  const version = versionIn(form);
  const pressed = pressedIn(asked, `${endpoint.id}:${version}`);
  if (overlapMs === undefined || version === undefined || pressed === undefined)
    return refused(world, asked, 'Open the page again and try once more.');
  const named = { shopId: visitor.shop.id, id: endpoint.id };
  const outcome = await rollEndpointSecret(world, {
    ...named,
    overlapMs,
    version,
    seed: pressed.seed,
  });
  switch (outcome.kind) {
    // No redirect: the secret must stand in no address.
    case 'changed':
      return endpointPage(world, visitor, {
        endpoint: outcome.endpoint,
        secret: newSecret(outcome.endpoint),
      });
    case 'unknown':
      return notFound(visitor, apiPath);
    case 'moved':
      return refused(
        world,
        asked,
        'The endpoint was changed meanwhile, or its secret rolled by another page, and nothing was done now. If you did not see the new secret, roll it again.',
      );
  }
}

async function sendAgain(world: ConsoleWorld, asked: Asked): Promise<PageAnswer> {
  const { endpoint, form, visitor } = asked;
  const id = form.get('delivery') ?? '';
  const version = versionIn(form);
  if (!isDeliveryId(id)) return notFound(visitor, apiPath);
  if (version === undefined) return refused(world, asked, 'Open the page again and try once more.');
  if (endpoint.disabledBecause !== undefined)
    return refused(world, asked, 'The endpoint is off. Turn it on first, then send it again.');
  const named = { shopId: visitor.shop.id, endpointId: endpoint.id, id };
  const outcome = await redeliver(world, { ...named, version });
  switch (outcome.kind) {
    case 'waiting':
      return backTo(world, asked, 'resent');
    case 'unknown':
      return notFound(visitor, apiPath);
    case 'moved':
      return backTo(world, asked, 'moved');
  }
}

function isDeliveryId(text: string): text is DeliveryId {
  return /^whd_[a-z2-7]{1,40}$/u.test(text);
}
