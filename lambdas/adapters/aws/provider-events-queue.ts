// Puts hints of provider events on their queue.
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { type ProviderEventHint, writeProviderEventMessage } from './provider-event-message.ts';

export interface ProviderEventsQueue {
  /** Resolves when the hint is on the queue. */
  put(hint: ProviderEventHint): Promise<void>;
}

export function createProviderEventsQueue(
  client: SQSClient,
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
