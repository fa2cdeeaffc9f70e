// What `aws sqs start-message-move-task` does with dead letters: each goes back to the queue that it came from.
import type { Queue } from './queue.ts';
import type { QueueDirectory } from './queue-directory.ts';

const atOnce = 10;
const outOfSightMs = 60_000;

/** Answers how many were moved. */
export function redrive({ all, byArn }: QueueDirectory): number {
  let moved = 0;
  for (const queue of all.filter(hasDeadLetters)) {
    let letters = queue.receive(atOnce, outOfSightMs);
    while (letters.length > 0) {
      for (const { message, receiptHandle } of letters) {
        const { body, attributes, groupId, deduplicationId } = message;
        const source = byArn(message.deadLetterSourceArn ?? '');
        source.send({ body, attributes, groupId, deduplicationId });
        queue.delete(receiptHandle);
      }
      moved += letters.length;
      letters = queue.receive(atOnce, outOfSightMs);
    }
  }
  return moved;
}

function hasDeadLetters(queue: Queue): boolean {
  return queue.peek().some(({ deadLetterSourceArn }) => deadLetterSourceArn !== undefined);
}
