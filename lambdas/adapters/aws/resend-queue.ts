// Puts a bubble that could not be said now on the chat queue, in its person's own group.
import type { ResendQueue } from '../../domain/chat/ports.ts';
import type { Clock } from '../../domain/ports.ts';
import { createChatQueue } from './chat-queue.ts';
import type { SqsSender } from './sqs-client.ts';

export function createResendQueue(client: SqsSender, queueUrl: string, clock: Clock): ResendQueue {
  const queue = createChatQueue(client, queueUrl);
  return {
    async sayAgain(item) {
      // The attempt is part of the id: the queue would drop a later try as a duplicate of this one.
      const id = `unsent:${item.id}:${item.attempts}`;
      await queue.put([
        { kind: 'unsent', id, address: item.to, atMs: clock.now(), outboxId: item.id },
      ]);
    },
  };
}
