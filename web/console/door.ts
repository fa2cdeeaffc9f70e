// The console's door: who is there, whether they may, and whether the form they send is really theirs.
import { mayActAs } from '../../lambdas/domain/console/roles.ts';
import { formTokenOf, visit } from '../../lambdas/domain/console/visit.ts';
import type { Role } from '../../lambdas/domain/shops/shop.ts';
import { html } from '../html.ts';
import type { PageAnswer } from '../page-answer.ts';
import { consolePage, outsidePage, roleNames } from './console-layout.ts';
import type { ConsoleAnswer, ConsoleRequest, ConsoleWorld, Visitor } from './console-world.ts';
import { passkeyForm } from './passkey-script.ts';

/** A page of the console, and who may open it. */
export interface ConsoleDoor {
  readonly role: Role;
  readonly open: (
    world: ConsoleWorld,
    request: ConsoleRequest,
    visitor: Visitor,
  ) => Promise<ConsoleAnswer>;
  /** A page asks for it by itself: that keeps nobody signed in. */
  readonly isAutomatic?: boolean;
}

export async function throughDoor(
  world: ConsoleWorld,
  request: ConsoleRequest,
  door: ConsoleDoor,
): Promise<ConsoleAnswer> {
  const visitor = await visitorOf(world, request, door.isAutomatic !== true);
  if (visitor === undefined) return signInPage(401);
  if (request.method === 'POST' && !isOwnForm(world, request, visitor))
    return request.isWhole ? strangeForm : cutOffForm;
  if (!mayActAs(visitor.member.role, door.role)) return forbidden(visitor, door.role);
  return door.open(world, request, visitor);
}

export async function visitorOf(
  world: ConsoleWorld,
  request: ConsoleRequest,
  isUse: boolean,
): Promise<Visitor | undefined> {
  if (request.session === undefined) return undefined;
  const found = await visit(world, request.session, isUse);
  return found && { ...found, formToken: formTokenOf(world, request.session) };
}

/** Sent by a page of ours, as the browser says, and by one of this very session. */
export function isOwnForm(
  world: Pick<ConsoleWorld, 'tokens'>,
  request: ConsoleRequest,
  visitor: Visitor,
): boolean {
  const given = world.tokens.fingerprint(request.form.get('session') ?? '');
  return request.isFromOurPages && given === world.tokens.fingerprint(visitor.formToken);
}

/** For whoever is not signed in: where the link is, and without one a passkey. */
export function signInPage(status: 200 | 401): PageAnswer {
  return outsidePage({
    title: 'Sign in',
    text: 'Write “console” to your shop’s own Page in Messenger. The answer is a link that signs you in here.',
    status,
    more: passkeyForm({
      action: '/console/passkeys/sign-in',
      challengeAt: '/console/passkeys/sign-in/challenge',
      button: 'Sign in with a passkey',
    }),
  });
}

export const strangeForm: PageAnswer = outsidePage({
  title: 'Nothing was done',
  text: 'This form is out of date, or another site has sent it. Open the page again and try once more.',
  status: 403,
  more: html`<a class="button quiet" href="/console/orders">Back to the orders</a>`,
});

/** Cut off so early that not even the field has come that every form of ours begins with. */
const cutOffForm: PageAnswer = outsidePage({
  title: 'Only a part of it arrived',
  text: 'The form was cut off on its way, or is none of ours. Nothing was done: go back, and send it once more.',
  status: 400,
  more: html`<a class="button quiet" href="/console/orders">Back to the orders</a>`,
});

const needs: Readonly<Record<Role, string>> = {
  reader: 'a member of the team',
  staff: 'staff or an owner',
  owner: 'an owner',
};

function forbidden(visitor: Visitor, role: Role): PageAnswer {
  return consolePage(visitor, '', {
    title: 'Not for your role',
    status: 403,
    body: html`<section class="card"><h1>Not for your role</h1>
<p>You are “${roleNames[visitor.member.role]}” here; this takes ${needs[role]}. Nothing was done.</p></section>`,
  });
}

/** The same for what is another shop's and for what never was: nobody learns which. */
export function notFound(visitor: Visitor, at: string): PageAnswer {
  return consolePage(visitor, at, {
    title: 'Not found',
    status: 404,
    body: html`<section class="card"><h1>Not found</h1>
<p>There is nothing here by that name. It may have been typed wrong.</p>
<a class="button quiet" href="${at}">Back to the list</a></section>`,
  });
}
