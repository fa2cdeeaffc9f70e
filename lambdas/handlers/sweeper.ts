// Every minute: whatever is due is woken, also when everything else was lost.
import { sweeper } from '../wiring/sweeper.ts';
import { schedule } from './middleware/schedule.ts';

export const handler = schedule(sweeper());
