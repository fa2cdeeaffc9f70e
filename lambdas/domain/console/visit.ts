// Who is at the console's door: the session of a cookie, and what its member is in the shop's team right now.
import type { Shop, TeamMember } from '../shops/shop.ts';
import type { World } from '../world.ts';
import { memberIdOf } from './passkey.ts';
import { type ConsoleSession, endsAtMs, noteUseEveryMs } from './session.ts';

export interface Visit {
  readonly session: ConsoleSession;
  readonly shop: Shop;
  readonly member: TeamMember;
}

type VisitWorld = Pick<
  World,
  'consoleSessions' | 'passkeys' | 'shops' | 'tokens' | 'ids' | 'clock'
>;

/**
 * The team is read each time, and the passkey, so a member who was removed is out at once, and so is whoever came in by a
 * passkey that was. `isUse`: whether somebody did something; a page that refreshes itself keeps nobody signed in.
 */
export async function visit(
  world: VisitWorld,
  token: string,
  isUse: boolean,
): Promise<Visit | undefined> {
  const session = await world.consoleSessions.get(world.tokens.fingerprint(token));
  if (session === undefined || endsAtMs(session) <= world.clock.now()) return undefined;
  const [shop, mayStay] = await Promise.all([
    world.shops.get(session.shopId),
    isPasskeyThere(world, session),
  ]);
  const member = shop?.team.find(({ personId }) => personId === session.personId);
  if (shop === undefined || member === undefined || !mayStay) {
    await world.consoleSessions.end(session.fingerprint);
    return undefined;
  }
  if (isUse) await noteUse(world, session);
  return { session, shop, member };
}

async function isPasskeyThere(world: VisitWorld, session: ConsoleSession): Promise<boolean> {
  if (session.passkeyId === undefined) return true;
  const memberId = memberIdOf(world.ids, session);
  return (await world.passkeys.get(memberId, session.passkeyId)) !== undefined;
}

async function noteUse(world: VisitWorld, session: ConsoleSession): Promise<void> {
  const nowMs = world.clock.now();
  if (nowMs - session.lastUsedAtMs < noteUseEveryMs) return;
  // Refused: noted by another request, or signed out meanwhile.
  await world.consoleSessions.save({
    ...session,
    version: session.version + 1,
    lastUsedAtMs: nowMs,
  });
}

export async function signOut(
  world: Pick<World, 'consoleSessions' | 'tokens'>,
  token: string,
): Promise<void> {
  await world.consoleSessions.end(world.tokens.fingerprint(token));
}

/** What each form of a session carries: another site, or another session, cannot know it. */
export function formTokenOf(world: Pick<World, 'tokens'>, sessionToken: string): string {
  return world.tokens.fingerprint(`form:${sessionToken}`);
}
