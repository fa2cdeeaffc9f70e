// Finds everything that is due and wakes it: the owner of every deadline, whatever else was lost.
import type { World } from '../world.ts';

/** Of one shard in one sweep; what is left comes a minute later, and no shard waits for another. */
const mostPerShard = 100;

/** Returns how many were woken. Two sweepers at once wake twice, which does no harm. */
export async function sweep(
  world: Pick<World, 'dueIndex' | 'dueQueue' | 'clock'>,
): Promise<number> {
  const nowMs = world.clock.now();
  const shards = Array.from({ length: world.dueIndex.shards }, (_, shard) => shard);
  const woken = await Promise.all(shards.map((shard) => wakeShard(world, shard, nowMs)));
  return woken.reduce((total, each) => total + each, 0);
}

async function wakeShard(
  world: Pick<World, 'dueIndex' | 'dueQueue'>,
  shard: number,
  nowMs: number,
): Promise<number> {
  const due = await world.dueIndex.dueBefore(shard, nowMs, mostPerShard);
  for (const subject of due) await world.dueQueue.wake(subject, 0);
  return due.length;
}
