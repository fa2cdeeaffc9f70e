// A shop's counter for tests: the console behind its real stack, browsers that keep cookies, orders that have come in.
import { page } from '../../../lambdas/handlers/middleware/page.ts';
import type { MerchantStores } from '../../../lambdas/adapters/dynamodb/merchant-stores.ts';
import type { InboundEvent } from '../../../lambdas/domain/chat/inbound-event.ts';
import type { Stores } from '../../../lambdas/adapters/dynamodb/stores.ts';
import { createMemoryShopProvider } from '../../../lambdas/adapters/memory/shop-provider.ts';
import { memoryMerchantStores } from '../../../lambdas/adapters/memory/merchant-stores.ts';
import { memoryStores } from '../../../lambdas/adapters/memory/stores.ts';
import { webauthnVerifier } from '../../../lambdas/adapters/webauthn/passkey-verifier.ts';
import { makeLink } from '../../../lambdas/domain/links/make-link.ts';
import { draftOrder } from '../../../lambdas/domain/orders/draft-order.ts';
import type { Order, Wish } from '../../../lambdas/domain/orders/order.ts';
import type { OrderStep } from '../../../lambdas/domain/orders/order-steps.ts';
import type { EvidenceFiles } from '../../../lambdas/domain/orders/evidence-file.ts';
import type { LastWord, ShopProvider } from '../../../lambdas/domain/orders/ports.ts';
import {
  type OrderStepChanges,
  takeOrderStep,
} from '../../../lambdas/domain/orders/take-order-step.ts';
import type { Person } from '../../../lambdas/domain/people/person.ts';
import type { Product } from '../../../lambdas/domain/shops/product.ts';
import type { Role, Shop } from '../../../lambdas/domain/shops/shop.ts';
import { derivedIds, randomTokens } from '../../../lambdas/wiring/randomness.ts';
import { consoleFront, consolePolicy } from '../../../web/console/console-front.ts';
import type { ConsoleWorld } from '../../../web/console/console-world.ts';
import { consoleRouteKeys } from '../../../web/console/routes.ts';
import { apiGatewayEvent, lambdaContext } from '../../builders/api-gateway-event.ts';
import { aMember, nextNumber } from '../../builders/people.ts';
import { aProduct, aShop } from '../../builders/shops.ts';
import { townSettings } from '../../builders/town/town-world.ts';

export const publicUrl = 'https://tender.example';

export interface Shown {
  readonly status: number;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Where a redirect leads, without our own origin. */
  readonly to: string | undefined;
}

