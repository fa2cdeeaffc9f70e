// Notes that a thread stays with the people of its Page, because Messenger does not let us take it back.
import { RetryLater } from '../retry-later.ts';
import type { World } from '../world.ts';
import type { InboundEvent } from './inbound-event.ts';

const maxTries = 4;

/** After an answer that was to take it back could not be said: once for each event, however often that is found. */
export async function staysWithTheShop(
  world: Pick<World, 'conversations' | 'clock'>,
  { id, address }: Pick<InboundEvent, 'id' | 'address'>,
): Promise<void> {
  for (let attempt = 0; attempt < maxTries; attempt += 1) {
    const now = await world.conversations.of(address);
    if (now === undefined) return;
    const outcome = await world.conversations.commit(
      { eventId: `${id}:not_ours`, address, replies: [], atMs: world.clock.now() },
      { ...now, version: now.version + 1, pending: { kind: 'with_the_shop', isStuck: true } },
    );
    if (outcome !== 'conflict') return;
  }
  throw new RetryLater('conversation_moved');
}
