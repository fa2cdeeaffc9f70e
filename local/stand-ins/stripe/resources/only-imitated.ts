// Refuses what Stripe would take and the stand-in would silently ignore.
import { notImitated } from '../server/api-error.ts';

/** Throws when `params` has a member that is not among `names`. */
export function onlyImitated<P extends object>(
  params: P,
  names: readonly (keyof P & string)[],
): void {
  const known: readonly string[] = names;
  const other = Object.keys(params).find((name) => name !== 'expand' && !known.includes(name));
  if (other !== undefined) throw notImitated(other);
}
