// The whole machine for one file of stories: its people, its clock, and the doors of what stands in for Messenger and Stripe.
import * as z from 'zod/mini';
import { inject } from 'vitest';
import type { LogEntry } from '../../../local/cloud/local-cloud.ts';
import { defaultSettings, type MachineSettings } from '../../../local/machine-settings.ts';
import { type Machine, startMachine } from '../../../local/machine.ts';
import { setUpLocalPage } from '../../../local/seed.ts';
import { assemblyDir } from './assembly.ts';
import { type Person, person } from './person.ts';
import { atDoor, type StandInPerson, standInPhone } from './stand-in-phone.ts';
import { joins, setsUpPayouts } from './steps.ts';

const lineSchema = z.object({ amount: z.number(), currency: z.string() });
const booksSchema = z.object({
  charges: z.array(
    z.extend(lineSchema, {
      id: z.string(),
      paymentIntent: z.string(),
      refunded: z.number(),
      status: z.string(),
      metadata: z.record(z.string(), z.string()),
    }),
  ),
  refunds: z.array(
    z.extend(lineSchema, { id: z.string(), charge: z.string(), status: z.string() }),
  ),
  transfers: z.array(
    z.extend(lineSchema, { id: z.string(), sourceTransaction: z.string(), reversed: z.number() }),
  ),
  disputes: z.array(
    z.extend(lineSchema, { id: z.string(), charge: z.string(), status: z.string() }),
  ),
});

export type Books = z.infer<typeof booksSchema>;

export interface Wallet {
  readonly machine: Machine;
  readonly settings: MachineSettings;
  readonly tablePrefix: string;
  /** Everything that the functions and the cloud have logged. */
  readonly logs: LogEntry[];
  /** A stranger with a phone. */
  stranger(who?: Partial<StandInPerson>): Promise<Person & { readonly id: string }>;
  /** Somebody who has agreed and has a handle, which is their first name in lower case. */
  member(who?: Partial<StandInPerson>): Promise<Member>;
  /** A member whose payout account is set up. */
  payee(who?: Partial<StandInPerson>): Promise<Member>;
  /** Makes it later by that much, and waits until everything that this wakes is done. */
  later(ms: number): Promise<void>;
  /** Waits until nothing moves any more without the clock. */
  settled(): Promise<void>;
  messenger(path: string, body?: unknown): Promise<unknown>;
  stripe(path: string, body?: unknown): Promise<unknown>;
  /** What Stripe's stand-in has moved of payments with this note or amount, in minor units. */
  books(): Promise<Books>;
  close(): Promise<void>;
}

export interface Member extends Person {
  readonly id: string;
  readonly handle: string;
}

export const seconds = (count: number) => count * 1000;
export const minutes = (count: number) => count * seconds(60);
export const hours = (count: number) => count * minutes(60);
export const days = (count: number) => count * hours(24);

export async function openWallet(options: Partial<MachineSettings> = {}): Promise<Wallet> {
  const settings: MachineSettings = {
    ...defaultSettings,
    port: 0,
    dynamoDbUrl: inject('dynamoDbUrl'),
    ...options,
  };
  const logs: LogEntry[] = [];
  const tablePrefix = `journey-${crypto.randomUUID().slice(0, 8)}-`;
  const machine = await startMachine({
    settings,
    assemblyDir: await assemblyDir(settings.messengerPageId),
    tablePrefix,
    onLog: (entry) => logs.push(entry),
  });
  if (settings.graphApiUrl === undefined) await setUpLocalPage(machine, settings);
  const messenger = (path: string, body?: unknown) =>
    atDoor({ url: machine.messengerUrl }, path, body);
  const stripe = (path: string, body?: unknown) => atDoor({ url: machine.stripeUrl }, path, body);

  const stranger = async (who: Partial<StandInPerson> = {}) => {
    const name = who.name ?? newName();
    const door = { url: machine.messengerUrl, pageId: settings.messengerPageId };
    const phone = await standInPhone(door, { ...who, name });
    return { ...person(name, phone), id: phone.id };
  };
  const member = async (who: Partial<StandInPerson> = {}) => {
    const someone = await stranger(who);
    const handle = someone.name.split(' ')[0]?.toLowerCase() ?? '';
    await joins(someone, handle);
    return { ...someone, handle };
  };

  return {
    machine,
    settings,
    tablePrefix,
    logs,
    stranger,
    member,
    async payee(who) {
      const someone = await member(who);
      await setsUpPayouts(someone);
      return someone;
    },
    async later(ms) {
      await machine.settled();
      machine.clock.advance(ms);
      await machine.settled();
    },
    settled: machine.settled,
    messenger,
    stripe,
    books: async () => z.parse(booksSchema, await stripe('books')),
    close: () => machine.close(),
  };
}

let named = 0;

/** Nobody in these stories is called the same: "Annaa Archer", "Annab Archer". */
function newName(): string {
  named += 1;
  const letters = Array.from(named.toString(26).padStart(2, '0'), (digit) =>
    String.fromCodePoint(97 + Number.parseInt(digit, 26)),
  );
  return `Nell${letters.join('')} Archer`;
}
