// Until nothing is due any more: the machine comes to rest, it becomes later, and so on.
import * as z from 'zod/mini';
import { openBooks } from '../../bin/books/open-books.ts';
import { untilSettled } from '../../local/until-settled.ts';
import type { MortalMachine } from '../journeys/driver/mortal-machine.ts';
import { atDoor } from '../journeys/driver/stand-in-phone.ts';

const second = 1000;
const minute = 60 * second;
const day = 24 * 60 * minute;

/** As answers that never came are asked for again; claims wait seven days, requests fourteen. */
const first = [31 * second, 3 * minute, 6 * minute, 61 * minute];
/** Later than this, what is still due is stuck. */
const mostDays = 24;

/** Answers how many dead letters the operator had to send back, as the runbook says. */
export async function comeToRest(machine: MortalMachine): Promise<number> {
  for (const ms of first) await later(machine, ms);
  const sentBack = await sendBackDeadLetters(machine);
  for (let days = 0; days < mostDays && (await isDue(machine)); days += 1)
    await later(machine, day);
  // So that nothing is too fresh for the bookkeeper.
  await later(machine, 2 * 60 * minute);
  return sentBack;
}

/** What a message was killed with too often is harmless now. */
async function sendBackDeadLetters({ url }: MortalMachine): Promise<number> {
  const answer = await atDoor({ url }, 'queues', {});
  return z.parse(z.object({ moved: z.number() }), answer).moved;
}

async function later(machine: MortalMachine, ms: number): Promise<void> {
  await settled(machine);
  await machine.advance(ms);
  await settled(machine);
}

async function isDue({ url }: MortalMachine): Promise<boolean> {
  const { shelf } = await openBooks({ PORT: new URL(url).port });
  for await (const book of shelf.books())
    if (book.of !== 'unreadable' && book.subject?.dueAtMs !== undefined) return true;
  return false;
}

const queuesSchema = z.object({
  queues: z.array(
    z.object({
      name: z.string(),
      visible: z.number(),
      inFlight: z.number(),
      delayed: z.number(),
    }),
  ),
});

export type QueueState = z.infer<typeof queuesSchema>['queues'][number];

/** What waits in each queue, once nothing moves without the clock. */
export async function queuesAtRest({ url }: MortalMachine): Promise<QueueState[]> {
  return z.parse(queuesSchema, await atDoor({ url }, 'queues')).queues;
}

const fromMetaSchema = z.array(z.object({ attempts: z.array(z.unknown()) }));
const fromStripeSchema = z.object({ pending: z.array(z.object({ attempts: z.number() })) });

/** How often each webhook that has not arrived yet was tried. */
export async function webhooksUnderWay(machine: MortalMachine): Promise<number[]> {
  const { messengerUrl, stripeUrl } = machine;
  const fromMeta = await atDoor({ url: messengerUrl }, 'webhooks?state=pending');
  const fromStripe = await atDoor({ url: stripeUrl }, 'webhooks');
  return [
    ...z.parse(fromMetaSchema, fromMeta).map(({ attempts }) => attempts.length),
    ...z.parse(fromStripeSchema, fromStripe).pending.map(({ attempts }) => attempts),
  ];
}

/** What a vendor tries again only later does not count. */
async function settled(machine: MortalMachine): Promise<void> {
  const vendor = {
    owesWebhook: async () => (await webhooksUnderWay(machine)).some((attempts) => attempts === 0),
  };
  await untilSettled(
    { idle: async () => void (await queuesAtRest(machine)) },
    [vendor],
    5 * minute,
  );
}
