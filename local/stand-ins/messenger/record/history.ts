// The durable list of everything that happened, and the webhooks that each happening owes.
import type { LocalClock } from '../../../clock.ts';
import type { Durable, DurableMap } from '../../../durable.ts';
import type { Webhook } from '../webhooks/webhook.ts';
import { webhooksOf } from '../webhooks/webhooks-of.ts';
import { applyHappening } from './apply-happening.ts';
import type { Happening } from './happening.ts';
import { type Page, type World, emptyWorld } from './world.ts';

/** A happening and its webhooks are one row: after a crash there are both or neither. */
interface Row {
  readonly atMs: number;
  readonly happening: Happening;
  readonly webhooks: readonly Webhook[];
}

export type WebhookEnd = 'delivered' | 'given_up';

export interface History {
  readonly world: World;
  /** Makes it durable, applies it, and hands its webhooks to whoever listens. */
  append(happening: Happening): void;
  onAppend(listener: (happening: Happening, webhooks: readonly Webhook[]) => void): void;
  /** Webhooks that were owed before this process started and are not settled yet. */
  unsettled(): readonly Webhook[];
  settle(webhookId: string, end: WebhookEnd): void;
  /** Forgets everything, as if newly installed. */
  reset(): void;
}

export interface HistoryOptions {
  readonly clock: LocalClock;
  readonly durable: Durable;
  readonly pages: readonly Page[];
  readonly appId: string;
}

export function openHistory(options: HistoryOptions): History {
  const { clock, durable, pages, appId } = options;
  const rows = durable.map<Row>('happenings');
  const settled = durable.map<WebhookEnd>('settled-webhooks');
  const listeners: ((happening: Happening, webhooks: readonly Webhook[]) => void)[] = [];
  const world = emptyWorld(pages);
  for (const [, row] of rows.entries()) applyHappening(world, row.happening, row.atMs);
  let sequence = lastSequence(rows);

  return {
    world,
    append(happening) {
      const atMs = clock.now();
      sequence += 1;
      const webhooks = webhooksOf(happening, { world, atMs, sequence, appId });
      rows.set(String(sequence), { atMs, happening, webhooks });
      applyHappening(world, happening, atMs);
      for (const listener of listeners) listener(happening, webhooks);
    },
    onAppend: (listener) => void listeners.push(listener),
    unsettled: () =>
      rows
        .entries()
        .flatMap(([, row]) => row.webhooks)
        .filter((webhook) => settled.get(webhook.id) === undefined),
    settle: (webhookId, end) => settled.set(webhookId, end),
    reset() {
      for (const [key] of rows.entries()) rows.delete(key);
      for (const [key] of settled.entries()) settled.delete(key);
      refill(world, emptyWorld(pages));
    },
  };
}

function lastSequence(rows: DurableMap<Row>): number {
  return rows.entries().reduce((highest, [key]) => Math.max(highest, Number(key)), 0);
}

/** Everyone holds the same world object, so it is emptied in place. */
function refill(world: World, fresh: World): void {
  for (const map of [
    world.people,
    world.threads,
    world.profiles,
    world.templates,
    world.defaultApps,
  ])
    map.clear();
  world.orderNumbers.clear();
  world.subscriptions.clear();
  for (const [pageId, fields] of fresh.subscriptions) world.subscriptions.set(pageId, fields);
}
