// Money from one to another: sent, sometimes taken back, sometimes for whoever opens a link first.
import type { Bubble } from '../../journeys/driver/bubble.ts';
import { addsCard, confirms } from '../../journeys/driver/steps.ts';
import type { Member, Player } from '../town.ts';

type Sender = Player<Member>;

export function anotherThan({ town, who, random }: Sender): Member {
  return random.pick(town.members.filter((each) => each.handle !== who.handle));
}

/** Few dollars: nobody's limits are in the way. */
export function amountOf({ random }: Sender): string {
  return `$${(1 + random.below(100) / 100).toFixed(2)}`;
}

export async function sends(player: Sender): Promise<void> {
  const { town, who, random } = player;
  const note = town.tally.newNote();
  town.tally.payments += 1;
  await who.writes(`send ${amountOf(player)} to @${anotherThan(player).handle} for ${note}`);
  await paysFor(player, note);
  if (random.chance(0.4)) await takesBack(player, note);
}

/** What is sent to somebody without a handle is whoever's follows the link: here two at once. */
export async function sendsByLink(player: Sender): Promise<void> {
  const { town, who } = player;
  const note = town.tally.newNote();
  town.tally.payments += 1;
  await who.writes(`send ${amountOf(player)} to cousin zed for ${note}`);
  await paysFor(player, note);
  const { words } = await who.sees(new RegExp(`${quoted(note)}.*Forward this link`, 'u'));
  const ref = /m\.me\/\d+\?ref=([\w=-]+)/u.exec(words)?.[1] ?? '';
  const others = town.members.filter((each) => each.handle !== who.handle);
  await Promise.all(others.slice(0, 2).map((each) => each.phone.follow(ref)));
}

/** From the review in the thread to the end of what our page says; opened again when the machine dies meanwhile. */
export async function paysFor({ town, who, random }: Sender, note: string): Promise<void> {
  const review = await who.sees(new RegExp(`^Send .*${quoted(note)}`, 'u'));
  const isTwice = random.chance(0.2);
  await town.lives.outlive(async () => {
    const page = await who.browser.open(linkIn(review));
    const ready = page.hasButton('Add a card') ? await addsCard(page) : page;
    if (!ready.hasButton('Pay')) return;
    await Promise.all(isTwice ? [confirms(ready), confirms(ready)] : [confirms(ready)]);
  });
}

async function takesBack({ who }: Sender, note: string): Promise<void> {
  const sent = await who.sees(new RegExp(`${quoted(note)}: charged`, 'u'));
  const undo = sent.taps.find(({ title }) => title === 'Undo' || title === 'Take it back');
  if (undo === undefined || undo.kind === 'link') return;
  await Promise.all([who.phone.tap(undo), who.phone.tap(undo)]);
}

export function linkIn({ words, taps }: Bubble): string {
  const link = taps.find(({ kind }) => kind === 'link');
  if (link?.kind !== 'link') throw new Error(`No link in: ${words}`);
  return link.url;
}

export const quoted = (note: string) => `“${note}”`;
