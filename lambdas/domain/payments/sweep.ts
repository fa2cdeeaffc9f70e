// Finds everything that is due and wakes it: the owner of every deadline, whatever else was lost.
import type { World } from '../world.ts';

/** Of one shard in one sweep, from either end; what is left comes a minute later, and no shard waits for another. */
export const mostPerShard = 100;

type SweptWorld = Pick<World, 'dueIndex' | 'dueQueue' | 'clock'>;

/**
 * Returns how many were woken. Two sweepers at once wake twice, which does no harm. Throws what went wrong with a shard
 * once all others are done.
 */
export async function sweep(world: SweptWorld): Promise<number> {
  const nowMs = world.clock.now();
  const shards = Array.from({ length: world.dueIndex.shards }, (_, shard) => shard);
  const swept = await Promise.allSettled(shards.map((shard) => wakeShard(world, shard, nowMs)));
  return swept.reduce((total, each) => {
    if (each.status === 'rejected') throw each.reason;
    return total + each.value;
  }, 0);
}

/** A full page of what nobody can get done would be the earliest for ever: whatever fell due last is woken beside it. */
async function wakeShard(world: SweptWorld, shard: number, nowMs: number): Promise<number> {
  const earliest = await due(world, { shard, nowMs, end: 'earliest' });
  const latest =
    earliest.length < mostPerShard ? [] : await due(world, { shard, nowMs, end: 'latest' });
  const subjects = new Set([...earliest, ...latest]);
  for (const subject of subjects) await world.dueQueue.wake(subject, 0);
  return subjects.size;
}

function due(
  { dueIndex }: SweptWorld,
  { shard, nowMs, end }: { shard: number; nowMs: number; end: 'earliest' | 'latest' },
): Promise<string[]> {
  return dueIndex.dueBefore(shard, nowMs, { end, limit: mostPerShard });
}
