// Signs a member of a shop's team in: the link from the shop's thread becomes a session in one browser.
import { bindLink, openLink, useUpLink } from '../links/open-link.ts';
import type { Link } from '../links/link.ts';
import { roleOf, type ShopId } from '../shops/shop.ts';
import type { World } from '../world.ts';
import { endsAtMs } from './session.ts';

export type SignInOutcome =
  /** `token` goes into the cookie; only its fingerprint is kept. */
  | { readonly kind: 'signed_in'; readonly token: string }
  | { readonly kind: 'unknown' | 'expired' | 'used' | 'other_browser' }
  /** Removed from the team since the link was made. */
  | { readonly kind: 'not_in_team' };

type SignInWorld = Pick<World, 'links' | 'consoleSessions' | 'shops' | 'tokens' | 'clock'>;

/**
 * The link is tied to the browser, then the session is kept, then the link is used up: pressing twice, or dying in
 * between, ends in one session, for its token follows from the link and the browser.
 */
export async function signIn(
  world: SignInWorld,
  asked: { readonly token: string; readonly browser: string },
): Promise<SignInOutcome> {
  const token = world.tokens.fingerprint(`console:${asked.token}:${asked.browser}`);
  const opened = await openLink(world, { kind: 'console', ...asked });
  switch (opened.kind) {
    case 'unknown':
    case 'expired':
    case 'other_browser':
      return { kind: opened.kind };
    case 'used':
      return again(world, token);
    case 'open': {
      const link = await bindLink(world, opened.link, asked.browser);
      if (link === undefined) return { kind: 'other_browser' };
      return begin(world, { link, shopId: link.purpose.shopId, token });
    }
  }
}

async function begin(
  world: SignInWorld,
  by: { readonly link: Link; readonly shopId: ShopId; readonly token: string },
): Promise<SignInOutcome> {
  const shop = await world.shops.get(by.shopId);
  if (shop === undefined || roleOf(shop, by.link.personId) === undefined)
    return { kind: 'not_in_team' };
  const nowMs = world.clock.now();
  await world.consoleSessions.save({
    fingerprint: world.tokens.fingerprint(by.token),
    version: 1,
    shopId: shop.id,
    personId: by.link.personId,
    createdAtMs: nowMs,
    lastUsedAtMs: nowMs,
  });
  await useUpLink(world, by.link);
  return { kind: 'signed_in', token: by.token };
}

/** Pressed twice in the browser that it signed in; after signing out it is used for good. */
async function again(world: SignInWorld, token: string): Promise<SignInOutcome> {
  const session = await world.consoleSessions.get(world.tokens.fingerprint(token));
  const lives = session !== undefined && endsAtMs(session) > world.clock.now();
  return lives ? { kind: 'signed_in', token } : { kind: 'used' };
}
