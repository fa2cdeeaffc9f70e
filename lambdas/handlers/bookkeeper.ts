// Each night: our books are held against the provider's, and whatever differs wakes somebody.
import { bookkeeper } from '../wiring/bookkeeper.ts';
import { schedule } from './middleware/schedule.ts';

export const handler = schedule(bookkeeper());
