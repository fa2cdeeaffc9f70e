// Puts hints of provider events on their queue.
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { ProviderEventsQueue } from '../../domain/payments/ports.ts';
import { writeProviderEventMessage } from './provider-event-message.ts';
import type { SqsSender } from './sqs-client.ts';

export function createProviderEventsQueue(
  client: SqsSender,
  queueUrl: string,
): ProviderEventsQueue {
  return {
    async put(hint) {
      await client.send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: writeProviderEventMessage(hint),
        }),
      );
    },
  };
}
