// Asking another for money, who pays, declines, or lets it lie.
import type { Member, Player } from '../town.ts';
import { amountOf, anotherThan, paysFor, quoted } from './sending.ts';

export async function asks(player: Player<Member>): Promise<void> {
  const { town, who, random } = player;
  const note = town.tally.newNote();
  town.tally.payments += 1;
  const asked = anotherThan(player);
  await who.writes(`ask @${asked.handle} for ${amountOf(player)} for ${note}`);
  const request = await asked.sees(new RegExp(`asks you for .*${quoted(note)}`, 'u'));
  const answer = random.weighed([
    [6, 'Pay'],
    [1, 'Decline'],
    [1, 'nothing'],
  ] as const)[1];
  const tap = request.taps.find(({ title }) => title === answer);
  if (tap === undefined || tap.kind === 'link') return;
  await asked.phone.tap(tap);
  if (answer === 'Pay') await paysFor({ ...player, who: asked }, note);
}
