// Who is in a shop's team: invited by a code that they write in its thread, with a role that an owner can change.
import type { PersonId } from '../people/person.ts';
import { newJoinCode } from '../shops/join-code.ts';
import type { Role, Shop } from '../shops/shop.ts';
import type { World } from '../world.ts';
import { changeShop } from './change-shop.ts';

export type TeamOutcome =
  | 'changed'
  | 'no_such_member'
  /** A shop without an owner is nobody's. */
  | 'last_owner';

const inviteLifeMs = 3 * 24 * 60 * 60 * 1000;
const mostInvites = 10;

/** The code is shown once, and only its fingerprint kept. The oldest gives way when there are too many. */
export async function inviteMember(
  world: Pick<World, 'shops' | 'tokens' | 'clock'>,
  shop: Shop,
  role: Role,
): Promise<string> {
  const code = newJoinCode(world.tokens);
  const nowMs = world.clock.now();
  const invite = {
    fingerprint: world.tokens.fingerprint(code),
    role,
    expiresAtMs: nowMs + inviteLifeMs,
  };
  await changeShop(world, shop.id, (now) => {
    const live = (now.invites ?? []).filter(({ expiresAtMs }) => expiresAtMs > nowMs);
    return { ...now, invites: [...live.slice(1 - mostInvites), invite] };
  });
  return code;
}

export async function revokeInvite(
  world: Pick<World, 'shops'>,
  shop: Shop,
  fingerprint: string,
): Promise<void> {
  await changeShop(world, shop.id, (now) => ({
    ...now,
    invites: (now.invites ?? []).filter((each) => each.fingerprint !== fingerprint),
  }));
}

/** Without a role they are removed, which ends what they have open at once. */
export async function changeMember(
  world: Pick<World, 'shops'>,
  shop: Shop,
  wanted: { readonly personId: string; readonly role: Role | undefined },
): Promise<TeamOutcome> {
  let outcome: TeamOutcome = 'changed';
  await changeShop(world, shop.id, (now) => {
    outcome = judge(now, wanted);
    if (outcome !== 'changed') return undefined;
    const { personId, role } = wanted;
    const team = now.team.flatMap((member) => {
      if (!isWho(member.personId, personId)) return [member];
      return role === undefined ? [] : [{ ...member, role }];
    });
    return { ...now, team };
  });
  return outcome;
}

function judge(
  shop: Shop,
  { personId, role }: { readonly personId: string; readonly role: Role | undefined },
): TeamOutcome {
  const member = shop.team.find((each) => isWho(each.personId, personId));
  if (member === undefined) return 'no_such_member';
  const owners = shop.team.filter((each) => each.role === 'owner');
  const isLast = member.role === 'owner' && owners.length === 1;
  return isLast && role !== 'owner' ? 'last_owner' : 'changed';
}

function isWho(id: PersonId, asked: string): boolean {
  return id === asked;
}
