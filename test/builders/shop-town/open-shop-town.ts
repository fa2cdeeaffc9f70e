// A town with one shop, Joe's Coffee, on the twins: buyers who draft, pay and wait, on a clock that only moves when told.
import { memoryStores } from '../../../lambdas/adapters/memory/stores.ts';
import type { MemoryShopProvider } from '../../../lambdas/adapters/memory/shop-provider.ts';
import type { Order, OrderId, Wish } from '../../../lambdas/domain/orders/order.ts';
import type { LastWord, OrderEntry } from '../../../lambdas/domain/orders/ports.ts';
import { advance } from '../../../lambdas/domain/payments/advance.ts';
import { applyProviderEvent } from '../../../lambdas/domain/payments/apply-provider-event.ts';
import { sweep } from '../../../lambdas/domain/payments/sweep.ts';
import { RetryLater } from '../../../lambdas/domain/retry-later.ts';
import type { Product } from '../../../lambdas/domain/shops/product.ts';
import type { Shop } from '../../../lambdas/domain/shops/shop.ts';
import { derivedIds } from '../../../lambdas/wiring/randomness.ts';
import { ProcessDied } from '../town/death.ts';
import { startedAtMs, townSettings } from '../town/town-world.ts';
import { createMemoryProvider } from '../../../lambdas/adapters/memory/payment-provider.ts';
import { checkShopBooks } from './check-shop-books.ts';
import { coffee, joesCoffee, mug } from './joes-coffee.ts';
import { createShopProviderTwin, type ShopProviderTwin } from './provider.ts';
import type { ShopEventSent } from './provider-books.ts';

export type ShopWorld = ReturnType<typeof openWorld>;

export interface ShopTownOptions {
  readonly shop?: Partial<Shop>;
  /** Stands between the functions and the world, such as a death that waits in it. */
  readonly around?: (world: ShopWorld) => ShopWorld;
  readonly lastWord?: LastWord['ask'];
  /** The provider's own twin instead of the town's small one; what really moved is then its affair to tell. */
  readonly twin?: Pick<MemoryShopProvider, 'shopProvider' | 'takeEvents'>;
  /** Shared with whoever else tells the time, such as the twin. */
  readonly time?: { nowMs: number };
  /** How many mugs there are. */
  readonly mugs?: number;
}

interface ArrivedEvent {
  readonly id: string;
  readonly sent: ShopEventSent;
  readonly deliveries: number;
}

export interface ShopTown {
  /** For whoever looks on. */
  readonly world: ShopWorld;
  /** What deployed functions reach. */
  readonly running: ShopWorld;
  readonly provider: ShopProviderTwin;
  readonly entries: readonly OrderEntry[];
  readonly time: { nowMs: number };
  readonly mugs: number;
  shop(): Promise<Shop>;
  changeShop(change: Partial<Shop>): Promise<void>;
  changeProduct(product: Product, change: Partial<Product>): Promise<void>;
  order(id: OrderId): Promise<Order>;
  orders(): Promise<Order[]>;
  /** Until nothing is left that needs no clock. */
  settle(): Promise<void>;
  /** Moves the clock, brings back what was to be tried again, and sweeps. */
  later(ms: number): Promise<void>;
  untilNothingIsDue(mostDays?: number): Promise<void>;
  holdEvents(): void;
  letEventsIn(order?: 'as_sent' | 'backwards'): Promise<void>;
  /** Hands one event over, once. */
  hint(sent: ShopEventSent, deliveries?: number): Promise<string>;
  /** Throws when a rule of the books is broken; `isSettled` when nothing may be on its way. */
  checkBooks(isSettled?: boolean): Promise<void>;
  nextNumber(): number;
}

const dayMs = 24 * 60 * 60 * 1000;

export function aWish(wish: Partial<Wish> = {}): Wish {
  return {
    lines: [{ productId: coffee.id, choices: ['Large'], quantity: 2 }],
    handover: { kind: 'pick_up' },
    tipPercent: 0,
    ...wish,
  };
}