export interface Asked {
  readonly form?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Browser {
  cookies: Map<string, string>;
  gets(path: string, headers?: Readonly<Record<string, string>>): Promise<Shown>;
  /** As it stands, with the headers of a page of ours. */
  posts(path: string, asked: Asked): Promise<Shown>;
  /** Opens the page that holds the form first, as people do: its hidden fields come along. */
  submits(path: string, form: Readonly<Record<string, string>>, at?: string): Promise<Shown>;
}

export function openCounter(
  changes: Partial<Shop> = {},
  stores: Stores = memoryStores(),
  merchantStores: MerchantStores = memoryMerchantStores(),
) {
  const wakes: string[] = [];
  const queued: InboundEvent[] = [];
  const refusals: Parameters<ConsoleWorld['onPasskeyRefused']>[0][] = [];
  const time = { nowMs: Date.UTC(2026, 10, 22, 12) };
  const places = new Map<string, 'private' | 'nowhere'>();
  const lastWords: Parameters<LastWord['ask']>[0][] = [];
  const said: { lastWord: Awaited<ReturnType<LastWord['ask']>> } = { lastWord: { kind: 'go' } };
  const provider = quietProvider();
  // The account that shops of tests have, with nothing on it.
  const till = createMemoryShopProvider({ clock: { now: () => time.nowMs } });
  const world: ConsoleWorld & Stores & MerchantStores = {
    ...stores,
    ...merchantStores,
    chatQueue: { put: async (events) => void queued.push(...events) },
    webhookQueue: { wake: async (subject) => void wakes.push(subject) },
    isLocal: false,
    placeOf: async (host) => places.get(host) ?? 'public',
    lastWord: { ask: async (asked) => (lastWords.push(asked), said.lastWord) },
    passkeyVerifier: webauthnVerifier(publicUrl),
    onPasskeyRefused: (refusal) => void refusals.push(refusal),
    clock: { now: () => time.nowMs },
    ids: derivedIds,
    tokens: randomTokens,
    settings: townSettings,
    publicUrl,
    providerOrigins: ['https://connect.stripe.com'],
    shopProvider: provider,
    shopMoney: till.shopMoney,
  };
  const handler = page(consoleFront(world), consolePolicy);
  const shop = aShop({
    shipping: [{ id: 'post', name: 'By post', price: { minor: 500, currency: 'USD' } }],
    shipsTo: ['US'],
    ...changes,
  });

  const newBrowser = (): Browser => {
    const cookies = new Map<string, string>();
    const call = async (method: 'GET' | 'POST', path: string, asked: Asked): Promise<Shown> => {
      const url = new URL(path, publicUrl);
      const { key, pathParameters } = routeFor(method, url.pathname);
      const body = asked.body ?? new URLSearchParams(asked.form).toString();
      const event = {
        ...apiGatewayEvent({
          method,
          path: url.pathname,
          headers: {
            'content-type': 'application/x-www-form-urlencoded',
            ...(method === 'POST' && { 'sec-fetch-site': 'same-origin' }),
            ...asked.headers,
          },
          query: Object.fromEntries(url.searchParams),
          pathParameters,
          // As API Gateway hands over what is no text.
          ...(method === 'POST' && { body, asBase64: true }),
        }),
        routeKey: key,
        cookies: [...cookies].map(([name, value]) => `${name}=${value}`),
      };
      const result = await handler(event, lambdaContext);
      for (const cookie of result.cookies ?? []) {
        const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=');
        if (value === '') cookies.delete(name);
        else cookies.set(name, value);
      }
      const headers = Object.fromEntries(
        Object.entries(result.headers ?? {}).map(([name, value]) => [name, String(value)]),
      );
      return {
        status: Number(result.statusCode),
        html: (result.body ?? '').replace(/<style>.*<\/style>/su, ''),
        headers,
        to: headers['location']?.replace(publicUrl, ''),
      };
    };
    return {
      cookies,
      gets: (path, headers = {}) => call('GET', path, { headers }),
      posts: (path, asked) => call('POST', path, asked),
      async submits(path, form, at = path) {
        const { html } = await call('GET', at, {});
        return call('POST', path, { form: { ...hiddenIn(html), ...form } });
      },
    };
  };

  const opened = (async () => {
    await world.shops.create(shop);
  })();

  async function joins(name: string, role: Role): Promise<Person> {
    await opened;
    const person = aMember({
      name,
      addresses: [{ pageId: shop.pageId, psid: `2400000000000${nextNumber()}` }],
    });
    await world.people.create(person);
    const now = await currentShop();
    const member = { personId: person.id, name, role, addedAtMs: time.nowMs };
    await world.shops.save({ ...now, version: now.version + 1, team: [...now.team, member] }, now);
    return person;
  }

  async function currentShop(): Promise<Shop> {
    const now = await world.shops.get(shop.id);
    if (now === undefined) throw new Error('The shop is gone.');
    return now;
  }

  async function linkFor(person: Person): Promise<string> {
    const [address] = person.addresses;
    if (address === undefined) throw new Error('Nowhere to write to.');
    const url = await makeLink(world, {
      purpose: { kind: 'console', shopId: shop.id },
      personId: person.id,
      address,
    });
    return url.replace(publicUrl, '');
  }

  async function signedIn(role: Role = 'owner', name = 'Joe Bean') {
    const person = await joins(name, role);
    const browser = newBrowser();
    const link = await linkFor(person);
    await browser.gets(link);
    await browser.posts(link, {});
    return { person, browser };
  }

  async function sells(product: Partial<Product> = {}): Promise<Product> {
    await opened;
    const made = aProduct({ shopId: shop.id, ...product });
    await world.products.save(made, undefined);
    return made;
  }

  /** An order as it came in, taken through these steps. */
  async function order(
    steps: readonly (OrderStep | readonly [OrderStep, OrderStepChanges])[] = paidSteps,
    told: { readonly wish?: Partial<Wish>; readonly buyer?: Partial<Person>; of?: Product } = {},
  ): Promise<Order> {
    const product = told.of ?? (await sells());
    const buyer = aMember({ name: 'Ann Archer', ...told.buyer });
    const drafted = await draftOrder(world, {
      shop: await currentShop(),
      buyer,
      address: { pageId: shop.pageId, psid: '24000000000000001' },
      wish: {
        lines: [{ productId: product.id, choices: [], quantity: 2 }],
        handover: { kind: 'pick_up' },
        tipPercent: 0,
        ...told.wish,
      },
      madeBy: `event${nextNumber()}`,
    });
    if (drafted.kind !== 'drafted') throw new Error(`Not drafted: ${drafted.why}`);
    let now = drafted.order;
    for (const each of steps) {
      const [step, changesOfStep] = typeof each === 'string' ? [each, {}] : each;
      const taken = takeOrderStep(now, {
        step,
        actor: 'provider',
        nowMs: time.nowMs,
        settings: townSettings,
        changes: step === 'paid' ? { ...paidWith(time.nowMs), ...changesOfStep } : changesOfStep,
      });
      const committed = await world.orders.commit(taken);
      if (committed.kind !== 'done') throw new Error(`Not taken: ${step}`);
      now = taken.order;
    }
    return now;
  }

  async function orderNow(of: Order): Promise<Order> {
    const now = await world.orders.get(of.id);
    if (now === undefined) throw new Error('The order is gone.');
    return now;
  }

  return {
    world,
    time,
    wakes,
    queued,
    refusals,
    shop,
    provider,
    till,
    places,
    lastWords,
    said,
    newBrowser,
    joins,
    linkFor,
    signedIn,
    sells,
    order,
    orderNow,
    currentShop,
  };
}

export type Counter = ReturnType<typeof openCounter>;

export const checkedOut = ['checkout_started', { method: 'checkout' }] as const;
export const paidSteps = [checkedOut, 'paid'] as const;

const paidWith = (nowMs: number): OrderStepChanges => ({
  paidAtMs: nowMs,
  trail: {
    accountId: 'acct_joe',
    intentId: `pi_${nextNumber()}`,
    chargeId: 'ch_1',
    card: { brand: 'visa', last4: '4242' },
  },
});

/** The hidden fields of all forms of a page; of those with one name the first. */
export function hiddenIn(html: string): Record<string, string> {
  const fields = [...html.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/gu)];
  return Object.fromEntries(fields.toReversed().map(([, name = '', value = '']) => [name, value]));
}

