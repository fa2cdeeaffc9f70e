// Sends one bubble of the outbox and writes down what became of it: never said twice, never lost in silence.
import { addressKey } from '../people/address.ts';
import { RetryLater } from '../retry-later.ts';
import type { World } from '../world.ts';
import { isWindowOpen } from './conversation.ts';
import type { MarkedItem } from './outbox.ts';
import type { OutboxItem, SendOutcome } from './ports.ts';

/** An echo of a message that did go out comes within this; before it, a doubtful send is not repeated. */
const echoWaitMs = 20_000;
/** A bubble that nobody could send this often is given up, visibly. */
const mostAttempts = 12;

/** Of a bubble that was to take the thread back, where Messenger keeps it with others. */
export const threadNotOurs = 'thread_not_ours';

export type SendWorld = Pick<World, 'outbox' | 'messenger' | 'conversations' | 'clock'>;

/** Of a bubble that was written earlier. Throws RetryLater when it is to be tried again; ends for good in `sent` or `undeliverable`. */
export async function sendOutboxItem(world: SendWorld, item: OutboxItem): Promise<OutboxItem> {
  if (item.state === 'sent' || item.state === 'undeliverable' || item.reply === undefined)
    return item;
  const nowMs = world.clock.now();
  const isInDoubt = item.state === 'sending' || item.state === 'doubtful';
  if (isInDoubt && nowMs - (item.lastAttemptAtMs ?? 0) < echoWaitMs)
    throw new RetryLater('messenger_later');
  if (item.attempts >= mostAttempts)
    return save(world, item, { state: 'undeliverable', why: 'gave_up' });
  const sending = await save(world, item, {
    state: 'sending',
    attempts: item.attempts + 1,
    lastAttemptAtMs: nowMs,
  });
  // Somebody else had it done meanwhile.
  if (sending.state !== 'sending') return sending;
  const conversation = await world.conversations.of(item.to);
  return sendMarked(
    world,
    { ...sending, state: 'sending', reply: item.reply },
    isWindowOpen(conversation, nowMs),
  );
}

/** Of a bubble whose mark this very run has written. Throws and ends as above. */
export async function sendMarked(
  world: Pick<SendWorld, 'outbox' | 'messenger' | 'clock'>,
  item: MarkedItem,
  isOpen: boolean,
): Promise<OutboxItem> {
  const outcome = await world.messenger.send({
    to: item.to,
    reply: item.reply,
    outboxId: item.id,
    isWindowOpen: isOpen,
  });
  return record(world, item, outcome);
}

async function record(
  world: Pick<SendWorld, 'outbox' | 'clock'>,
  item: MarkedItem,
  outcome: SendOutcome,
): Promise<OutboxItem> {
  switch (outcome.kind) {
    case 'sent':
      return save(world, item, { state: 'sent', messageId: outcome.messageId });
    case 'window_closed':
      return save(world, item, { state: 'undeliverable', why: 'window_closed' });
    case 'unreachable':
      return save(world, item, { state: 'undeliverable', why: outcome.why });
    case 'not_ours':
      // Not tried again: it would hold up the very word or act that gives the thread back. The console shows who was not told.
      return save(world, item, {
        state: 'undeliverable',
        why: item.reply.takesBack ? threadNotOurs : outcome.why,
      });
    case 'doubtful':
      // The wait for its echo begins now: a send that timed out has taken part of it already.
      await save(world, item, {
        state: 'doubtful',
        why: outcome.why,
        lastAttemptAtMs: world.clock.now(),
      });
      throw new RetryLater('messenger_later');
    case 'later':
    case 'stopped':
      await save(world, item, { state: 'waiting', why: outcome.why });
      throw new RetryLater('messenger_later');
  }
}

/** A conflict is an echo that came first, or another worker with the same bubble: what is written there stands. */
async function save(
  world: Pick<SendWorld, 'outbox'>,
  item: OutboxItem,
  changes: Partial<Omit<OutboxItem, 'id' | 'version'>>,
): Promise<OutboxItem> {
  const next = { ...item, ...changes, version: item.version + 1 };
  // Its words are needed no more once it is out or given up.
  const { reply: _words, ...done } = next;
  const kept = next.state === 'sent' || next.state === 'undeliverable' ? done : next;
  if ((await world.outbox.save(kept)) === 'saved') return kept;
  const now = await world.outbox.get(item.id);
  if (now?.state === 'sent' || now?.state === 'undeliverable') return now;
  throw new RetryLater('messenger_later', {
    cause: new Error(`Outbox moved for ${addressKey(item.to)}`),
  });
}
