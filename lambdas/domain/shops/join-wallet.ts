// At a shop: hands out the link that joins this chat to an account of the wallet, and asks who opened it before it does.
import { writeRef } from '../chat/payloads.ts';
import { answer, type Turn } from '../chat/turn.ts';
import { makeToken } from '../links/make-link.ts';
import { confirmJoin, refuseJoin } from '../people/join-address.ts';
import {
  joinedAtShop,
  joinedBefore,
  joinedInWallet,
  noJoin,
  notJoinedAtAll,
  refusedAtShop,
  refusedInWallet,
  takeToWallet,
  unjoined,
} from '../people/join-replies.ts';
import { unjoin } from '../people/joined-people.ts';
import type { Person } from '../people/person.ts';
import type { Reply } from '../chat/reply.ts';
import type { ShopCommand } from './shop-command.ts';
import type { Shopping } from './shopping.ts';

export type JoinCommand = Extract<
  ShopCommand,
  { kind: 'link_wallet' | 'confirm_join' | 'refuse_join' | 'unlink_wallet' }
>;

export async function joinWallet(shopping: Shopping, command: JoinCommand): Promise<Turn> {
  switch (command.kind) {
    case 'link_wallet':
      return handOutLink(shopping);
    case 'confirm_join':
      return confirm(shopping, command.fingerprint);
    case 'refuse_join':
      return refuse(shopping, command.fingerprint);
    case 'unlink_wallet':
      return unlink(shopping);
  }
}

async function handOutLink({ world, shop, person, event }: Shopping): Promise<Turn> {
  const member =
    person.joinedTo === undefined ? undefined : await world.people.byId(person.joinedTo.personId);
  if (member !== undefined) return answer(joinedBefore(member));
  const token = await makeToken(world, {
    purpose: { kind: 'join', shopId: shop.id },
    personId: person.id,
    address: event.address,
  });
  const url = `https://m.me/${world.settings.pageId}?ref=${writeRef(token, 'join')}`;
  return answer(takeToWallet(shop, url));
}

async function confirm({ world, shop, person }: Shopping, fingerprint: string): Promise<Turn> {
  const joined = await confirmJoin(world, fingerprint, person);
  if (joined.kind === 'not') return answer(noJoin(joined.why));
  const { member } = joined;
  return { ...answer(joinedAtShop(member)), ...alsoTo(member, joinedInWallet(shop, person)) };
}

async function refuse({ world, shop, person }: Shopping, fingerprint: string): Promise<Turn> {
  const member = await refuseJoin(world, fingerprint, person);
  if (member === undefined) return answer(notJoinedAtAll);
  return { ...answer(refusedAtShop), ...alsoTo(member, refusedInWallet(shop)) };
}

async function unlink({ world, shop, person }: Shopping): Promise<Turn> {
  if (person.joinedTo === undefined) return answer(notJoinedAtAll);
  const ids = { customer: person.id, member: person.joinedTo.personId };
  const apart = await unjoin(world, ids);
  const reply = unjoined(shop);
  return { ...answer(reply), ...(apart === undefined ? {} : alsoTo(apart.member, reply)) };
}

/** Whoever said stop in the wallet hears of it when they look there. */
function alsoTo({ addresses: [to], stoppedAtMs }: Person, reply: Reply): Pick<Turn, 'toOthers'> {
  return to === undefined || stoppedAtMs !== undefined ? {} : { toOthers: [{ to, reply }] };
}
