// What is shown for a link that opens nothing, and the door that every linked page goes through.
import { type Link, type LinkPurpose } from '../lambdas/domain/links/link.ts';
import { bindLink, type LinkFor, openLink } from '../lambdas/domain/links/open-link.ts';
import { messagePage } from './layout.ts';
import type { PageAnswer } from './page-answer.ts';
import type { PageRequest, PageWorld } from './page-world.ts';

export const unknownLink = messagePage({
  title: 'This link does not work',
  text: 'It may be incomplete, or older than a day. Write “activity” in the chat to see your payments.',
  mark: '🔑',
  status: 404,
});

export const noPicture = messagePage({
  title: 'No picture here',
  text: 'It may have been taken away by its shop.',
  mark: '🖼',
  status: 404,
});

export const expiredLink = messagePage({
  title: 'This link has run out',
  text: 'Links are short-lived so that nobody else can use them. Ask for a new one in the chat.',
  mark: '⌛',
  status: 410,
});

export const usedLink = messagePage({
  title: 'This link has been used',
  text: 'What it was for is done. The chat shows how it went.',
  mark: '✓',
  status: 410,
});

export const otherBrowser = messagePage({
  title: 'This link was opened elsewhere',
  text: 'It works only in the browser that used it first. Ask for a new one in the chat; if it was not you, change your PIN there.',
  mark: '🔒',
  status: 403,
});

/** Opens the link of a request; acting with it (POST) ties it to the browser. */
export async function throughLink<Kind extends LinkPurpose['kind']>(
  world: PageWorld,
  request: PageRequest,
  to: {
    readonly kind: Kind;
    readonly open: (link: LinkFor<Kind>) => Promise<PageAnswer>;
    /** What a used link still shows; its own page says how the thing ended. */
    readonly used?: (link: LinkFor<Kind>) => Promise<PageAnswer>;
  },
): Promise<PageAnswer> {
  const { token, browser } = request;
  const opened = await openLink(world, { kind: to.kind, token, browser });
  switch (opened.kind) {
    case 'unknown':
      return unknownLink;
    case 'expired':
      return expiredLink;
    case 'other_browser':
      return otherBrowser;
    case 'used':
      return to.used === undefined ? usedLink : to.used(opened.link);
    case 'open': {
      const ours = await bindToBrowser(world, request, opened.link);
      return ours === undefined ? otherBrowser : to.open(ours);
    }
  }
}

/** A browser that keeps no cookies cannot be told from another: its link stays a key for whoever has it. */
async function bindToBrowser<AnyLink extends Link>(
  world: PageWorld,
  request: PageRequest,
  link: AnyLink,
): Promise<AnyLink | undefined> {
  if (request.method !== 'POST' || request.browser === undefined) return link;
  return bindLink(world, link, request.browser);
}
