// Blocking, unblocking and reporting: they stop contact in both directions.
import type { Command, RecipientText } from '../chat/command.ts';
import { answer, type Speaking, type Turn } from '../chat/turn.ts';
import { findRecipient } from './find-recipient.ts';
import { closeRequestsWith } from '../requests/answer-request.ts';
import type { Member } from './person.ts';
import { blocked, nobodyCalled, reported, unblocked } from './replies.ts';

export async function blockPerson(speaking: Speaking<Member>, who: RecipientText): Promise<Turn> {
  return withPerson(speaking, who, async (other) => {
    await speaking.world.blocks.block(speaking.person.id, other.id, speaking.world.clock.now());
    await closeRequestsWith(speaking, other.id);
    return answer(blocked(other));
  });
}

export async function unblockPerson(speaking: Speaking<Member>, who: RecipientText): Promise<Turn> {
  return withPerson(speaking, who, async (other) => {
    await speaking.world.blocks.unblock(speaking.person.id, other.id);
    return answer(unblocked(other));
  });
}

export async function reportPerson(
  speaking: Speaking<Member>,
  said: Extract<Command, { kind: 'report' }>,
): Promise<Turn> {
  const { world, person, event } = speaking;
  return withPerson(speaking, said.who, async (other) => {
    const atMs = world.clock.now();
    await world.reports.add({
      id: world.ids.derived('rep', event.id),
      reporterId: person.id,
      reportedId: other.id,
      atMs,
      ...(said.reason === undefined ? {} : { reason: said.reason }),
    });
    await world.blocks.block(person.id, other.id, atMs);
    await closeRequestsWith(speaking, other.id);
    return answer(reported(other));
  });
}

async function withPerson(
  speaking: Speaking<Member>,
  who: RecipientText,
  act: (other: Member) => Promise<Turn>,
): Promise<Turn> {
  const found = await findRecipient(speaking.world, speaking.person, who);
  switch (found.kind) {
    case 'one':
      return act(found.person);
    case 'oneself':
      return answer('That is you.');
    case 'several':
      return answer(
        `I know more than one. Write the handle: ${found.people.map((each) => `@${each.handle}`).join(', ')}.`,
      );
    case 'none':
      return answer(nobodyCalled(who));
  }
}
