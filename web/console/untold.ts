// What of an order's news did not get to its buyer: looked up in the outbox, entry by entry.
import { outboxId } from '../../lambdas/domain/chat/outbox.ts';
import type { Order } from '../../lambdas/domain/orders/order.ts';
import type { OrderEntry } from '../../lambdas/domain/orders/ports.ts';
import { type Html, html } from '../html.ts';
import type { ConsoleWorld } from './console-world.ts';

/** `waits`: Messenger does not take it for now, and it is tried again. */
export type Untold = 'never' | 'waits';

/** So many of the newest are looked up; the outbox forgets after a month anyway. */
const mostEntries = 20;
/** One that has just been sent waits for its echo: nothing to wonder about yet. */
const usualMs = 60_000;

/** By the entries' sequence numbers; empty where all was told, or nothing had to be. */
export async function untoldOf(
  world: Pick<ConsoleWorld, 'outbox' | 'clock'>,
  { buyerId }: Pick<Order, 'buyerId'>,
  entries: readonly OrderEntry[],
): Promise<ReadonlyMap<number, Untold>> {
  const found = await Promise.all(
    entries.slice(-mostEntries).map(async ({ subject, sequence, atMs }) => {
      const item = await world.outbox.get(outboxId(`${subject}:${sequence}:${buyerId}`, 1));
      if (item === undefined || item.state === 'sent') return [];
      if (item.state === 'undeliverable') return [[sequence, 'never'] as const];
      return world.clock.now() - atMs < usualMs ? [] : [[sequence, 'waits'] as const];
    }),
  );
  return new Map(found.flat());
}

/** Beside the step that they were not told of. */
export function untoldPill(untold: Untold | undefined): Html | undefined {
  switch (untold ?? 'told') {
    case 'told':
      return undefined;
    case 'never':
      return html` <span class="pill bad">The buyer was not told</span>`;
    case 'waits':
      return html` <span class="pill">Not told yet</span>`;
  }
}

/** Where the latest news did not arrive, later ones hardly will. */
export function untoldWarning(untold: ReadonlyMap<number, Untold>): Html | undefined {
  const latest = [...untold].at(-1)?.[1];
  if (latest !== 'never') return undefined;
  return html`<p class="bad">Messenger did not deliver news of this order: the buyer may have blocked your Page, your inbox may have the chat, or nobody has written for more than a day. Reach them another way.</p>`;
}
