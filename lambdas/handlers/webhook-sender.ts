// The webhook queue: events on their way to merchants' endpoints.
import { webhookSender } from '../wiring/webhook-sender.ts';
import { queue } from './middleware/queue.ts';

export const handler = queue(webhookSender());