export const oneMug: Partial<Wish> = {
  lines: [{ productId: mug.id, choices: [], quantity: 1 }],
};

function openWorld(options: ShopTownOptions, kept: Kept) {
  const { time, provider } = kept;
  const clock = { now: () => time.nowMs };
  return {
    ...memoryStores((entry) => {
      if (!isOfOrder(entry)) return;
      kept.entries.push(entry);
      kept.untold.push(entry);
    }),
    clock,
    ids: derivedIds,
    settings: townSettings,
    publicUrl: 'https://tender.example',
    provider: createMemoryProvider({ clock }).provider,
    shopProvider: options.twin?.shopProvider ?? provider.provider,
    lastWord: { ask: options.lastWord ?? (async () => ({ kind: 'go' }) as const) },
    dueQueue: {
      wake: async (subject: string, inSeconds: number) =>
        void kept.wakes.push({ subject, atMs: time.nowMs + inSeconds * 1000 }),
    },
  };
}

function isOfOrder(entry: { readonly subject: string }): entry is OrderEntry {
  return entry.subject.startsWith('ord_');
}

interface Kept {
  readonly time: { nowMs: number };
  readonly provider: ShopProviderTwin;
  readonly entries: OrderEntry[];
  readonly untold: OrderEntry[];
  readonly wakes: { readonly subject: string; readonly atMs: number }[];
}

export async function openShopTown(options: ShopTownOptions = {}): Promise<ShopTown> {
  const { time = { nowMs: startedAtMs } } = options;
  const kept: Kept = {
    time,
    provider: createShopProviderTwin(time),
    entries: [],
    untold: [],
    wakes: [],
  };
  const world = openWorld(options, kept);
  const mugs = options.mugs ?? 10;
  await moveIn(world, kept, { ...options, mugs });
  const running = options.around?.(world) ?? world;
  let made = 0;
  const sentByTwin = () =>
    (options.twin?.takeEvents() ?? []).flatMap((event) =>
      event.kind === 'shop_event' ? [event] : [],
    );
  const town = { world, running, mugs, ...kept, sentByTwin, nextNumber: () => (made += 1) };
  const queues = openShopQueues(town);
  const orders = async () => {
    const ids = [...new Set(kept.entries.map(({ subject }) => subject))];
    return (await Promise.all(ids.map((id) => world.orders.get(id)))).filter(
      (order) => order !== undefined,
    );
  };
  return {
    ...town,
    ...queues,
    orders,
    shop: () => joes(world),
    changeShop: async (change) => {
      const before = await joes(world);
      await world.shops.save({ ...before, ...change, version: before.version + 1 }, before);
    },
    changeProduct: async (product, change) => {
      const before = await world.products.get(product.shopId, product.id);
      if (before === undefined) throw new Error(`No ${product.name}`);
      await world.products.save({ ...before, ...change, version: before.version + 1 }, before);
    },
    async order(id) {
      const order = await world.orders.get(id);
      if (order === undefined) throw new Error(`No order ${id}`);
      return order;
    },
    async untilNothingIsDue(mostDays = 60) {
      const endMs = time.nowMs + mostDays * dayMs;
      for (let round = 0; round < 300; round += 1) {
        const nextMs = Math.min(...(await orders()).flatMap(({ dueAtMs }) => dueAtMs ?? []));
        if (!Number.isFinite(nextMs) || nextMs > endMs) return;
        await queues.later(Math.max(60_000, nextMs - time.nowMs));
      }
      throw new Error('Something is due for ever.');
    },
    checkBooks: (isSettled = false) => checkShopBooks({ ...town, orders }, isSettled),
  };
}

async function joes(world: ShopWorld): Promise<Shop> {
  const shop = await world.shops.get(joesCoffee.id);
  if (shop === undefined) throw new Error('Joe has gone.');
  return shop;
}

