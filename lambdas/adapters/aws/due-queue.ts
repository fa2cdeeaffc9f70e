// Wakes payments and requests at their due date, as far ahead as a queue can wait.
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { DueQueue } from '../../domain/payments/ports.ts';
import { writeDueMessage } from './due-message.ts';
import type { SqsSender } from './sqs-client.ts';

/** SQS delays a message by at most 15 minutes; what is due later is found by the sweeper. */
const longestDelaySeconds = 900;

export function createDueQueue(client: SqsSender, queueUrl: string): DueQueue {
  return {
    async wake(subject, inSeconds) {
      const delay = Math.min(Math.max(Math.ceil(inSeconds), 0), longestDelaySeconds);
      await client.send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: writeDueMessage(subject),
          DelaySeconds: delay,
        }),
      );
    },
  };
}
