// The queues of a town: what would wake a deployed function, handed over one thing at a time until nothing is left.
import { handleEvent } from '../../../lambdas/domain/chat/handle-event.ts';
import type { InboundEvent } from '../../../lambdas/domain/chat/inbound-event.ts';
import { announceEntry } from '../../../lambdas/domain/journal/announce-entry.ts';
import { advance } from '../../../lambdas/domain/payments/advance.ts';
import { applyProviderEvent } from '../../../lambdas/domain/payments/apply-provider-event.ts';
import type { EventSettled } from '../../../lambdas/domain/payments/event-settled.ts';
import type { ProviderEvent } from '../../../lambdas/domain/payments/ports.ts';
import { sweep } from '../../../lambdas/domain/payments/sweep.ts';
import { RetryLater } from '../../../lambdas/domain/retry-later.ts';
import { ProcessDied } from './death.ts';
import type { TownWorld } from './town-world.ts';

interface ArrivedHint {
  readonly id: string;
  readonly event: ProviderEvent;
  readonly deliveries: number;
}

export interface Queues {
  /** Until nothing is left that needs no clock. */
  settle(): Promise<void>;
  /** Moves the clock, brings back what was to be tried again, and sweeps. */
  later(ms: number): Promise<void>;
  /** An event from a thread; tried again by `later` when it says so. */
  receive(event: InboundEvent): Promise<void>;
  /** An event of the provider's, handed over once; a fresh id unless one is given. */
  hint(event: ProviderEvent, options?: { id?: string; deliveries?: number }): Promise<EventSettled>;
  /** Whether the provider's events wait until `letEventsIn`. */
  holdEvents(): void;
  letEventsIn(order?: 'as_sent' | 'backwards'): Promise<void>;
}

/** After so many deliveries a queue moves a message out of the way, to where an alarm looks. */
const mostDeliveries = 10;

/** What a queue hands over once more: said so by the handler, or never answered because its process died. */
function isToComeAgain(error: unknown): boolean {
  return error instanceof RetryLater || error instanceof ProcessDied;
}

async function orAgain(act: () => Promise<void>, putBack: () => unknown): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof ProcessDied)) throw error;
    putBack();
  }
}

export function openQueues(town: TownWorld): Queues {
  const { running: world, time } = town;
  let hints: ArrivedHint[] = [];
  let parked: ArrivedHint[] = [];
  let toHandle: InboundEvent[] = [];
  let areEventsHeld = false;

  async function settle(): Promise<void> {
    for (let round = 0; round < 500; round += 1) {
      takeEvents();
      const isBusy =
        (await echoOne()) || (await tellOne()) || (await wakeOne()) || (await applyOne());
      if (!isBusy) return;
    }
    throw new Error('The town does not come to rest.');
  }

  function takeEvents(): void {
    for (const event of [...town.provider.takeEvents(), ...town.shopProvider.takeEvents()]) {
      hints.push({ id: `evt_${town.nextNumber()}`, event, deliveries: 0 });
    }
  }

  async function echoOne(): Promise<boolean> {
    const echo = town.echoes.shift();
    if (echo === undefined) return false;
    await orAgain(
      () => handleEvent(world, echo).then(() => undefined),
      () => town.echoes.push(echo),
    );
    return true;
  }

  async function tellOne(): Promise<boolean> {
    const entry = town.untold.shift();
    if (entry === undefined) return false;
    await orAgain(
      () => announceEntry(world, entry),
      () => town.untold.unshift(entry),
    );
    return true;
  }

  async function wakeOne(): Promise<boolean> {
    const at = town.wakes.findIndex((each) => each.atMs <= time.nowMs);
    const [wake] = at === -1 ? [] : town.wakes.splice(at, 1);
    if (wake === undefined) return false;
    await orAgain(
      () => advance(world, wake.subject).then(() => undefined),
      () => town.wakes.push(wake),
    );
    return true;
  }

  async function applyOne(): Promise<boolean> {
    const arrived = areEventsHeld ? undefined : hints.shift();
    if (arrived === undefined) return false;
    const again = { ...arrived, deliveries: arrived.deliveries + 1 };
    try {
      await applyProviderEvent(world, { ...again, eventId: again.id });
    } catch (error) {
      if (!isToComeAgain(error)) throw error;
      if (again.deliveries < mostDeliveries) parked.push(again);
    }
    return true;
  }

  async function receive(event: InboundEvent): Promise<void> {
    try {
      await handleEvent(world, event);
    } catch (error) {
      if (!isToComeAgain(error)) throw error;
      toHandle.push(event);
    }
    await sayToOthers();
    await settle();
  }

  /** What was never tried yet is at the front of its own queue. */
  async function sayToOthers(): Promise<void> {
    const { unsent } = town;
    const fresh = unsent.filter(({ attempts }) => attempts === 0);
    unsent.splice(0, unsent.length, ...unsent.filter(({ attempts }) => attempts > 0));
    for (const item of fresh) await receiveUnsent(item);
  }

  async function receiveUnsent(item: (typeof town.unsent)[number]): Promise<void> {
    const { id, to, attempts } = item;
    await receive({
      kind: 'unsent',
      id: `unsent:${id}:${attempts}`,
      address: to,
      atMs: time.nowMs,
      outboxId: id,
    });
  }

  async function later(ms: number): Promise<void> {
    time.nowMs += ms;
    hints = [...parked.splice(0), ...hints];
    for (const event of toHandle.splice(0)) await receive(event);
    for (const item of town.unsent.splice(0)) await receiveUnsent(item);
    await settle();
    // A sweep that dies is no loss: the next one comes in a minute.
    await orAgain(
      () => sweep(world).then(() => undefined),
      () => undefined,
    );
    await settle();
  }

  return {
    settle,
    later,
    receive,
    holdEvents: () => {
      areEventsHeld = true;
    },
    async letEventsIn(order = 'as_sent') {
      areEventsHeld = false;
      takeEvents();
      if (order === 'backwards') hints.reverse();
      await settle();
    },
    async hint(event, { id = `evt_${town.nextNumber()}`, deliveries = 1 } = {}) {
      const settled = await applyProviderEvent(world, { eventId: id, event, deliveries });
      await settle();
      return settled;
    },
  };
}
