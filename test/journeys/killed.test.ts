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
import { type Person, person } from './driver/person.ts';
import { atDoor, standInPhone } from './driver/stand-in-phone.ts';
import { joins, pays, setsUpPayouts } from './driver/steps.ts';

/** More than the usual tries: `CRASHES=200 npx vitest run test/journeys/killed.test.ts`. */
const crashes = Number(process.env['CRASHES'] ?? 26);
/** Every so often the tables die with it; otherwise they live on, as they do on AWS. */
const tablesDieEvery = 6;

/** What can be seen from outside, in order; the crash comes some milliseconds after it. */
const moments = ['written', 'reviewed', 'confirming', 'confirmed', 'undo over'] as const;
type Moment = (typeof moments)[number];
const delays: Record<Moment, readonly number[]> = {
  written: [0, 15, 40, 70, 110],
  reviewed: [0],
  confirming: [2, 10, 20, 30, 40, 55, 70, 90, 120, 160],
  confirmed: [0, 20, 60],
  'undo over': [0, 10, 25, 45, 70, 100, 150],
};

interface CrashPoint {
  readonly moment: Moment;
  readonly afterMs: number;
  readonly withTables: boolean;
}

const everyPoint = moments.flatMap((moment) =>
  delays[moment].map((afterMs) => ({ moment, afterMs })),
);

/** The usual points first; beyond them the same ones, a little later each round. */
function crashPoint(index: number): CrashPoint {
  const point = everyPoint[index % everyPoint.length];
  if (point === undefined) throw new Error('There are crash points.');
  const round = Math.floor(index / everyPoint.length);
  const afterMs = point.afterMs + round * 7;
  return { ...point, afterMs, withTables: index % tablesDieEvery === 0 };
}

let dataDir: string;
let machine: MortalMachine;
let ann: Person;
let bob: Person;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'tender-killed-'));
  machine = await mortalMachine({ assemblyDir: await assemblyDir(), dataDir });
  await machine.start();
  const door = { url: machine.messengerUrl, pageId: '1000' };
  ann = person('Ann Archer', await standInPhone(door, { name: 'Ann Archer' }));
  bob = person('Bob Stone', await standInPhone(door, { name: 'Bob Stone' }));
  await Promise.all([joins(ann, 'ann'), joins(bob, 'bob')]);
  await setsUpPayouts(bob);
  await ann.writes('send $1 to @bob');
  await pays(ann);
  await bob.sees(/sent you \$1\.00/u);
  await machine.advance(11_000);
  await ann.seesReceipts(1);
});
afterAll(async () => {
  await machine.kill({ withTables: true });
  rmSync(dataDir, { recursive: true, force: true });
});

/** Does what Ann does until the process is killed under her hands. */
async function paysUntilKilled(amount: string, point: CrashPoint): Promise<void> {
  const crash = async () => {
    await delay(point.afterMs);
    await machine.kill({ withTables: point.withTables });
  };
  await ann.writes(`send ${amount} to @bob`);
  if (point.moment === 'written') return crash();
  await ann.sees(starting(`Send ${amount}`));
  const page = await ann.opens('Review and pay');
  if (point.moment === 'reviewed') return crash();
  const confirming = page.press('Pay').catch(() => undefined);
  if (point.moment === 'confirming') return void (await Promise.all([confirming, crash()]));
  await confirming;
  if (point.moment === 'confirmed') return crash();
  await bob.sees(saying(`sent you ${amount}`));
  await machine.advance(11_000).catch(() => undefined);
  return crash();
}

/** What a person does who finds the page gone: opens it again from the thread, until both have their receipts. */
async function bringsToAnEnd(amount: string): Promise<void> {
  await eventually(
    async () => {
      if (await isOver(amount)) return true;
      await paysIfAsked(amount);
      await machine.advance(30_000);
      await delay(150);
      return undefined;
    },
    async () => `${amount} did not end:\n${(await ann.heard()).join('\n')}`,
  );
}

async function isOver(amount: string): Promise<boolean> {
  const receipt = new RegExp(`^Receipt .*Total ${Number(amount.slice(1))}\\b`, 'su');
  return (await ann.timesHeard(receipt)) > 0 && (await bob.timesHeard(receipt)) > 0;
}

async function paysIfAsked(amount: string): Promise<void> {
  const review = (await ann.phone.bubbles()).findLast(({ words }) =>
    words.startsWith(`Send ${amount}`),
  );
  const link = review?.taps.find(({ kind }) => kind === 'link');
  if (link?.kind !== 'link') return;
  const page = await ann.browser.open(link.url);
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
async function toldRight(amount: string): Promise<void> {
  const mentioned = (heard: readonly string[]) =>
    heard.filter((each) => each.includes(amount)).join('\n');
  const toAnn = mentioned(await ann.heard());
  const toBob = mentioned(await bob.heard());
  expect(toAnn).toMatch(saying(`${amount} to Bob Stone (@bob): charged`));
  expect(toAnn).toMatch(saying(`got your ${amount}`));
  expect(toBob).toMatch(saying(`sent you ${amount}`));
  expect(toBob).toMatch(saying(`${amount} from Ann is on its way`));
  expect(toAnn).not.toMatch(/did not go through|not confirmed in time|going back|Taken back/u);
  expect(toBob).not.toMatch(/took back|goes back/u);
}

test(
  `killed at ${crashes} moments of a payment: each is charged once, paid once, and told to both`,
  async () => {
    const repeated: string[] = [];
    for (let index = 0; index < crashes; index += 1) {
      const cents = 201 + index;
      const amount = `$${(cents / 100).toFixed(2)}`;
      const point = crashPoint(index);

      await paysUntilKilled(amount, point);
      await machine.start();
      await bringsToAnEnd(amount);

      const where = `${point.afterMs} ms after ${point.moment}`;
      expect(await moved(cents), where).toEqual({ charged: 1, refunded: 0, paidOut: 1 });
      await toldRight(amount);
      if ((await ann.timesHeard(saying(`got your ${amount}`))) > 1) repeated.push(where);
    }

    console.log(`crash points tried: ${crashes}, lost 0, doubled 0`);
    expect(repeated).toEqual([]);
  },
  60_000 + crashes * 20_000,
);
