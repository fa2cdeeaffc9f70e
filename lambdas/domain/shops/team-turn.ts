// What a shop's own people do in its thread: become one of the team, open the console, pause and open.
import { say } from '../chat/reply.ts';
import { answer, type Turn } from '../chat/turn.ts';
import { makeLink } from '../links/make-link.ts';
import { type Role, roleOf, type Shop } from './shop.ts';
import { notUnderstoodAt, toMenu, toShop } from './shop-replies.ts';
import type { Shopping } from './shopping.ts';

const roleWords: Record<Role, string> = {
  owner: 'the owner',
  staff: 'one of the staff',
  reader: 'one who may look',
};

/** Two who write the same code at the same moment: one of them finds the shop changed and looks again. */
const maxTries = 3;

/**
 * A code is 80 random bits and more, so guessing it here, a message at a time, is hopeless; each guess is the same work,
 * whether the shop waits for a code or not, and the answer to a wrong one tells nothing.
 */
export async function joinTeam(shopping: Shopping, code: string): Promise<Turn> {
  const { world, person } = shopping;
  const fingerprints = [code, code.toLowerCase()].map((each) => world.tokens.fingerprint(each));
  let { shop } = shopping;
  for (let attempt = 0; attempt < maxTries; attempt += 1) {
    const role = roleFor(shop, fingerprints, world.clock.now());
    const already = roleOf(shop, person.id);
    // Their own message handled again finds the code used, and them in the team.
    if (role === undefined) return already === undefined ? wrongCode() : joined(shopping, already);
    const next = withMember(shop, { shopping, role, fingerprints });
    if ((await world.shops.save(next, shop)) === 'saved') return joined(shopping, role);
    shop = (await world.shops.get(shop.id)) ?? shop;
  }
  return answer(say('That did not work this time. Please write it once more.'));
}

function roleFor(shop: Shop, fingerprints: readonly string[], nowMs: number): Role | undefined {
  if (shop.ownerCode !== undefined && fingerprints.includes(shop.ownerCode)) return 'owner';
  return shop.invites?.find(
    ({ fingerprint, expiresAtMs }) => fingerprints.includes(fingerprint) && expiresAtMs > nowMs,
  )?.role;
}

/** The code is used up with it; nobody loses a role that they have. */
function withMember(
  shop: Shop,
  by: {
    readonly shopping: Shopping;
    readonly role: Role;
    readonly fingerprints: readonly string[];
  },
): Shop {
  const { person, world } = by.shopping;
  const { ownerCode, invites, ...rest } = shop;
  const isOwnerCode = ownerCode !== undefined && by.fingerprints.includes(ownerCode);
  const isOwner = roleOf(shop, person.id) === 'owner';
  const member = {
    personId: person.id,
    name: person.name ?? 'Team member',
    role: isOwner ? 'owner' : by.role,
    addedAtMs: world.clock.now(),
  } as const;
  const left = invites?.filter(({ fingerprint }) => !by.fingerprints.includes(fingerprint));
  return {
    ...rest,
    version: shop.version + 1,
    team: [...shop.team.filter(({ personId }) => personId !== person.id), member],
    ...(ownerCode === undefined || isOwnerCode ? {} : { ownerCode }),
    ...(left === undefined ? {} : { invites: left }),
  };
}

function joined({ shop }: Shopping, role: Role): Turn {
  return answer(
    say(
      `You are ${roleWords[role]} of ${shop.name} now. Write “console” to open its console; news of orders comes to you here.`,
    ),
  );
}

function wrongCode(): Turn {
  return answer(say('That code opens nothing here, or it was used before.', [toMenu]));
}

export async function openConsole({ world, shop, person, event }: Shopping): Promise<Turn> {
  if (roleOf(shop, person.id) === undefined)
    return answer(say(`The console is for the team of ${shop.name}.`, [toMenu, toShop]));
  const url = await makeLink(world, {
    purpose: { kind: 'console', shopId: shop.id },
    personId: person.id,
    address: event.address,
  });
  return answer({
    kind: 'buttons',
    text: `The console of ${shop.name}, on our page outside this chat. The link is for you alone and works for 15 minutes.`,
    buttons: [{ kind: 'link', title: 'Open the console', url }],
  });
}

/** For strangers these are words that mean nothing. */
export async function setPaused(shopping: Shopping, isPaused: boolean): Promise<Turn> {
  const { world, person } = shopping;
  let { shop } = shopping;
  for (let attempt = 0; attempt < maxTries; attempt += 1) {
    const role = roleOf(shop, person.id);
    if (role === undefined) return answer(notUnderstoodAt('nothing_like_a_command'));
    if (role === 'reader') return answer(say('That is for the owner and the staff to do.'));
    const next = { ...shop, version: shop.version + 1, isPaused };
    if (shop.isPaused === isPaused || (await world.shops.save(next, shop)) === 'saved')
      return answer(
        isPaused
          ? `${shop.name} takes no orders now. Write “open” to take them again.`
          : `${shop.name} takes orders, within its opening hours.`,
      );
    shop = (await world.shops.get(shop.id)) ?? shop;
  }
  return answer(say('That did not work this time. Please write it once more.'));
}