async function moveIn(
  world: ShopWorld,
  { provider }: Kept,
  options: ShopTownOptions & { readonly mugs: number },
): Promise<void> {
  const { shop } = options;
  const accountId = 'acct_joe';
  provider.books.accounts.set(accountId, { shopId: joesCoffee.id, status: 'active' });
  const account = { accountId, status: 'active', missing: [] } as const;
  await world.shops.create({ ...joesCoffee, account, ...shop });
  await world.products.save(coffee, undefined);
  await world.products.save(mug, undefined);
  await world.stock.set(joesCoffee.id, mug.id, options.mugs);
}

type Bare = Pick<ShopTown, 'world' | 'running' | 'time' | 'nextNumber'> &
  Kept & { readonly sentByTwin: () => ShopEventSent[] };

/** What would wake a deployed function, handed over one thing at a time until nothing is left. */
function openShopQueues(
  town: Bare,
): Pick<ShopTown, 'settle' | 'later' | 'holdEvents' | 'letEventsIn' | 'hint'> {
  const { running, time } = town;
  let arrived: ArrivedEvent[] = [];
  let parked: ArrivedEvent[] = [];
  let areHeld = false;

  const takeEvents = () => {
    for (const sent of [...town.provider.takeEvents(), ...town.sentByTwin()])
      arrived.push({ id: `evt_${town.nextNumber()}`, sent, deliveries: 0 });
  };

  async function settle(): Promise<void> {
    for (let round = 0; round < 500; round += 1) {
      takeEvents();
      if (!(tellOne(town) || (await wakeOne(town)) || (await applyOne()))) return;
    }
    throw new Error('The shop town does not come to rest.');
  }

  async function applyOne(): Promise<boolean> {
    const event = areHeld ? undefined : arrived.shift();
    if (event === undefined) return false;
    const again = { ...event, deliveries: event.deliveries + 1 };
    try {
      await apply(running, again);
    } catch (error) {
      if (!isToComeAgain(error)) throw error;
      if (again.deliveries < 10) parked.push(again);
    }
    return true;
  }

  return {
    settle,
    async later(ms) {
      time.nowMs += ms;
      arrived = [...parked.splice(0), ...arrived];
      await settle();
      await orAgain(
        () => sweep(running).then(() => undefined),
        () => undefined,
      );
      await settle();
    },
    holdEvents: () => {
      areHeld = true;
    },
    async letEventsIn(order = 'as_sent') {
      areHeld = false;
      takeEvents();
      arrived = [...parked.splice(0), ...arrived];
      if (order === 'backwards') arrived.reverse();
      await settle();
    },
    hint: (sent, deliveries = 1) =>
      apply(running, { id: `evt_${town.nextNumber()}`, sent, deliveries }),
  };
}

function apply(world: ShopWorld, { id, sent, deliveries }: ArrivedEvent): Promise<string> {
  const event = { ...sent, kind: 'shop_event' } as const;
  return applyProviderEvent(world, { eventId: id, event, deliveries });
}

/** The stream wakes what is due within a quarter of an hour. */
function tellOne(town: Bare): boolean {
  const entry = town.untold.shift();
  if (entry === undefined) return false;
  const { dueAtMs, subject } = entry;
  if (dueAtMs !== undefined && dueAtMs - town.time.nowMs <= 900_000)
    town.wakes.push({ subject, atMs: dueAtMs });
  return true;
}

async function wakeOne(town: Bare): Promise<boolean> {
  const at = town.wakes.findIndex(({ atMs }) => atMs <= town.time.nowMs);
  const [wake] = at === -1 ? [] : town.wakes.splice(at, 1);
  if (wake === undefined) return false;
  await orAgain(
    () => advance(town.running, wake.subject).then(() => undefined),
    () => town.wakes.push(wake),
  );
  return true;
}

function isToComeAgain(error: unknown): boolean {
  return error instanceof RetryLater || error instanceof ProcessDied;
}

async function orAgain(act: () => Promise<void>, putBack: () => unknown): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!isToComeAgain(error)) throw error;
    putBack();
  }
}
