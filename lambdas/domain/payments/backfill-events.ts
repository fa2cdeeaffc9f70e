// What the provider's webhooks did not bring is read from its own list and queued, as if it had been delivered.
import type { OrderStore } from '../orders/ports.ts';
import type { ShopId } from '../shops/shop.ts';
import type { World } from '../world.ts';
import { dayMs } from './due-dates.ts';
import type { ProviderEventHint, ProviderEventLog, ProviderEventsQueue } from './ports.ts';

export interface ShopAccount {
  readonly shopId: ShopId;
  readonly accountId: string;
}

export interface BackfillWorld extends Pick<World, 'providerEvents' | 'clock'> {
  readonly orders: Pick<OrderStore, 'ofShop'>;
  readonly eventLog: ProviderEventLog;
  readonly eventsQueue: ProviderEventsQueue;
  readonly shopAccounts: () => AsyncIterable<ShopAccount>;
}

export interface Backfilled {
  /** That were read: the platform's own, and those of shops that sold lately. */
  readonly accounts: number;
  readonly events: number;
  readonly queued: number;
  /** Accounts of which the provider did not tell. */
  readonly notKnown: number;
  /** Accounts that there was not time enough for; the next run begins elsewhere. */
  readonly left: number;
}

const hourMs = dayMs / 24;

/** Five runs may fail, and the sixth still finds everything. */
const usualLookBackMs = 6 * hourMs;
/** Once a night as far back as the provider tries to deliver: also after a long night of ours. */
const nightlyLookBackMs = 3 * dayMs;
const nightlyHour = 2;

/** What is younger may still be on its way through our own queue. */
const onItsWayMs = 5 * 60_000;

/** A buyer has some four months to dispute a charge; whoever sold nothing since has no news for us. */
const soldLatelyMs = 120 * dayMs;

/** Of one account in one run: 100 000 events. */
const mostPages = 1000;

/** Reads nothing more after `stopAtMs`. Twice or two at once do no harm: whoever handles a hint looks first. */
export async function backfillEvents(world: BackfillWorld, stopAtMs: number): Promise<Backfilled> {
  const nowMs = world.clock.now();
  const period = { fromMs: nowMs - lookBackMs(nowMs), toMs: nowMs - onItsWayMs };
  const shops = await shopsInTurn(world, nowMs);
  const counts = { accounts: 0, events: 0, queued: 0, notKnown: 0, left: 0 };
  for (const shop of [undefined, ...shops]) {
    if (world.clock.now() >= stopAtMs) counts.left += 1;
    else if (shop === undefined || (await hasSoldLately(world, shop, nowMs)))
      await backfillAccount(world, { period, accountId: shop?.accountId, stopAtMs, counts });
  }
  return counts;
}

function lookBackMs(nowMs: number): number {
  const hour = Math.floor(nowMs / hourMs) % 24;
  return hour === nightlyHour ? nightlyLookBackMs : usualLookBackMs;
}

/** Each hour begins somewhere else: where time runs out, it is not always out for the same ones. */
async function shopsInTurn(world: BackfillWorld, nowMs: number): Promise<ShopAccount[]> {
  const shops: ShopAccount[] = [];
  for await (const shop of world.shopAccounts()) shops.push(shop);
  const goldenPart = (Math.floor(nowMs / hourMs) * 0.618_033_988_7) % 1;
  const first = Math.floor(shops.length * goldenPart);
  return [...shops.slice(first), ...shops.slice(0, first)];
}

async function hasSoldLately(
  { orders }: BackfillWorld,
  { shopId }: ShopAccount,
  nowMs: number,
): Promise<boolean> {
  const [newest] = (await orders.ofShop(shopId, { limit: 1 })).things;
  return newest !== undefined && newest.createdAtMs > nowMs - soldLatelyMs;
}

interface Account {
  readonly period: Parameters<ProviderEventLog['happened']>[0];
  readonly accountId: string | undefined;
  readonly stopAtMs: number;
  /** Added to. */
  readonly counts: Record<keyof Backfilled, number>;
}

async function backfillAccount(
  world: BackfillWorld,
  { period, accountId, stopAtMs, counts }: Account,
): Promise<void> {
  counts.accounts += 1;
  let pages = 0;
  for await (const page of world.eventLog.happened(period, accountId)) {
    if (page === 'not_known') {
      counts.notKnown += 1;
      return;
    }
    counts.events += page.length;
    counts.queued += await queueUnseen(world, page);
    pages += 1;
    if (pages < mostPages && world.clock.now() < stopAtMs) continue;
    counts.left += 1;
    return;
  }
}

/** The oldest first, as they happened. */
async function queueUnseen(
  { providerEvents, eventsQueue }: BackfillWorld,
  page: readonly ProviderEventHint[],
): Promise<number> {
  const unseen = new Set(await providerEvents.unsettled(page.map(({ id }) => id)));
  const missed = page.filter(({ id }) => unseen.has(id)).toReversed();
  for (const hint of missed) await eventsQueue.put(hint);
  return missed.length;
}
