// One bubble on its way: what is in doubt waits for its echo before it is said again, however long the doubtful call took.
import { expect, it } from 'vitest';
import { memoryChat } from '../../../lambdas/adapters/memory/conversations.ts';
import { sendOutboxItem } from '../../../lambdas/domain/chat/send-outbox.ts';
import type { OutboxItem } from '../../../lambdas/domain/chat/ports.ts';
import { RetryLater } from '../../../lambdas/domain/retry-later.ts';

const secondMs = 1000;
const bubble: OutboxItem = {
  id: 'm_1:1',
  version: 1,
  to: { pageId: '1000', psid: '2000' },
  state: 'waiting',
  reply: { kind: 'text', text: 'Hello' },
  attempts: 0,
  atMs: 0,
};

it('waits twenty seconds for an echo from when the answer was lost, not from when it was asked', async () => {
  const { outbox, conversations } = memoryChat();
  let nowMs = 0;
  let said = 0;
  const world = {
    outbox,
    conversations,
    clock: { now: () => nowMs },
    messenger: {
      async send() {
        said += 1;
        nowMs += 15 * secondMs;
        return { kind: 'doubtful', why: 'timeout' } as const;
      },
      typing: async () => undefined,
    },
  };
  const sendNow = async () => sendOutboxItem(world, (await outbox.get(bubble.id)) ?? bubble);
  await outbox.save(bubble);
  await expect(sendNow()).rejects.toThrow(RetryLater);

  nowMs += 19 * secondMs;
  await expect(sendNow()).rejects.toThrow(RetryLater);
  expect(said).toBe(1);

  nowMs += secondMs;
  await expect(sendNow()).rejects.toThrow(RetryLater);
  expect(said).toBe(2);
});
