// Reads the body of a control call, or answers 400 saying which field is wrong.
import type * as z from 'zod/mini';
import { describeIssue } from '../limits/describe-issue.ts';
import type { HttpAnswer } from '../http/exchange.ts';
import { badRequest } from './door-call.ts';

export function readDoorBody<T>(
  schema: z.ZodMiniType<T>,
  body: unknown,
): { readonly value: T } | { readonly answer: HttpAnswer } {
  const read = schema.safeParse(body);
  if (read.success) return { value: read.data };
  const first = read.error.issues[0];
  const words = first === undefined ? 'invalid body' : describeIssue(first);
  return { answer: badRequest(words.replace(/^\(#100\) /, '')) };
}
