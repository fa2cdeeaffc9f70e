// Opens a link: whether it still is a key to what it was made for, and in whose browser.
import type { World } from '../world.ts';
import type { Link, LinkPurpose } from './link.ts';

export type OpenLinkOutcome<Kind extends LinkPurpose['kind']> =
  | { readonly kind: 'open'; readonly link: LinkFor<Kind> }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'used'; readonly link: LinkFor<Kind> }
  /** Someone acted with it in another browser: it was passed on, or taken. */
  | { readonly kind: 'other_browser' };

export type LinkFor<Kind extends LinkPurpose['kind']> = Link & {
  readonly purpose: Extract<LinkPurpose, { kind: Kind }>;
};

/** Looking changes nothing: previews and crawlers open links too. */
export async function openLink<Kind extends LinkPurpose['kind']>(
  world: Pick<World, 'links' | 'tokens' | 'clock'>,
  asked: { readonly kind: Kind; readonly token: string; readonly browser: string | undefined },
): Promise<OpenLinkOutcome<Kind>> {
  const link = await world.links.get(world.tokens.fingerprint(asked.token));
  if (link === undefined || !isFor(link, asked.kind)) return { kind: 'unknown' };
  if (link.boundTo !== undefined && link.boundTo !== browserMark(world, asked.browser)) {
    return { kind: 'other_browser' };
  }
  if (link.usedAtMs !== undefined) return { kind: 'used', link };
  if (link.expiresAtMs <= world.clock.now()) return { kind: 'expired' };
  return { kind: 'open', link };
}

/** The first act binds the link to the browser that acts. Undefined: another browser was quicker. */
export async function bindLink<AnyLink extends Link>(
  world: Pick<World, 'links' | 'tokens'>,
  link: AnyLink,
  browser: string,
): Promise<AnyLink | undefined> {
  const boundTo = world.tokens.fingerprint(browser);
  if (link.boundTo !== undefined) return link.boundTo === boundTo ? link : undefined;
  const bound = { ...link, version: link.version + 1, boundTo };
  if ((await world.links.save(bound)) === 'saved') return bound;
  const now = await world.links.get(link.fingerprint);
  return now?.boundTo === boundTo ? { ...bound, version: now.version } : undefined;
}

/** After its action a link opens nothing more; losing a race means that it was used at the same moment. */
export async function useUpLink(
  world: Pick<World, 'links' | 'clock'>,
  link: Link,
): Promise<'used_up' | 'used_before'> {
  if (link.usedAtMs !== undefined) return 'used_before';
  const used = { ...link, version: link.version + 1, usedAtMs: world.clock.now() };
  if ((await world.links.save(used)) === 'saved') return 'used_up';
  const now = await world.links.get(link.fingerprint);
  return now === undefined ? 'used_before' : useUpLink(world, now);
}

function browserMark(
  world: Pick<World, 'tokens'>,
  browser: string | undefined,
): string | undefined {
  return browser === undefined ? undefined : world.tokens.fingerprint(browser);
}

function isFor<Kind extends LinkPurpose['kind']>(link: Link, kind: Kind): link is LinkFor<Kind> {
  return link.purpose.kind === kind;
}
