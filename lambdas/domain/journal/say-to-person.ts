// Says to one person what an entry means for them: each bubble once, whatever is told again, and nobody holds up others.
import { isWindowOpen } from '../chat/conversation.ts';
import { newBubble, outboxId } from '../chat/outbox.ts';
import type { OutboxItem } from '../chat/ports.ts';
import type { Reply } from '../chat/reply.ts';
import { sendMarked, sendOutboxItem } from '../chat/send-outbox.ts';
import type { Address } from '../people/address.ts';
import type { Person } from '../people/person.ts';
import { RetryLater } from '../retry-later.ts';
import type { World } from '../world.ts';

export type SayWorld = Pick<
  World,
  'outbox' | 'conversations' | 'messenger' | 'resendQueue' | 'clock'
>;

export interface Said {
  readonly entry: { readonly subject: string; readonly sequence: number; readonly atMs: number };
  readonly to: Pick<Person, 'id' | 'addresses' | 'stoppedAtMs'>;
  /** Which of their threads; the first of them where none is given. */
  readonly at?: Address;
  readonly replies: readonly Reply[];
}

/** `false` when any of it will never arrive. */
export async function sayToPerson(world: SayWorld, said: Said): Promise<boolean> {
  const { entry, to, replies } = said;
  const address = said.at ?? to.addresses[0];
  if (address === undefined || to.stoppedAtMs !== undefined) return replies.length === 0;
  if (replies.length === 0) return true;
  const conversation = await world.conversations.of(address);
  let isReached = true;
  for (const [index, reply] of replies.entries()) {
    const id = outboxId(`${entry.subject}:${entry.sequence}:${to.id}`, index + 1);
    const nowMs = world.clock.now();
    const fresh = newBubble({ id, to: address, reply, atMs: entry.atMs }, nowMs);
    const item =
      (await world.outbox.save(fresh)) === 'saved'
        ? await orQueue(world, fresh, () =>
            sendMarked(world, fresh, isWindowOpen(conversation, nowMs)),
          )
        : await sayKnown(world, id);
    if (item.state === 'undeliverable') isReached = false;
  }
  return isReached;
}

/** What an earlier run wrote down and may not have said. */
async function sayKnown(world: SayWorld, id: string): Promise<OutboxItem> {
  const item = await world.outbox.get(id);
  if (item === undefined) throw new Error(`Outbox item ${id} conflicts with nothing.`);
  return orQueue(world, item, () => sendOutboxItem(world, item));
}

/** One person whom Messenger refuses for now must not hold up what everybody else is told. */
async function orQueue(
  world: SayWorld,
  item: OutboxItem,
  send: () => Promise<OutboxItem>,
): Promise<OutboxItem> {
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof RetryLater) || error.reason !== 'messenger_later') throw error;
    await world.resendQueue.sayAgain(item);
    return item;
  }
}
