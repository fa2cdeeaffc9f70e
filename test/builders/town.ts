// A town on the twins: people who chat, tap and open pages against the real domain, on a clock that only moves when told.
import type { MemoryProvider } from '../../lambdas/adapters/memory/payment-provider.ts';
import type { InboundEvent } from '../../lambdas/domain/chat/inbound-event.ts';
import type { SendOutcome } from '../../lambdas/domain/chat/ports.ts';
import { advance } from '../../lambdas/domain/payments/advance.ts';
import type { Payment } from '../../lambdas/domain/payments/payment.ts';
import type { PersonId } from '../../lambdas/domain/people/person.ts';
import type { World } from '../../lambdas/domain/world.ts';
import { checkBooks, paymentIds } from './town/check-books.ts';
import { makeNeighbour, type Neighbour } from './town/neighbour.ts';
import { openQueues, type Queues } from './town/queues.ts';
import {
  type Entry,
  openTownWorld,
  type TownOptions,
  type TownProfile,
} from './town/town-world.ts';

export { somePin, type Neighbour } from './town/neighbour.ts';
export { type TownOptions } from './town/town-world.ts';

export interface Town
  extends Pick<Queues, 'settle' | 'later' | 'hint' | 'holdEvents' | 'letEventsIn'> {
  readonly world: World;
  readonly provider: MemoryProvider;
  readonly entries: readonly Entry[];
  /** Moves the clock; nothing else happens. */
  pass(ms: number): void;
  /** From due date to due date until nothing waits any more, for at most so many days. */
  untilNothingIsDue(mostDays?: number): Promise<void>;
  /** A new person on the wallet's page; a name, or a profile as odd as may be. */
  person(profile: string | TownProfile): Neighbour;
  /** A person who has agreed to the terms and has this handle. */
  member(name: string, handle: string): Promise<Neighbour>;
  /** A member who is set up to be paid. */
  payee(name: string, handle: string): Promise<Neighbour>;
  handle(event: InboundEvent): Promise<void>;
  /** What the next send of a bubble comes to, instead of `sent`. */
  failNextSend(outcome: SendOutcome): void;
  /** Wakes a subject as the due queue would. */
  wake(subject: string): Promise<void>;
  payments(): Promise<Payment[]>;
  /** The newest payment of somebody. */
  paymentOf(who: Neighbour): Promise<Payment>;
  /** Throws when a rule of the books is broken. */
  checkBooks(): Promise<void>;
}

const dayMs = 24 * 60 * 60 * 1000;

export function openTown(options: TownOptions = {}): Town {
  const town = openTownWorld(options);
  const queues = openQueues(town);
  const { world, time } = town;

  const payments = async () =>
    (await Promise.all(paymentIds(town.entries).map((id) => world.payments.get(id)))).filter(
      (each) => each !== undefined,
    );

  const person = (profile: string | TownProfile) =>
    makeNeighbour(town, queues, typeof profile === 'string' ? { name: profile } : profile);

  async function member(name: string, handle: string): Promise<Neighbour> {
    const self = person({ name, locale: 'en_US' });
    await self.does({ kind: 'postback', payload: 'v1:start' });
    await self.taps('I agree');
    await self.says(`@${handle}`);
    await self.member();
    return self;
  }

  async function untilNothingIsDue(mostDays = 60): Promise<void> {
    const endMs = time.nowMs + mostDays * dayMs;
    for (let round = 0; round < 200; round += 1) {
      const due = (await payments()).flatMap(({ dueAtMs }) => dueAtMs ?? []);
      const nextMs = Math.min(...due);
      if (!Number.isFinite(nextMs) || nextMs > endMs) return;
      await queues.later(Math.max(60_000, nextMs - time.nowMs));
    }
    throw new Error('Something is due for ever.');
  }

  return {
    ...queues,
    world,
    provider: town.provider,
    entries: town.entries,
    person,
    member,
    payments,
    untilNothingIsDue,
    pass: (ms) => {
      time.nowMs += ms;
    },
    failNextSend: (outcome) => void town.nextSends.push(outcome),
    handle: (event) => queues.receive(event),
    checkBooks: () => checkBooks(town),
    async wake(subject) {
      await advance(world, subject);
      await queues.settle();
    },
    async paymentOf(who) {
      const [newest] = await world.payments.ofPerson(await who.id(), { limit: 1 });
      if (newest === undefined) throw new Error('They have no payment.');
      return newest;
    },
    async payee(name, handle) {
      const self = await member(name, handle);
      await self.says('who am i');
      await self.setsUpPayouts('Set up payouts');
      return self;
    },
  };
}

export async function paymentsOf(town: Town, personId: PersonId) {
  return town.world.payments.ofPerson(personId, { limit: 20 });
}
