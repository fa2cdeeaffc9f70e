// The chat queue: what people said and pressed, one person's in order.
import { chatWorker } from '../wiring/chat-worker.ts';
import { queue } from './middleware/queue.ts';

export const handler = queue(chatWorker());
