// Hands out a link: the token goes into a button, only its fingerprint is kept.
import type { Address } from '../people/address.ts';
import type { PersonId } from '../people/person.ts';
import type { World } from '../world.ts';
import type { Link, LinkPurpose } from './link.ts';

const lifeMs: Record<LinkPurpose['kind'], number> = {
  pay: 60 * 60 * 1000,
  payout: 7 * 24 * 60 * 60 * 1000,
  settings: 15 * 60 * 1000,
  order: 24 * 60 * 60 * 1000,
  console: 15 * 60 * 1000,
};

const pathOf: Record<LinkPurpose['kind'], string> = {
  pay: 'pay',
  payout: 'payout',
  settings: 'settings',
  order: 'order',
  console: 'console/sign-in',
};

/** The URL for a button. */
export async function makeLink(
  world: Pick<World, 'links' | 'tokens' | 'clock' | 'publicUrl'>,
  wanted: { readonly purpose: LinkPurpose; readonly personId: PersonId; readonly address: Address },
): Promise<string> {
  const token = world.tokens.newToken();
  const nowMs = world.clock.now();
  const link: Link = {
    ...wanted,
    fingerprint: world.tokens.fingerprint(token),
    version: 1,
    createdAtMs: nowMs,
    expiresAtMs: nowMs + lifeMs[wanted.purpose.kind],
  };
  if ((await world.links.save(link)) === 'conflict') throw new Error('A random token came twice.');
  return `${world.publicUrl}/${pathOf[wanted.purpose.kind]}/${token}`;
}
