// Who has a thread, as Messenger's conversation routing has it: its owner, and on an idle thread the Page's default app.
import type { ThreadOwner } from './happening.ts';
import type { Thread, World } from './world.ts';

/** A thread is idle after this without a word of its person. */
const idleMs = 24 * 3_600_000;

export const isIdle = ({ lastInboundAtMs }: Thread, nowMs: number): boolean =>
  lastInboundAtMs === undefined || nowMs - lastInboundAtMs >= idleMs;

/** Undefined on a Page without a default app: every app hears everything and may answer. */
export function ownerOf(world: World, thread: Thread, nowMs: number): ThreadOwner | undefined {
  const defaultApp = world.defaultApps.get(thread.pageId);
  if (defaultApp === undefined || isIdle(thread, nowMs)) return defaultApp;
  return thread.owner ?? defaultApp;
}
