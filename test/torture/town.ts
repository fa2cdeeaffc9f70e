// Who lives on the machine that is tortured: five people of the wallet, three customers of Joe's Coffee, and Joe.
import { setTimeout as delay } from 'node:timers/promises';
import { joesPage } from '../../local/joes-coffee/page.ts';
import { defaultSettings } from '../../local/machine-settings.ts';
import { joe as joeKeller } from '../../local/seed.ts';
import type { MortalMachine } from '../journeys/driver/mortal-machine.ts';
import { type Person, type Phone, person } from '../journeys/driver/person.ts';
import { standInPhone } from '../journeys/driver/stand-in-phone.ts';
import { joins, pays, setsUpPayouts } from '../journeys/driver/steps.ts';
import type { Random } from '../simulation/random.ts';
import type { Lives } from './lives.ts';
import type { Tally } from './tally.ts';

export interface Member extends Person {
  readonly handle: string;
}

export interface Town {
  readonly lives: Lives;
  readonly tally: Tally;
  readonly members: readonly Member[];
  readonly customers: readonly Person[];
  readonly joe: Person;
}

/** Somebody with something to do, and the chance that decides what. */
export interface Player<Who extends Person = Person> {
  readonly town: Town;
  readonly who: Who;
  readonly random: Random;
}

/** More are in no one's mind at once, and long threads would be read again and again. */
const bubblesRead = 50;
const lookEveryMs = 400;

const names = ['Ann Archer', 'Bob Stone', 'Cid Cooper', 'Eve Ellis', 'Fay Fisher'];
/** The last of them never says where to be paid: what they are sent waits, and goes back. */
const payees = names.slice(0, -1);

export async function settle(
  machine: MortalMachine,
  parts: { readonly lives: Lives; readonly tally: Tally },
): Promise<Town> {
  const { lives } = parts;
  const newPerson = async (
    who: { readonly name: string; readonly id?: string },
    pageId: string,
  ) => {
    const door = { url: machine.messengerUrl, pageId, last: bubblesRead };
    const someone = person(who.name, enduring(await standInPhone(door, who), lives));
    // Whoever waits for words goes on waiting in the next life.
    return { ...someone, sees: (words: RegExp) => lives.outlive(() => someone.sees(words)) };
  };
  const members = await Promise.all(
    names.map(async (name) => moveIn(await newPerson({ name }, defaultSettings.messengerPageId))),
  );
  for (const member of members) await paysFirst(member, members);
  await machine.advance(11_000);
  const customers = await Promise.all(
    ['Cora Cole', 'Dan Drake', 'Ella East'].map(async (name) => {
      const customer = await newPerson({ name }, joesPage.id);
      await customer.phone.getStarted();
      return customer;
    }),
  );
  const joe = await newPerson(joeKeller, joesPage.id);
  return { ...parts, members, customers, joe };
}

async function moveIn(someone: Person): Promise<Member> {
  const handle = someone.name.slice(0, 3).toLowerCase();
  await joins(someone, handle);
  if (payees.includes(someone.name)) await setsUpPayouts(someone);
  return { ...someone, handle };
}

/** So that everybody has a card and a PIN when the trouble begins. */
async function paysFirst(member: Member, all: readonly Member[]): Promise<void> {
  const other = all.find((each) => each !== member);
  await member.writes(`send $1 to @${other?.handle ?? ''} for moving in`);
  await pays(member);
  await member.sees(/charged to your Visa/u);
}

/** A phone that waits for the machine's next life where one ends under its fingers. */
function enduring(phone: Phone, { outlive }: Lives): Phone {
  return {
    write: (text) => outlive(() => phone.write(text)),
    tap: (tap) => outlive(() => phone.tap(tap)),
    getStarted: () => outlive(() => phone.getStarted()),
    follow: (ref) => outlive(() => phone.follow(ref)),
    bubbles: async () => {
      // Nine people who look twenty times a second would be most of the machine's work.
      await delay(lookEveryMs);
      return outlive(() => phone.bubbles());
    },
  };
}
