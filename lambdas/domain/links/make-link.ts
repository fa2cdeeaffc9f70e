// Hands out a link: the token goes into a button, only its fingerprint is kept.
import type { Address } from '../people/address.ts';
import type { PersonId } from '../people/person.ts';
import type { World } from '../world.ts';
import type { Link, LinkPurpose, PagePurpose } from './link.ts';

const lifeMs: Record<LinkPurpose['kind'], number> = {
  pay: 60 * 60 * 1000,
  payout: 7 * 24 * 60 * 60 * 1000,
  settings: 15 * 60 * 1000,
  order: 24 * 60 * 60 * 1000,
  // As long as any bill stands, and a month in which it still tells how it went.
  bill: 60 * 24 * 60 * 60 * 1000,
  console: 15 * 60 * 1000,
  join: 15 * 60 * 1000,
};

const pathOf: Record<PagePurpose['kind'], string> = {
  pay: 'pay',
  payout: 'payout',
  settings: 'settings',
  order: 'order',
  bill: 'order',
  console: 'console/sign-in',
};

type LinkWorld = Pick<World, 'links' | 'tokens' | 'clock'>;

interface Wanted<Purpose extends LinkPurpose> {
  readonly purpose: Purpose;
  readonly personId: PersonId;
  readonly address: Address;
  /** Where it lives otherwise than others of its kind. */
  readonly expiresAtMs?: number;
}

/** The URL for a button. */
export async function makeLink(
  world: LinkWorld & Pick<World, 'publicUrl'>,
  wanted: Wanted<PagePurpose>,
): Promise<string> {
  return `${world.publicUrl}/${pathOf[wanted.purpose.kind]}/${await makeToken(world, wanted)}`;
}

/** The key itself, to be handed out in whatever carries it. */
export async function makeToken(world: LinkWorld, wanted: Wanted<LinkPurpose>): Promise<string> {
  const token = world.tokens.newToken();
  const nowMs = world.clock.now();
  const link: Link = {
    expiresAtMs: nowMs + lifeMs[wanted.purpose.kind],
    ...wanted,
    fingerprint: world.tokens.fingerprint(token),
    version: 1,
    createdAtMs: nowMs,
  };
  if ((await world.links.save(link)) === 'conflict') throw new Error('A random token came twice.');
  return token;
}
