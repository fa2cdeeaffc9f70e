// The chat queue: what people said and pressed, one person's in order.
import { isEcho } from '../adapters/aws/chat-message.ts';
import { chatWorker } from '../wiring/chat-worker.ts';
import { queue } from './middleware/queue.ts';

// An echo may tell that a bubble of the same batch, which is in doubt, was said and need not be said again.
export const handler = queue(chatWorker(), isEcho);
