// A simulated town: the cloud, the vendors, the people and a shop, all on one engine, before anything has happened.
import {
  createMemoryProvider,
  type MemoryProvider,
} from '../../lambdas/adapters/memory/payment-provider.ts';
import {
  createMemoryShopProvider,
  type MemoryShopProvider,
} from '../../lambdas/adapters/memory/shop-provider.ts';
import { dynamoMerchantStores } from '../../lambdas/adapters/dynamodb/merchant-stores.ts';
import { dynamoStores } from '../../lambdas/adapters/dynamodb/stores.ts';
import type { ProviderEvent } from '../../lambdas/domain/payments/ports.ts';
import { type Cloud, openCloud } from './cloud/cloud.ts';
import { type Engine, type Offer, openEngine } from './engine.ts';
import type { FaultKind } from './fault.ts';
import type { Trace } from './trace.ts';
import { type MessengerSite, openMessenger, type Post, signatureOf } from './vendors/messenger.ts';
import { countedTokens, outsideOf, type Vendors } from './vendors/outside.ts';
import { postOf, stripeSignature } from './vendors/stripe-webhooks.ts';
import { request } from './people/browser.ts';

export interface Town {
  readonly engine: Engine;
  readonly cloud: Cloud;
  readonly trace: Trace;
  readonly messenger: MessengerSite;
  readonly stripe: MemoryProvider;
  readonly shopStripe: MemoryShopProvider;
  readonly vendors: Vendors;
  /** For whoever looks on: the tables without any fault. */
  readonly stores: ReturnType<typeof dynamoStores> & ReturnType<typeof dynamoMerchantStores>;
  /** What will be posted to us. */
  readonly stripePosts: Post[];
  readonly keys: { stripeWebhook: string };
  /** New containers everywhere. */
  deploy(): void;
  /** Everything that can happen next. */
  offers(): readonly Offer[];
  /** Asked at each delivery of a webhook. */
  deliveryFault: () => FaultKind | undefined;
  /** When a webhook is to be posted again. */
  nextPostAtMs(): number | undefined;
}

export const startMs = Date.UTC(2026, 10, 22, 17);
const names = { users: 'Users', transactions: 'Transactions' };

export function openTown(trace: Trace): Town {
  const engine = openEngine(startMs, trace);
  const cloud = openCloud(engine);
  const messenger = openMessenger(engine.clock);
  const stripe = createMemoryProvider({ clock: engine.clock });
  const shopStripe = createMemoryShopProvider({ clock: engine.clock });
  const keys = { stripeWebhook: 'whsec_1' };
  const stripePosts: Post[] = [];
  let events = 0;
  const vendors: Vendors = {
    messenger,
    provider: stripe.provider,
    shopProvider: shopStripe.shopProvider,
    tokens: countedTokens(),
    secrets: new Map<string, unknown>(),
    lastWord: { kind: 'go' },
    posted: [],
  };
  const { documents } = cloud.tables;
  const town: Town = {
    engine,
    cloud,
    trace,
    messenger,
    stripe,
    shopStripe,
    vendors,
    stripePosts,
    keys,
    stores: { ...dynamoStores(documents, names), ...dynamoMerchantStores(documents, names) },
    deliveryFault: () => undefined,
    deploy: () => cloud.deploy(outsideOf(engine, cloud, vendors)),
    nextPostAtMs() {
      const dates = [...messenger.posts, ...stripePosts].map(({ atMs }) => atMs);
      return dates.length === 0 ? undefined : Math.min(...dates);
    },
    offers() {
      for (const event of [...stripe.takeEvents(), ...shopStripe.takeEvents()]) tell(event);
      return [...cloud.offers(), ...postOffers()];
    },
  };

  function tell(event: ProviderEvent): void {
    events += 1;
    const post = postOf(event, events, engine.clock.now());
    if (post !== undefined) stripePosts.push(post);
  }

  function postOffers(): Offer[] {
    const isDue = ({ atMs }: Post) => atMs <= engine.clock.now();
    const offer = (
      posts: Post[],
      post: Post,
      deliver: (body: string) => Promise<number>,
    ): Offer => ({
      name: 'webhook',
      begin: () => void postTo(posts, post, deliver),
    });
    return [
      ...messenger.posts.filter(isDue).map((post) => offer(messenger.posts, post, byMeta)),
      ...stripePosts.filter(isDue).map((post) => offer(stripePosts, post, byStripe)),
    ];
  }

  async function postTo(
    posts: Post[],
    post: Post,
    deliver: (body: string) => Promise<number>,
  ): Promise<void> {
    posts.splice(posts.indexOf(post), 1);
    const fault = town.deliveryFault();
    const later = (ms: number) =>
      posts.push({ ...post, atMs: engine.clock.now() + ms, tries: post.tries + 1 });
    if (fault === 'delivered_late') {
      later(7 * 60_000);
      return;
    }
    // Once more at once, or when no queue remembers the first.
    if (fault === 'delivered_twice') later(post.body.length % 2 === 0 ? 1000 : 6 * 60_000);
    const status = await deliver(post.body);
    trace.note(`posted: ${status}`);
    if (status !== 200 && post.tries < 10) later(60_000 * 2 ** post.tries);
  }

  async function byMeta(body: string): Promise<number> {
    const headers = { 'x-hub-signature-256': signatureOf(body, messenger.keys.appSecret) };
    const event = request({ method: 'POST', path: '/webhooks/messenger', headers, body });
    return (await cloud.http('messenger-webhook', event)).status;
  }

  async function byStripe(body: string): Promise<number> {
    const signature = stripeSignature(body, keys.stripeWebhook, engine.clock.now());
    const headers = { 'stripe-signature': signature };
    const event = request({ method: 'POST', path: '/webhooks/stripe', headers, body });
    return (await cloud.http('stripe-webhook', event)).status;
  }

  keepSecrets(town);
  town.deploy();
  return town;
}

/** As they are now; what was there before still counts while it is rolled. */
export function keepSecrets({ vendors, messenger, keys }: Town, before?: string): void {
  const old = before === undefined ? [] : [before];
  vendors.secrets.set('messenger-app', {
    appSecrets: [messenger.keys.appSecret, ...old],
    verifyToken: 'verify',
  });
  const { token } = messenger.keys;
  vendors.secrets.set('messenger-page', { tokens: { '1000': token, '2000': token } });
  vendors.secrets.set('stripe-webhook', { signingSecrets: [keys.stripeWebhook, ...old] });
}
