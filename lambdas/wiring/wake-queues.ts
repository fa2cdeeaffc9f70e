// Which queue a due subject is woken on: deliveries have one of their own, so that no endpoint holds up a payment.
import type { DueQueue } from '../domain/payments/ports.ts';

export function wakesEachOnItsQueue(queues: {
  readonly due: DueQueue;
  readonly webhooks: DueQueue;
}): DueQueue {
  return {
    wake: (subject, inSeconds) =>
      (subject.startsWith('whd_') ? queues.webhooks : queues.due).wake(subject, inSeconds),
  };
}
