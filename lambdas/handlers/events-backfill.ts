// Every hour: what the provider's webhooks did not bring is fetched.
import { eventsBackfill } from '../wiring/events-backfill.ts';
import { schedule } from './middleware/schedule.ts';

export const handler = schedule(eventsBackfill());
