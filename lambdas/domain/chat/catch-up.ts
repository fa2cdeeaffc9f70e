// Somebody is back after a day or more: a template told them only that there is news, so now they see it.
import { makeLink } from '../links/make-link.ts';
import { isReadyToBePaid, type Member } from '../people/person.ts';
import type { Command } from './command.ts';
import { isWindowOpen } from './conversation.ts';
import type { Reply } from './reply.ts';
import { showActivity } from './show-activity.ts';
import type { Speaking, Turn } from './turn.ts';

/** Undefined where they were never away, or where what they wrote asks for something of its own. */
export async function catchUp(
  speaking: Speaking<Member>,
  command: Command,
): Promise<Turn | undefined> {
  const { world, conversation } = speaking;
  const wasAway = conversation.version > 0 && !isWindowOpen(conversation, world.clock.now());
  if (!wasAway || !isAnything(command)) return undefined;
  const [activity, waiting] = [await showActivity(speaking, undefined), await whatWaits(speaking)];
  return { replies: [...activity.replies, ...waiting] };
}

/** "hi", "what is it?", "ok": no more than a sign of life. */
function isAnything(command: Command): boolean {
  if (command.kind === 'not_understood')
    return ['nothing_like_a_command', 'question', 'statement'].includes(command.why);
  return command.kind === 'start' || command.kind === 'yes' || command.kind === 'no';
}

/** Money that they can have as soon as they say where to pay it. */
async function whatWaits({ world, person, event }: Speaking<Member>): Promise<Reply[]> {
  if (isReadyToBePaid(person)) return [];
  const [held] = await world.payments.heldFor(person.id, 1);
  if (held === undefined) return [];
  const purpose = { kind: 'payout' } as const;
  const url = await makeLink(world, { purpose, personId: person.id, address: event.address });
  const text = 'Money waits for you. Tell us where to pay it, or it goes back.';
  return [{ kind: 'buttons', text, buttons: [{ kind: 'link', title: 'Get paid', url }] }];
}
