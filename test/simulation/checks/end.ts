// What must be so when nothing is due any more: everything final, everybody told, nothing left lying about.
import * as z from 'zod/mini';
import type { Item } from '../cloud/expressions.ts';
import type { Town } from '../town.ts';
import { Violation } from '../violation.ts';
import type { Ledger } from './ledger.ts';
import type { ProviderBooks } from './provider-books.ts';
import type { Told } from './told.ts';

const finalStates: ReadonlySet<string> = new Set([
  // Payments.
  'declined',
  'cancelled',
  'paid',
  'refunded',
  'lost',
  'review',
  // Requests and orders beside those.
  'expired',
  'preparing',
  'ready',
  'fulfilled',
  'conflicted',
]);

const outOfSight = z.object({ dispute: z.object({ isOutOfSight: z.literal(true) }) });

export async function checkEnd(run: {
  readonly town: Town;
  readonly ledger: Ledger;
  readonly books: ProviderBooks;
  readonly told: Told;
  readonly underWay: ReadonlySet<unknown>;
}): Promise<void> {
  const { town, ledger, books, told } = run;
  checkQueues(town);
  if (run.underWay.size > 0) throw new Violation('Somebody still waits for a page.');
  for (const id of ledger.entries.keys()) checkSubject(ledger, id);
  books.compareAtTheEnd();
  await told.checkAtTheEnd();
}

/** Single faults are outlived by the tries that a message has; only an outage fills a dead-letter queue. */
export function checkNothingGivenUp({ cloud }: Town): void {
  for (const { name, dead } of Object.values(cloud.queues)) {
    const [first] = dead;
    if (first !== undefined)
      throw new Violation(`A message of ${name} was given up: ${first.body}`);
  }
}

function checkQueues(town: Town): void {
  const { cloud, messenger, stripePosts } = town;
  checkNothingGivenUp(town);
  for (const queue of Object.values(cloud.queues))
    if (queue.size > 0) throw new Violation(`${queue.size} messages still wait in ${queue.name}.`);
  for (const { name, size, dead } of cloud.streams) {
    if (size > 0) throw new Violation(`${size} records still wait for ${name}.`);
    if (dead.length > 0)
      throw new Violation(
        `A record was given up by ${name}: ${JSON.stringify(dead[0]?.dynamodb?.Keys)}`,
      );
  }
  if (messenger.posts.length + stripePosts.length > 0)
    throw new Violation('A webhook was never taken.');
}

function checkSubject(ledger: Ledger, id: string): void {
  const item = ledger.item(id);
  const state = String(item?.['state']);
  if (!finalStates.has(state) && !isWithAPerson(ledger, item))
    throw new Violation(`${id} is still ${state}.`);
  if (item?.['dueAtMs'] !== undefined) throw new Violation(`${id} is ${state} and still due.`);
  if (state === 'review' && item?.['reason'] === undefined)
    throw new Violation(`${id} is in review for no reason.`);
  if (state === 'review' || isOutOfSight(item)) return;
  for (const account of [`held:${id}`, `disputed:${id}`])
    if (ledger.balance(id, account) !== 0)
      throw new Violation(`${account} has ${ledger.balance(id, account)} although ${state}.`);
}

/** A request is as far as the payment that answers it: that one says why a person has to look. */
function isWithAPerson(ledger: Ledger, item: Item | undefined): boolean {
  const { state, paymentId } = item ?? {};
  return state === 'paying' && ledger.item(String(paymentId))?.['state'] === 'review';
}

/** Of an account that has left us nobody tells how a dispute ends. */
function isOutOfSight(item: Item | undefined): boolean {
  return z.safeParse(outOfSight, item).success;
}
