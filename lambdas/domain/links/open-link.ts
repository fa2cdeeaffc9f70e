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

/** The first act binds the link to the browser that acts. `false`: another browser was quicker. */
export async function bindLink(
  world: Pick<World, 'links' | 'tokens'>,
  link: Link,
  browser: string,
): Promise<boolean> {
  const mark = browserMark(world, browser);
  if (link.boundTo !== undefined) return link.boundTo === mark;
  const bound = {
    ...link,
    version: link.version + 1,
    ...(mark === undefined ? {} : { boundTo: mark }),
  };
  if ((await world.links.save(bound)) === 'saved') return true;
  const now = await world.links.get(link.fingerprint);
  return now?.boundTo === mark;
}

/** After its action a link opens nothing more; losing a race means that it was used at the same moment. */
export async function useUpLink(
  world: Pick<World, 'links' | 'clock'>,
  fingerprint: string,
): Promise<'used_up' | 'used_before'> {
  const link = await world.links.get(fingerprint);
  if (link === undefined || link.usedAtMs !== undefined) return 'used_before';
  const used = { ...link, version: link.version + 1, usedAtMs: world.clock.now() };
  return (await world.links.save(used)) === 'saved' ? 'used_up' : useUpLink(world, fingerprint);
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
