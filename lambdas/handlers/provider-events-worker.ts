// The provider-events queue: what Stripe hinted at.
import { providerEventsWorker } from '../wiring/provider-events-worker.ts';
import { queue } from './middleware/queue.ts';

export const handler = queue(providerEventsWorker());
