// The body of a message of the due queue: which payment or request to look at. Written by the waker, read by the due-worker.
import * as z from 'zod/mini';

const schema = z.object({ subject: z.string().check(z.regex(/^[a-z]{3}_[a-z0-9]+$/u)) });

export function writeDueMessage(subject: string): string {
  return JSON.stringify({ subject });
}

/** The subject's id. Throws for anything that `writeDueMessage` did not write. */
export function readDueMessage(body: string): string {
  const parsed = z.safeParse(schema, JSON.parse(body));
  if (!parsed.success) throw new Error('Not a message of the due queue');
  return parsed.data.subject;
}
