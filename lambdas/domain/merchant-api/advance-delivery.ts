// One try of a delivery: at most one is under way, every one is noted, and the next one has its date.
import type { World } from '../world.ts';
import {
  type Delivery,
  type DeliveryAttempt,
  type DeliveryId,
  mostAttemptsKept,
  nextTryAt,
} from './delivery.ts';
import { eventBody } from './event-body.ts';
import type { MerchantWorld, PostAnswer } from './ports.ts';
import { type DisabledBecause, secretsOf, type WebhookEndpoint } from './webhook-endpoint.ts';

export type DeliveryWorld = Pick<World, 'clock' | 'ids'> &
  Pick<
    MerchantWorld,
    'merchantEvents' | 'webhookEndpoints' | 'deliveries' | 'webhookQueue' | 'webhookSender'
  >;

export type DeliveryOutcome =
  | { readonly kind: 'delivered' | 'failed' | 'dropped' | 'not_due' | 'unknown' | 'taken' }
  | { readonly kind: 'again'; readonly status: number | undefined }
  /** That was one failure too many: its owner is to be told. */
  | { readonly kind: 'endpoint_disabled'; readonly endpoint: WebhookEndpoint };

/** Longer than a post may take: whoever took this try and has not come back by then is dead. */
const takenForMs = 60_000;

/** An endpoint that has answered nothing well for so long is not asked any more. */
const patienceMs = 3 * 24 * 60 * 60 * 1000;

export async function advanceDelivery(
  world: DeliveryWorld,
  id: DeliveryId,
): Promise<DeliveryOutcome> {
  const delivery = await world.deliveries.get(id);
  if (delivery === undefined) return { kind: 'unknown' };
  const nowMs = world.clock.now();
  if (delivery.dueAtMs === undefined || delivery.dueAtMs > nowMs) return { kind: 'not_due' };
  const [endpoint, event] = await Promise.all([
    world.webhookEndpoints.get(delivery.shopId, delivery.endpointId),
    world.merchantEvents.get(delivery.shopId, delivery.eventId),
  ]);
  if (endpoint === undefined || endpoint.disabledBecause !== undefined || event === undefined) {
    await world.deliveries.save(after(delivery, { state: 'dropped' }));
    return { kind: 'dropped' };
  }
  const taken: Delivery = { ...next(delivery), dueAtMs: nowMs + takenForMs };
  if ((await world.deliveries.save(taken)) === 'conflict') return { kind: 'taken' };
  const answer = await world.webhookSender.post({
    id: event.id,
    url: endpoint.url,
    body: JSON.stringify(eventBody(event)),
    secrets: secretsOf(endpoint, nowMs),
  });
  return note(world, { delivery: taken, endpoint, answer });
}

interface Tried {
  readonly delivery: Delivery;
  readonly endpoint: WebhookEndpoint;
  readonly answer: PostAnswer;
}

async function note(world: DeliveryWorld, tried: Tried): Promise<DeliveryOutcome> {
  const { answer, endpoint } = tried;
  const nowMs = world.clock.now();
  const noted: Delivery = {
    ...tried.delivery,
    tries: tried.delivery.tries + 1,
    attempts: [...tried.delivery.attempts, attemptOf(answer, nowMs)].slice(-mostAttemptsKept),
  };
  if (answer.kind === 'answered' && answer.status >= 200 && answer.status < 300) {
    await world.deliveries.save(after(noted, { state: 'delivered' }));
    await settleEndpoint(world, endpoint, {});
    return { kind: 'delivered' };
  }
  if (answer.kind === 'answered' && answer.status === 410) {
    await world.deliveries.save(after(noted, { state: 'failed' }));
    return disable(world, endpoint, 'gone');
  }
  const dueAtMs = nextTryAt(noted, { ids: world.ids, nowMs });
  await world.deliveries.save(
    dueAtMs === undefined ? after(noted, { state: 'failed' }) : { ...next(noted), dueAtMs },
  );
  const failingSinceMs = endpoint.failingSinceMs ?? nowMs;
  if (nowMs - failingSinceMs >= patienceMs) return disable(world, endpoint, 'failing');
  await settleEndpoint(world, endpoint, { failingSinceMs });
  if (dueAtMs === undefined) return { kind: 'failed' };
  await world.webhookQueue.wake(noted.id, (dueAtMs - nowMs) / 1000);
  return { kind: 'again', status: answer.kind === 'answered' ? answer.status : undefined };
}

function attemptOf(answer: PostAnswer, atMs: number): DeliveryAttempt {
  const { tookMs } = answer;
  return answer.kind === 'answered'
    ? { atMs, tookMs, status: answer.status, answer: answer.text }
    : { atMs, tookMs, why: answer.why };
}

function next(delivery: Delivery): Delivery {
  return { ...delivery, version: delivery.version + 1 };
}

function after(delivery: Delivery, { state }: Pick<Delivery, 'state'>): Delivery {
  const { dueAtMs: _over, ...kept } = next(delivery);
  return { ...kept, state };
}

/** Someone else may have changed it meanwhile: theirs counts, and the next try says the same again. */
async function settleEndpoint(
  world: DeliveryWorld,
  endpoint: WebhookEndpoint,
  { failingSinceMs }: { readonly failingSinceMs?: number },
): Promise<void> {
  if (endpoint.failingSinceMs === failingSinceMs) return;
  const { failingSinceMs: _before, ...kept } = endpoint;
  await world.webhookEndpoints.save({
    ...kept,
    version: endpoint.version + 1,
    ...(failingSinceMs === undefined ? {} : { failingSinceMs }),
  });
}

async function disable(
  world: DeliveryWorld,
  endpoint: WebhookEndpoint,
  disabledBecause: DisabledBecause,
): Promise<DeliveryOutcome> {
  const disabled = { ...endpoint, version: endpoint.version + 1, disabledBecause };
  const outcome = await world.webhookEndpoints.save(disabled);
  // Whoever changed it meanwhile has seen its log; or another delivery has disabled it, and tells of it.
  return outcome === 'saved'
    ? { kind: 'endpoint_disabled', endpoint: disabled }
    : { kind: 'failed' };
}
