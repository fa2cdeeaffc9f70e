// The due queue: payments and requests whose moment has come.
import { dueWorker } from '../wiring/due-worker.ts';
import { queue } from './middleware/queue.ts';

export const handler = queue(dueWorker());
