// The chats at a shop's Page that its people have now, and how they give one back without their inbox.
import { type Conversation, isWindowOpen } from '../chat/conversation.ts';
import type { EventQueue } from '../chat/ports.ts';
import type { Address } from '../people/address.ts';
import type { PersonId } from '../people/person.ts';
import type { World } from '../world.ts';
import type { Shop } from './shop.ts';

export interface WaitingThread {
  readonly address: Address;
  readonly personId: PersonId;
  readonly lastWroteAtMs: number;
  /** Given back once already, and Messenger did not let us have it: that is for the inbox to do. */
  readonly isStuck: boolean;
}

/** Whoever has waited longest comes first. A day after their last word a chat is ours again by itself. */
export async function waitingThreads(
  world: Pick<World, 'conversations' | 'clock'>,
  { pageId }: Pick<Shop, 'pageId'>,
): Promise<WaitingThread[]> {
  const conversations = await world.conversations.withTheShop(pageId);
  return conversations
    .flatMap((each) => asWaiting(each, world.clock.now()) ?? [])
    .sort((one, other) => one.lastWroteAtMs - other.lastWroteAtMs);
}

/** Undefined: nobody at this address waits for a person. */
export async function waitingAt(
  world: Pick<World, 'conversations' | 'clock'>,
  address: Address,
): Promise<WaitingThread | undefined> {
  const conversation = await world.conversations.of(address);
  return conversation && asWaiting(conversation, world.clock.now());
}

function asWaiting(conversation: Conversation, nowMs: number): WaitingThread | undefined {
  const { address, personId, pending, lastInboundAtMs: lastWroteAtMs } = conversation;
  const isWaiting = pending?.kind === 'with_the_shop' && isWindowOpen(conversation, nowMs);
  if (!isWaiting || personId === undefined) return undefined;
  return { address, personId, lastWroteAtMs, isStuck: pending.isStuck === true };
}

/** Done by the chat worker, in the person's own order. The same `pressed` twice is one act. False: nobody of that id waits. */
export async function giveThreadBack(
  world: Pick<World, 'conversations' | 'clock'> & { readonly chatQueue: EventQueue },
  shop: Pick<Shop, 'pageId'>,
  asked: { readonly personId: string; readonly pressed: string },
): Promise<boolean> {
  const threads = await waitingThreads(world, shop);
  const thread = threads.find(({ personId }) => personId === asked.personId);
  if (thread === undefined) return false;
  const { address } = thread;
  const id = `console:${asked.pressed}`;
  await world.chatQueue.put([
    { kind: 'handed_back', by: 'console', id, address, atMs: world.clock.now() },
  ]);
  return true;
}
