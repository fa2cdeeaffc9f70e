// /console/sign-in/…: a link from the shop's thread becomes a session, by a button and never by looking.
import { signIn, type SignInOutcome } from '../../lambdas/domain/console/sign-in.ts';
import { signOut } from '../../lambdas/domain/console/visit.ts';
import { openLink } from '../../lambdas/domain/links/open-link.ts';
import { html } from '../html.ts';
import type { PageAnswer } from '../page-answer.ts';
import { outsidePage } from './console-layout.ts';
import type { ConsoleRequest, ConsoleWorld } from './console-world.ts';
import { isOwnForm, strangeForm, visitorOf } from './door.ts';
import { withoutSession, withSession } from './session-cookie.ts';

const askAgain = 'Write “console” to the shop’s Page in Messenger to get a new one.';

const refusals: Readonly<Record<Exclude<SignInOutcome['kind'], 'signed_in'>, PageAnswer>> = {
  unknown: outsidePage({
    title: 'This link does not work',
    text: `It may be incomplete. ${askAgain}`,
    status: 404,
  }),
  expired: outsidePage({
    title: 'This link has run out',
    text: `It was good for 15 minutes, so that nobody else can use it. ${askAgain}`,
    status: 410,
  }),
  used: outsidePage({
    title: 'This link has been used',
    text: `Each link signs in once. ${askAgain}`,
    status: 410,
  }),
  other_browser: outsidePage({
    title: 'This link was opened elsewhere',
    text: `It works only in the browser that used it first. ${askAgain}`,
    status: 403,
  }),
  not_in_team: outsidePage({
    title: 'You are not in this shop’s team',
    text: 'An owner of the shop can invite you under “Team”.',
    status: 403,
  }),
};

/** Looking at the link changes nothing: previews and crawlers look too. */
export async function showSignIn(
  world: ConsoleWorld,
  request: ConsoleRequest,
): Promise<PageAnswer> {
  const token = request.params['token'] ?? '';
  const opened = await openLink(world, { kind: 'console', token, browser: request.browser });
  // The old link in the thread is where people look for the console.
  if (opened.kind === 'used' && (await visitorOf(world, request, false)) !== undefined)
    return toOrders(world);
  if (opened.kind !== 'open') return refusals[opened.kind];
  const shop = await world.shops.get(opened.link.purpose.shopId);
  const member = shop?.team.find(({ personId }) => personId === opened.link.personId);
  if (shop === undefined || member === undefined) return refusals.not_in_team;
  return outsidePage({
    title: shop.name,
    text: `This signs you in to the console of ${shop.name} as ${member.name}. If that is not you, close this page.`,
    status: 200,
    more: html`<form method="post" action="/console/sign-in/${token}"><button>Sign in</button></form>
<p class="soft">You stay signed in on this device for up to a week. Under “Passkeys” you can then add one, and need no link next time.</p>`,
  });
}

export async function doSignIn(world: ConsoleWorld, request: ConsoleRequest): Promise<PageAnswer> {
  if (!request.isFromOurPages) return strangeForm;
  if (request.browser === undefined) return noCookies;
  const outcome = await signIn(world, {
    token: request.params['token'] ?? '',
    browser: request.browser,
  });
  if (outcome.kind !== 'signed_in') return refusals[outcome.kind];
  return withSession(toOrders(world), outcome.token, isSecure(world));
}

function toOrders(world: ConsoleWorld): PageAnswer {
  return { kind: 'redirect', to: `${world.publicUrl}/console/orders` };
}

export const noCookies = outsidePage({
  title: 'Your browser keeps no cookies',
  text: 'The console needs one to know you. Allow cookies for this site, open the page again and press “Sign in”.',
  status: 403,
});

export async function doSignOut(world: ConsoleWorld, request: ConsoleRequest): Promise<PageAnswer> {
  // Without the cookie too: another site could otherwise have it cleared.
  if (!request.isFromOurPages) return strangeForm;
  const visitor = await visitorOf(world, request, false);
  if (visitor !== undefined && !isOwnForm(world, request, visitor)) return strangeForm;
  if (visitor !== undefined && request.session !== undefined) await signOut(world, request.session);
  return signedOut(world, 'Signed out');
}

/** For whoever has just ended their own session; `why` is for those who did not mean to. */
export function signedOut(world: ConsoleWorld, title: string, why = ''): PageAnswer {
  const page = outsidePage({
    title,
    text: `${why}To come back, write “console” to the shop’s Page in Messenger.`,
    status: 200,
    more: html`<a class="button quiet" href="/console/sign-in">Sign in with a passkey</a>`,
  });
  return withoutSession(page, isSecure(world));
}

function isSecure(world: ConsoleWorld): boolean {
  return world.publicUrl.startsWith('https:');
}
