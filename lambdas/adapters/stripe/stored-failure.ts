// What a stored failure still leaves open: Stripe repeats a 5xx under its key for ever, and may have done the thing.
import type { NotKnown } from './errors.ts';

/** The answer is what `made` finds at Stripe, where the key itself will never say more; `undefined` of it proves nothing. */
export async function unlessMade<Answer>(
  told: NotKnown,
  made: () => Promise<Answer | undefined>,
): Promise<Answer | { readonly kind: 'unknown'; readonly why: string }> {
  const found = told.isReplay ? await made() : undefined;
  return found ?? { kind: 'unknown', why: told.why };
}
