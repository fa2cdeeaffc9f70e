// The process dies (kill -9) at many moments of a payment and is started again on its data: nothing lost, nothing doubled.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { assemblyDir } from './driver/assembly.ts';
import { eventually } from './driver/eventually.ts';
import { type MortalMachine, mortalMachine } from './driver/mortal-machine.ts';
import type { Page } from './driver/browser.ts';
import { type Person, person } from './driver/person.ts';
import { atDoor, standInPhone } from './driver/stand-in-phone.ts';
import { joins, pays, setsUpPayouts } from './driver/steps.ts';

/** How often it is killed, each time amid five payments; more often by `LONG=1 KILLS=100 npx vitest run test/journeys/killed.test.ts`. */
const kills = Number(process.env['KILLS'] ?? 6);
/** Every so often the tables die with it; otherwise they live on, as they do on AWS. */
const tablesDieEvery = 3;

/** Milliseconds between what people do at once and the kill; later rounds fall in between. */
const delaysMs = [0, 25, 60, 110, 180, 280];
/** Two of them do the same a moment later. */
const momentMs = 35;

function delayOf(round: number): number {
  return (delaysMs[round % delaysMs.length] ?? 0) + Math.floor(round / delaysMs.length) * 7;
}

let dataDir: string;
let machine: MortalMachine;
/** Two write, two confirm, and one has paid and may no longer undo, when the process dies. */
let payers: readonly Person[];
let bob: Person;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'tender-killed-'));
  machine = await mortalMachine({ assemblyDir: await assemblyDir(), dataDir });
  await machine.start();
  const door = { url: machine.messengerUrl, pageId: '1000' };
  const newPerson = async (name: string) => {
    const someone = person(name, await standInPhone(door, { name }));
    await joins(someone, name.slice(0, 3).toLowerCase());
    return someone;
  };
  bob = await newPerson('Bob Stone');
  await setsUpPayouts(bob);
  const newPayer = async (name: string) => {
    const payer = await newPerson(name);
    await payer.writes('send $1 to @bob');
    await pays(payer);
    await payer.sees(/charged to your Visa/u);
    return payer;
  };
  const names = ['Ann Archer', 'Cid Cooper', 'Eve Ellis', 'Fay Fisher', 'Gus Grant'];
  payers = await Promise.all(names.map(newPayer));
  await machine.advance(11_000);
  for (const payer of payers) await payer.seesReceipts(1);
});
afterAll(async () => {
  await machine.kill({ withTables: true });
  rmSync(dataDir, { recursive: true, force: true });
});

/** Of one round: what each of them sends. */
type Payments = readonly {
  readonly payer: Person;
  readonly cents: number;
  readonly amount: string;
}[];

function paymentsOf(round: number): Payments {
  return payers.map((payer, index) => {
    const cents = 201 + round * payers.length + index;
    return { payer, cents, amount: `$${(cents / 100).toFixed(2)}` };
  });
}

/** Five payments at different steps of their lives, and a kill in the middle of all. */
async function payUntilKilled(payments: Payments, round: number): Promise<void> {
  const writers = payments.slice(0, 2);
  const pages = await Promise.all(payments.slice(2).map(review));
  await pages.pop()?.press('Pay');
  await bob.sees(saying(`sent you ${payments.at(-1)?.amount}`));

  const underWay = [
    ...writers.map(async ({ payer, amount }, index) => {
      await delay(index * momentMs);
      await payer.writes(`send ${amount} to @bob`);
    }),
    ...pages.map(async (page, index) => {
      await delay(index * momentMs);
      await page.press('Pay');
    }),
    machine.advance(11_000),
  ];
  const cutShort = Promise.allSettled(underWay);
  await delay(delayOf(round));
  await machine.kill({ withTables: round % tablesDieEvery === 0 });
  await cutShort;
}

async function review({ payer, amount }: Payments[number]): Promise<Page> {
  await payer.writes(`send ${amount} to @bob`);
  await payer.sees(starting(`Send ${amount}`));
  return payer.opens('Review and pay');
}

