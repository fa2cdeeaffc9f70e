// /console/sign-in: by a passkey on this device; and for who has none, where the link is.
import {
  challengeToSignIn,
  type PasskeySignInOutcome,
  signInWithPasskey,
} from '../../lambdas/domain/console/sign-in-with-passkey.ts';
import { html } from '../html.ts';
import type { FileAnswer, PageAnswer } from '../page-answer.ts';
import { outsidePage } from './console-layout.ts';
import type { ConsoleRequest, ConsoleWorld } from './console-world.ts';
import { noCookies } from './sign-in-page.ts';
import { signInPage, strangeForm, visitorOf } from './door.ts';
import { optionsToSign } from './passkey-options.ts';
import { withSession } from './session-cookie.ts';

const again = html`<a class="button quiet" href="/console/sign-in">Try again</a>`;

const instead = 'Write “console” to your shop’s own Page in Messenger to sign in by a link.';

const refusals: Readonly<Record<Exclude<PasskeySignInOutcome['kind'], 'signed_in'>, PageAnswer>> = {
  stale: outsidePage({
    title: 'That took too long',
    text: 'A sign-in is good for five minutes, once, and in one browser. Nothing was done.',
    status: 410,
    more: again,
  }),
  refused: outsidePage({
    title: 'This passkey was not accepted',
    text: `Its answer could not be verified. ${instead}`,
    status: 403,
    more: again,
  }),
  unknown: outsidePage({
    title: 'This passkey was removed',
    text: `Your device still has it, but it opens nothing here. ${instead}`,
    status: 403,
    more: again,
  }),
  counter_back: outsidePage({
    title: 'This passkey was not accepted',
    text: `It seems that there is a copy of it. ${instead} Then remove it under “Passkeys” and add a new one.`,
    status: 403,
  }),
  not_in_team: outsidePage({
    title: 'You are not in this shop’s team',
    text: 'An owner of the shop can invite you under “Team”.',
    status: 403,
  }),
};

export async function showPasskeySignIn(
  world: ConsoleWorld,
  request: ConsoleRequest,
): Promise<PageAnswer> {
  const isIn = (await visitorOf(world, request, false)) !== undefined;
  return isIn ? toOrders(world) : signInPage(200);
}

/** For the script of the form: what the device is to sign. */
export async function askToSignIn(
  world: ConsoleWorld,
  { browser, isFromOurPages }: ConsoleRequest,
): Promise<FileAnswer | PageAnswer> {
  if (!isFromOurPages || browser === undefined) return strangeForm;
  return optionsToSign(world, await challengeToSignIn(world, browser));
}

export async function doPasskeySignIn(
  world: ConsoleWorld,
  { browser, isFromOurPages, form }: ConsoleRequest,
): Promise<PageAnswer> {
  if (!isFromOurPages) return strangeForm;
  if (browser === undefined) return noCookies;
  const outcome = await signInWithPasskey(world, { answer: form.get('answer') ?? '', browser });
  if (outcome.kind === 'signed_in')
    return withSession(toOrders(world), outcome.token, world.publicUrl.startsWith('https:'));
  const memberId = 'memberId' in outcome ? outcome.memberId : undefined;
  world.onPasskeyRefused({ why: outcome.kind, ...(memberId !== undefined && { memberId }) });
  return refusals[outcome.kind];
}

function toOrders(world: ConsoleWorld): PageAnswer {
  return { kind: 'redirect', to: `${world.publicUrl}/console/orders` };
}