function routeFor(method: string, path: string) {
  const parts = path.split('/');
  const matches = consoleRouteKeys
    .filter((key) => key.startsWith(`${method} `))
    .map((key) => ({ key, pattern: key.slice(method.length + 1).split('/') }))
    .filter(
      ({ pattern }) =>
        pattern.length === parts.length &&
        pattern.every((each, index) => each.startsWith('{') || each === parts[index]),
    )
    .sort((one, other) => one.key.split('{').length - other.key.split('{').length);
  const [best] = matches;
  if (best === undefined) return { key: `${method} ${path}`, pathParameters: {} };
  const pathParameters = Object.fromEntries(
    best.pattern.flatMap((each, index) =>
      each.startsWith('{') ? [[each.slice(1, -1), decodeURIComponent(parts[index] ?? '')]] : [],
    ),
  );
  return { key: best.key, pathParameters };
}

type Answers = { -readonly [call in keyof ShopProvider]?: ShopProvider[call] };

/** A provider that hears little: what tests of the console ask of it is set by them. */
function quietProvider(): ShopProvider & {
  evidence: string[];
  evidenceFiles: EvidenceFiles[];
  uploads: string[];
  answers: Answers;
} {
  const evidence: string[] = [];
  const evidenceFiles: EvidenceFiles[] = [];
  const uploads: string[] = [];
  const answers: Answers = {};
  const never = () => {
    throw new Error('The console does not ask the provider this.');
  };
  return {
    evidence,
    evidenceFiles,
    uploads,
    answers,
    onboardMerchant: async (request) =>
      answers.onboardMerchant?.(request) ?? {
        kind: 'done',
        accountId: request.accountId ?? 'acct_new',
        url: 'https://connect.stripe.com/setup/1',
      },
    uploadEvidence: async (request) => {
      uploads.push(request.kind);
      const fileId = `file_${request.kind.replaceAll('_', '')}`;
      return answers.uploadEvidence?.(request) ?? { kind: 'done', fileId };
    },
    sendEvidence: async (request) => {
      evidence.push(request.text);
      evidenceFiles.push(request.files ?? {});
      return answers.sendEvidence?.(request) ?? { kind: 'done' };
    },
    openCheckout: never,
    closeCheckout: never,
    chargeSavedCard: never,
    abandonCharge: never,
    refund: never,
    lookUp: {
      checkout: never,
      charge: never,
      refund: never,
      dispute: never,
      lostCharge: never,
      lostRefund: never,
      merchant: async (accountId) =>
        answers.lookUp?.merchant(accountId) ?? {
          kind: 'found',
          thing: { status: 'active', missing: [] },
        },
    },
  };
}
