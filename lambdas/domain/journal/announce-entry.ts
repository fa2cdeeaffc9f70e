// Tells the people concerned what a journal entry says happened, and wakes its subject when it is due.
import type { OrderEntry } from '../orders/ports.ts';
import type { PaymentEntry } from '../payments/ports.ts';
import type { RequestEntry } from '../requests/money-request.ts';
import type { World } from '../world.ts';
import { announceOrder, type OrderNewsWorld } from './announce-order.ts';
import { announcePayment, type PaymentNewsWorld } from './announce-payment.ts';
import { announceRequest, type RequestNewsWorld } from './announce-request.ts';

/** SQS delays a message 15 minutes at most; what is due later is found by the sweeper. */
export const longestWakeSeconds = 900;

export type AnnounceWorld = PaymentNewsWorld & RequestNewsWorld & OrderNewsWorld;

export type AnyStep = PaymentEntry | RequestEntry | OrderEntry;

/** An entry handled twice says nothing twice: each bubble has an outbox id made of the entry. */
export async function announceEntry(world: AnnounceWorld, entry: AnyStep): Promise<void> {
  await wakeWhenDue(world, entry);
  if (isAboutOrder(entry)) await announceOrder(world, entry);
  else if (isAboutPayment(entry)) await announcePayment(world, entry);
  else await announceRequest(world, entry);
}

function isAboutOrder(entry: AnyStep): entry is OrderEntry {
  return entry.subject.startsWith('ord_');
}

function isAboutPayment(entry: PaymentEntry | RequestEntry): entry is PaymentEntry {
  return entry.subject.startsWith('pay_');
}

async function wakeWhenDue(
  world: Pick<World, 'dueQueue' | 'clock'>,
  entry: AnyStep,
): Promise<void> {
  if (entry.dueAtMs === undefined) return;
  const inSeconds = Math.max(0, Math.ceil((entry.dueAtMs - world.clock.now()) / 1000));
  if (inSeconds <= longestWakeSeconds) await world.dueQueue.wake(entry.subject, inSeconds);
}
