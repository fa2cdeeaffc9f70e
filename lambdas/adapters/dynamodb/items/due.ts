// What puts a payment or a request into the due index; without a due date it is not in there.
import { dueShardOf } from '../keys.ts';

/** The date itself is a field of the subject. */
export function dueKeys(subject: string, dueAtMs: number | undefined): { dueShard?: string } {
  return dueAtMs === undefined ? {} : { dueShard: dueShardOf(subject) };
}
