// In the wallet: what a link from a shop would join is shown first, and only the tap on Join goes on with it.
import type { Command } from '../chat/command.ts';
import type { PendingQuestion } from '../chat/conversation.ts';
import { answer, type Speaking, type Turn } from '../chat/turn.ts';
import { lookAtJoin, wantJoin } from './join-address.ts';
import {
  askToConfirmAtShop,
  askToJoin,
  joinAnswer,
  noJoin,
  notJoined,
  tapToJoin,
  waitsAtShop,
} from './join-replies.ts';
import type { Member } from './person.ts';

export async function showJoin(speaking: Speaking<Member>, token: string): Promise<Turn> {
  const { world, person } = speaking;
  const fingerprint = world.tokens.fingerprint(token);
  const seen = await lookAtJoin(world, fingerprint, person);
  if (seen.kind === 'not') return answer(noJoin(seen.why));
  const shop = await world.shops.get(seen.link.purpose.shopId);
  if (shop === undefined) return answer(noJoin('unknown'));
  return {
    replies: [askToJoin({ shop, customer: seen.customer, member: person, fingerprint })],
    pending: { kind: 'join_address', fingerprint },
  };
}

/** "yes" alone may mean anything: joining takes the button, and that of this question. */
export async function answerJoin(
  speaking: Speaking<Member>,
  pending: Extract<PendingQuestion, { kind: 'join_address' }>,
  said: Extract<Command, { kind: 'answer' | 'yes' | 'no' }>,
): Promise<Turn> {
  if (said.kind === 'no') return answer(notJoined);
  const isTapped = said.kind === 'answer' && said.payload === joinAnswer(pending.fingerprint);
  return isTapped
    ? join(speaking, pending.fingerprint)
    : { replies: [tapToJoin(pending.fingerprint)], pending };
}

async function join({ world, person }: Speaking<Member>, fingerprint: string): Promise<Turn> {
  const asked = await wantJoin(world, fingerprint, person);
  if (asked.kind === 'not') return answer(noJoin(asked.why));
  const shop = await world.shops.get(asked.link.purpose.shopId);
  if (shop === undefined) return answer(noJoin('unknown'));
  return {
    replies: [waitsAtShop(shop)],
    toOthers: [{ to: asked.link.address, reply: askToConfirmAtShop(person, fingerprint) }],
  };
}
