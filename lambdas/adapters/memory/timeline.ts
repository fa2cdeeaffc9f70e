// Newest first, a page at a time, never splitting a millisecond: what the real indexes do.

interface Dated {
  readonly id: string;
  readonly createdAtMs: number;
}

export function newerFirst(one: Dated, other: Dated): number {
  return other.createdAtMs - one.createdAtMs || (one.id < other.id ? 1 : -1);
}

export function pageOf<Thing extends Dated>(
  things: readonly Thing[],
  page: { readonly limit: number; readonly beforeMs?: number },
): Thing[] {
  const { limit, beforeMs = Number.POSITIVE_INFINITY } = page;
  const all = things.filter(({ createdAtMs }) => createdAtMs < beforeMs).sort(newerFirst);
  const last = all[limit - 1]?.createdAtMs;
  return all.filter(({ createdAtMs }, place) => place < limit || createdAtMs === last);
}