/** What people do who find the page gone: open it again from the thread, until all have their receipts. */
async function bringToAnEnd(payments: Payments): Promise<void> {
  await eventually(
    async () => {
      const open = [];
      for (const payment of payments) if (!(await isOver(payment))) open.push(payment);
      if (open.length === 0) return true;
      await Promise.all(open.map(payIfAsked));
      await machine.advance(60_000);
      await delay(200);
      return undefined;
    },
    async () => {
      const threads = await Promise.all(payments.map(({ payer }) => payer.heard()));
      return `These did not end:\n${threads.map((heard) => heard.slice(-8).join('\n')).join('\n\n')}`;
    },
  );
}

async function isOver({ payer, amount }: Payments[number]): Promise<boolean> {
  const receipt = new RegExp(`^Receipt .*Total ${Number(amount.slice(1))}\\b`, 'su');
  return (await payer.timesHeard(receipt)) > 0 && (await bob.timesHeard(receipt)) > 0;
}

/** What their own phone did not take any more is not in the thread: they write it again. */
async function payIfAsked({ payer, amount }: Payments[number]): Promise<void> {
  const bubbles = await payer.phone.bubbles();
  const wish = `send ${amount} to @bob`;
  if (!bubbles.some(({ words }) => words === wish)) return payer.writes(wish);
  const review = bubbles.findLast(({ words }) => words.startsWith(`Send ${amount}`));
  const link = review?.taps.find(({ kind }) => kind === 'link');
  if (link?.kind !== 'link') return;
  const page = await payer.browser.open(link.url);
  if (page.hasButton('Pay')) await page.press('Pay');
}

const escaped = (text: string) => text.replaceAll(/[$.()]/gu, String.raw`\$&`);
const starting = (text: string) => new RegExp(`^${escaped(text)}`, 'u');
const saying = (text: string) => new RegExp(escaped(text), 'u');

const booksSchema = z.object({
  charges: z.array(z.object({ amount: z.number(), refunded: z.number(), status: z.string() })),
  transfers: z.array(z.object({ amount: z.number(), reversed: z.number() })),
});

async function moved(cents: number) {
  const books = z.parse(booksSchema, await atDoor({ url: machine.stripeUrl }, 'books'));
  return {
    charged: books.charges.filter(
      ({ amount, status }) => amount === cents && status === 'succeeded',
    ).length,
    refunded: books.charges.filter(({ amount, refunded }) => amount === cents && refunded > 0)
      .length,
    paidOut: books.transfers.filter(({ amount }) => amount === cents).length,
  };
}

/** Each thing told once or more, and nothing that contradicts it. */
async function toldRight({ payer, amount }: Payments[number]): Promise<void> {
  const mentioned = (heard: readonly string[]) =>
    heard.filter((each) => each.includes(amount)).join('\n');
  const toPayer = mentioned(await payer.heard());
  const toBob = mentioned(await bob.heard());
  expect(toPayer).toMatch(saying(`${amount} to Bob Stone (@bob): charged`));
  expect(toPayer).toMatch(saying(`got your ${amount}`));
  expect(toBob).toMatch(saying(`sent you ${amount}`));
  expect(toBob).toMatch(saying(`${amount} from ${payer.name.slice(0, 3)} is on its way`));
  expect(toPayer).not.toMatch(/did not go through|not confirmed in time|going back|Taken back/u);
  expect(toBob).not.toMatch(/took back|goes back/u);
}

test(
  `killed ${kills} times amid five payments: each is charged once, paid once, and told to both`,
  async () => {
    const saidTwice: string[] = [];
    for (let round = 0; round < kills; round += 1) {
      const payments = paymentsOf(round);

      await payUntilKilled(payments, round);
      await machine.start();
      await bringToAnEnd(payments);

      for (const payment of payments) {
        const once = { charged: 1, refunded: 0, paidOut: 1 };
        expect(await moved(payment.cents), `${delayOf(round)} ms`).toEqual(once);
        await toldRight(payment);
        const { payer, amount } = payment;
        if ((await payer.timesHeard(saying(`got your ${amount}`))) > 1) saidTwice.push(amount);
      }
    }

    console.log(
      `crash points tried: ${kills * payers.length} in ${kills} kills, lost 0, doubled 0`,
    );
    expect(saidTwice).toEqual([]);
  },
  60_000 + kills * 20_000,
);
