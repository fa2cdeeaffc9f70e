// Joins a chat at a shop to an account of the wallet: who opened the link says so there, whoever asked for it confirms it here.
import type { Link } from '../links/link.ts';
import type { LinkFor } from '../links/open-link.ts';
import { RetryLater } from '../retry-later.ts';
import type { World } from '../world.ts';
import { hasLeft, isMember, type Member, type Person } from './person.ts';

export type JoinWorld = Pick<World, 'people' | 'links' | 'clock'>;

/** Each has a button where all are shown, and Messenger shows 13 of those. */
const mostJoined = 13;

const maxTries = 4;

export type WhyNoJoin =
  | 'unknown'
  | 'expired'
  | 'used'
  /** Somebody else has said in the wallet that the chat is theirs. */
  | 'taken'
  | 'joined_already'
  /** Another chat with the same shop is joined to this account. */
  | 'other_chat_there'
  | 'too_many';

interface NotJoined {
  readonly kind: 'not';
  readonly why: WhyNoJoin;
}

interface Ends {
  readonly link: LinkFor<'join'>;
  /** Who asked for the link, as their shop knows them. */
  readonly customer: Person;
}

export type JoinAsked = NotJoined | ({ readonly kind: 'asked' } & Ends);

/** What a link would do for this member of the wallet. Looking changes nothing. */
export async function lookAtJoin(
  world: JoinWorld,
  fingerprint: string,
  member: Member,
): Promise<JoinAsked> {
  const link = await world.links.get(fingerprint);
  if (link === undefined || !isToJoin(link)) return not('unknown');
  const { joinerId } = link.purpose;
  if (joinerId !== undefined && joinerId !== member.id) return not('taken');
  const dead = whyDead(world, link);
  if (dead !== undefined) return not(dead);
  const customer = await world.people.byId(link.personId);
  if (customer === undefined) return not('unknown');
  const why = whyNever({ link, customer }, member);
  return why === undefined ? { kind: 'asked', link, customer } : not(why);
}

/** The first act, in the wallet: from then on the link is good for nobody else. Doing it again is asking again. */
export async function wantJoin(
  world: JoinWorld,
  fingerprint: string,
  member: Member,
): Promise<JoinAsked> {
  for (let attempt = 0; attempt < maxTries; attempt += 1) {
    const seen = await lookAtJoin(world, fingerprint, member);
    if (seen.kind === 'not' || seen.link.purpose.joinerId === member.id) return seen;
    const purpose = { ...seen.link.purpose, joinerId: member.id };
    const link = { ...seen.link, version: seen.link.version + 1, purpose };
    if ((await world.links.save(link)) === 'saved') return { ...seen, link };
  }
  throw new RetryLater('conversation_moved');
}

export type Joined = NotJoined | { readonly kind: 'joined'; readonly member: Person };

/**
 * The second act, in the chat at the shop: both people and the link are written together or not at all. What happened
 * already is told again, whichever run of it died.
 */
export async function confirmJoin(
  world: JoinWorld,
  fingerprint: string,
  subject: Person,
): Promise<Joined> {
  for (let attempt = 0; attempt < maxTries; attempt += 1) {
    const link = await linkOf(world, fingerprint, subject);
    const [customer, member] = [
      await world.people.byId(subject.id),
      link === undefined ? undefined : await world.people.byId(link.purpose.joinerId),
    ];
    if (link === undefined || customer === undefined || member === undefined) return not('unknown');
    if (customer.joinedTo?.personId === member.id) return { kind: 'joined', member };
    const why = whyDead(world, link) ?? whyNever({ link, customer }, member);
    if (why !== undefined) return not(why);
    if (await writeJoin(world, { link, customer }, member)) return { kind: 'joined', member };
  }
  throw new RetryLater('conversation_moved');
}

/** Nobody can use the link any more. Gives who had wanted to join, where the chat is told of somebody. */
export async function refuseJoin(
  world: JoinWorld,
  fingerprint: string,
  customer: Person,
): Promise<Person | undefined> {
  for (let attempt = 0; attempt < maxTries; attempt += 1) {
    const link = await linkOf(world, fingerprint, customer);
    if (link === undefined || customer.joinedTo?.personId === link.purpose.joinerId)
      return undefined;
    if (link.usedAtMs === undefined && (await world.links.save(usedUp(world, link))) === 'conflict')
      continue;
    return world.people.byId(link.purpose.joinerId);
  }
  throw new RetryLater('conversation_moved');
}

async function writeJoin(
  world: JoinWorld,
  { link, customer }: Ends,
  member: Person,
): Promise<boolean> {
  const atMs = world.clock.now();
  const joined = [...(member.joined ?? []), { shopId: link.purpose.shopId, personId: customer.id }];
  const outcome = await world.people.saveBoth(
    {
      person: {
        ...customer,
        version: customer.version + 1,
        joinedTo: { personId: member.id, atMs },
      },
      before: customer,
    },
    { person: { ...member, version: member.version + 1, joined }, before: member },
    usedUp(world, link),
  );
  return outcome === 'saved';
}

function usedUp(world: JoinWorld, link: Link): Link {
  return { ...link, version: link.version + 1, usedAtMs: world.clock.now() };
}

type WantedLink = LinkFor<'join'> & { readonly purpose: { readonly joinerId: Person['id'] } };

/** Only where it was handed to this very customer, and somebody wants it. */
async function linkOf(
  world: JoinWorld,
  fingerprint: string,
  customer: Person,
): Promise<WantedLink | undefined> {
  const link = await world.links.get(fingerprint);
  return link !== undefined && isWanted(link) && link.personId === customer.id ? link : undefined;
}

function isToJoin(link: Link): link is LinkFor<'join'> {
  return link.purpose.kind === 'join';
}

function isWanted(link: Link): link is WantedLink {
  return isToJoin(link) && link.purpose.joinerId !== undefined;
}

function whyDead(world: JoinWorld, link: Link): WhyNoJoin | undefined {
  if (link.usedAtMs !== undefined) return 'used';
  return link.expiresAtMs <= world.clock.now() ? 'expired' : undefined;
}

/** What no confirming makes good. */
function whyNever({ link, customer }: Ends, member: Person): WhyNoJoin | undefined {
  const { joined = [] } = member;
  if (!isMember(member) || hasLeft(member) || hasLeft(customer)) return 'unknown';
  // A person of the wallet is joined to, and joins nobody.
  if (customer.id === member.id || isMember(customer)) return 'unknown';
  if (customer.joinedTo !== undefined) return 'joined_already';
  if (joined.some(({ shopId }) => shopId === link.purpose.shopId)) return 'other_chat_there';
  return joined.length >= mostJoined ? 'too_many' : undefined;
}

function not(why: WhyNoJoin): NotJoined {
  return { kind: 'not', why };
}
