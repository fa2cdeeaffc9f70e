// The stand-ins' bad days: through their control doors, at random moments, all the time that the people are at it.
import { atDoor } from '../journeys/driver/stand-in-phone.ts';
import type { MortalMachine } from '../journeys/driver/mortal-machine.ts';
import type { Random } from '../simulation/random.ts';
import type { Pulse } from './pulse.ts';
import type { Town } from './town.ts';

interface Fault {
  readonly at: 'stripe' | 'messenger';
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

type Maker = (random: Random) => Fault;

const calls = [
  '/v1/payment_intents',
  '/v1/transfers',
  '/v1/refunds',
  '/v1/checkout/sessions',
  '/v1/',
];

/** `timeout_…` is rare because it takes the eight seconds that the product waits. */
const stripeFaults = [
  [3, 'error_500_before'],
  [3, 'error_500_after'],
  [3, 'rate_limit_429'],
  [3, 'drop_before'],
  [3, 'drop_after'],
  [2, 'cut_body'],
  [3, 'delay'],
  [1, 'timeout_before'],
  [2, 'timeout_after'],
] as const;

const sendFaults = [
  { fault: 'error_500' },
  { fault: 'error', code: 613 },
  { fault: 'drop_before' },
  { fault: 'drop_after' },
  { fault: 'timeout_after' },
  { fault: 'delay', delayMs: 800 },
] as const;

/** One that is reordered waits for the next of its thread, or for the next life. */
const webhookFaults = [
  'duplicate',
  'duplicate',
  'delay',
  'delay',
  'no_signature',
  'forged_signature',
  'reorder',
] as const;

const makers: readonly (readonly [number, Maker])[] = [
  [
    6,
    (random) => ({
      at: 'stripe',
      path: 'faults',
      body: {
        match: { method: random.chance(0.8) ? 'POST' : 'GET', path: random.pick(calls) },
        fault: random.weighed(stripeFaults)[1],
        times: 1 + random.below(2),
      },
    }),
  ],
  [
    3,
    (random) => ({
      at: 'stripe',
      path: 'webhooks',
      body: {
        duplicate: random.below(3),
        order: random.pick(['fifo', 'reversed', 'shuffled']),
        delayMs: random.pick([0, 50, 2000, 20_000]),
        hold: random.chance(0.2),
      },
    }),
  ],
  [1, () => ({ at: 'stripe', path: 'webhooks/release', body: {} })],
  [3, (random) => ({ at: 'messenger', path: 'faults', body: random.pick(sendFaults) })],
  [
    2,
    (random) => ({
      at: 'messenger',
      path: 'webhook-faults',
      body: {
        fault: random.pick(webhookFaults),
        times: 1 + random.below(2),
      },
    }),
  ],
];

/** Waits, does one more harm, and so on. */
export async function makeTrouble(
  machine: MortalMachine,
  { town, pulse, random }: { readonly town: Town; readonly pulse: Pulse; readonly random: Random },
  stopping: AbortSignal,
): Promise<void> {
  while (!stopping.aborted) {
    await town.lives.up();
    // Trouble in proportion to what gets done, however slow the machine is.
    await pulse.after(1 + random.below(12));
    const { at, path, body } = random.weighed(makers)[1](random);
    const url = at === 'stripe' ? machine.stripeUrl : machine.messengerUrl;
    const isDone = await atDoor({ url }, path, body).then(
      () => true,
      () => false,
    );
    if (isDone) town.tally.faults += 1;
  }
}

/** Both vendors as they are on a good day. */
export async function endTrouble({ messengerUrl, stripeUrl }: MortalMachine): Promise<void> {
  const clear = async (path: string) => {
    const answer = await fetch(`${messengerUrl}/_stand-in/${path}`, { method: 'DELETE' });
    if (!answer.ok) throw new Error(`${path} are still there: ${answer.status}`);
  };
  await clear('faults');
  await clear('webhook-faults');
  await atDoor({ url: messengerUrl }, 'webhooks/release', {});
  await atDoor({ url: stripeUrl }, 'webhooks', { duplicate: 0, order: 'fifo', delayMs: 50 });
  await atDoor({ url: stripeUrl }, 'webhooks/release', {});
}
