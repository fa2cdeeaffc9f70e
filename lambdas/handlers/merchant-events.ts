// The stream of the journal: what happened to orders becomes events for their merchants.
import { merchantEvents } from '../wiring/merchant-events.ts';
import { stream } from './middleware/stream.ts';

export const handler = stream(merchantEvents());
