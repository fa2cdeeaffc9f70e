// Reads an untrusted value through a schema, or answers Meta's error 100 that names the field.
import type * as z from 'zod/mini';
import { type Refusal, badParameter } from '../graph/refusal.ts';
import { describeIssue } from './describe-issue.ts';

export type Checked<T> =
  | { readonly kind: 'valid'; readonly value: T }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export function checkLimits<T>(schema: z.ZodMiniType<T>, value: unknown): Checked<T> {
  const read = schema.safeParse(value);
  if (read.success) return { kind: 'valid', value: read.data };
  const first = read.error.issues[0];
  const words = first === undefined ? '(#100) Invalid parameter' : describeIssue(first);
  return { kind: 'refused', refusal: badParameter(words) };
}
