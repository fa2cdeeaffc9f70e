// The stream of the journal: what happened is told, and what will be due is woken.
import { notifier } from '../wiring/notifier.ts';
import { stream } from './middleware/stream.ts';

export const handler = stream(notifier());
