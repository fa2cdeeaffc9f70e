// A merchant's desk: their shop, keys and programs on the twins, calling the API as over the wire.
import { memoryMerchantStores } from '../../lambdas/adapters/memory/merchant-stores.ts';
import { memoryStores } from '../../lambdas/adapters/memory/stores.ts';
import { type Scope, scopes } from '../../lambdas/domain/merchant-api/api-key.ts';
import { makeApiKey } from '../../lambdas/domain/merchant-api/manage-api-keys.ts';
import type { PostAnswer } from '../../lambdas/domain/merchant-api/ports.ts';
import type { Order } from '../../lambdas/domain/orders/order.ts';
import type { OrderChange } from '../../lambdas/domain/orders/ports.ts';
import type { Product } from '../../lambdas/domain/shops/product.ts';
import type { Shop } from '../../lambdas/domain/shops/shop.ts';
import { derivedIds, randomTokens } from '../../lambdas/wiring/randomness.ts';
import { answerCall, type ApiRequest } from '../../web/merchant-api/answer-call.ts';
import { noonMs } from './merchants.ts';
import { wholeOrderLife } from './orders.ts';
import { someSettings } from './payments.ts';
import { aPerson, nextNumber } from './people.ts';
import { aProduct, aShop } from './shops.ts';

export interface CallParts {
  readonly body?: unknown;
  /** As the wire has it, instead of `body`. */
  readonly bytes?: Buffer;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** `null`: no key at all. */
  readonly key?: string | null;
  readonly idempotencyKey?: string;
}

// oxlint-disable-next-line typescript/no-explicit-any -- JSON that a test takes apart
type Json = any;

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
  readonly text: string;
}

export type ApiDesk = Awaited<ReturnType<typeof openApiDesk>>;

/** Joe's Coffee with a flat white and a mug, a person who has written to it, and a key that may do everything. */
export async function openApiDesk() {
  const time = { nowMs: noonMs };
  const wakes: { readonly subject: string; readonly inSeconds: number }[] = [];
  const posts: { readonly id: string; readonly url: string; readonly body: string }[] = [];
  const answers: PostAnswer[] = [];
  const world = {
    ...memoryStores(),
    ...memoryMerchantStores(),
    clock: { now: () => time.nowMs },
    ids: derivedIds,
    tokens: randomTokens,
    settings: someSettings,
    publicUrl: 'https://tender.example',
    isLocal: false,
    placeOf: async (host: string) => (host.startsWith('private') ? 'private' : 'public'),
    webhookQueue: {
      wake: async (subject: string, inSeconds: number) => void wakes.push({ subject, inSeconds }),
    },
    webhookSender: {
      async post(message: { readonly id: string; readonly url: string; readonly body: string }) {
        posts.push(message);
        return answers.shift() ?? ({ kind: 'answered', status: 200, text: '', tookMs: 5 } as const);
      },
    },
  };
  const shop = aShop();
  const coffee = aProduct({ shopId: shop.id });
  const mug = aProduct({ shopId: shop.id, name: 'Mug', category: 'Food' });
  const ann = aPerson({ name: 'Ann', addresses: [{ pageId: shop.pageId, psid: '7001' }] });
  await world.shops.create(shop);
  await world.products.save(coffee, undefined);
  await world.products.save(mug, undefined);
  await world.people.create(ann);

  const newKey = async (of: Shop = shop, may: readonly Scope[] = scopes) => {
    const made = await makeApiKey(world, {
      shopId: of.id,
      name: 'till',
      scopes: may,
      madeBy: `form ${nextNumber()}`,
    });
    if (made.kind !== 'made') throw new Error(`No key: ${made.kind}`);
    return made;
  };
  const key = await newKey();

  const call = async (method: string, path: string, parts: CallParts = {}): Promise<Answered> => {
    const { answer } = await answerCall(
      world,
      requestOf(method, path, { key: key.text, ...parts }),
    );
    const { status, headers, body: text } = answer;
    return { status, headers, text, body: text.startsWith('{') ? JSON.parse(text) : undefined };
  };
  return {
    world,
    time,
    wakes,
    posts,
    answers,
    shop,
    coffee,
    mug,
    ann,
    key,
    newKey,
    call,
    ...books(world, shop, coffee),
  };
}

function requestOf(method: string, path: string, parts: CallParts): ApiRequest {
  const { body, key, idempotencyKey, query = {}, headers = {} } = parts;
  const bytes = parts.bytes ?? Buffer.from(body === undefined ? '' : JSON.stringify(body));
  return {
    method,
    path,
    query,
    body: bytes,
    headers: {
      ...(bytes.length > 0 ? { 'content-type': 'application/json' } : {}),
      ...(typeof key === 'string' ? { authorization: `Bearer ${key}` } : {}),
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      ...headers,
    },
  };
}

type Commits = { orders: { commit(change: OrderChange): Promise<{ readonly kind: string }> } };

function books({ orders }: Commits, shop: Shop, coffee: Product) {
  /** An order of one flat white, paid. */
  async function aPaidOrder(changes: Partial<Order> = {}): Promise<Order> {
    const life = wholeOrderLife({ shopId: shop.id, ...changes });
    const paid = life.findIndex(({ order }) => order.state === 'paid');
    let last: Order | undefined;
    for (const { order, entry } of life.slice(0, paid + 1)) {
      // What is on the shelf is no matter here.
      const outcome = await orders.commit({ order, entry });
      if (outcome.kind !== 'done') throw new Error(`Not committed: ${outcome.kind}`);
      last = order;
    }
    if (last === undefined) throw new Error('No order is paid in this life.');
    return last;
  }
  return { aPaidOrder, coffeeId: coffee.id };
}
