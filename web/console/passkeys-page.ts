// /console/passkeys: the passkeys of whoever is signed in, for this shop's console: add, see, remove.
import {
  addPasskey,
  type AddPasskeyOutcome,
  challengeToAdd,
  ownPasskeys,
  removePasskey,
} from '../../lambdas/domain/console/own-passkeys.ts';
import { mostPasskeys, type Passkey } from '../../lambdas/domain/console/passkey.ts';
import { type Html, html } from '../html.ts';
import type { FileAnswer, PageAnswer } from '../page-answer.ts';
import { consolePage, ofSession, type Said } from './console-layout.ts';
import type { ConsoleRequest, ConsoleWorld, Visitor } from './console-world.ts';
import { moment } from './order-words.ts';
import { optionsToMake } from './passkey-options.ts';
import { passkeyForm } from './passkey-script.ts';
import { signedOut } from './sign-in-page.ts';

const path = '/console/passkeys';

const done: Readonly<Record<string, string>> = {
  added: 'Added. From now on this passkey signs you in, without a link.',
  removed: 'Removed: it signs you in no more. You can delete it on your device, too.',
};

const refusals: Readonly<Record<Exclude<AddPasskeyOutcome['kind'], 'added'>, string>> = {
  stale:
    'Nothing was added: it took longer than five minutes, or the page was sent twice. Try again.',
  refused: 'Nothing was added: your device’s answer could not be verified. Try again.',
  known: 'You have this passkey already.',
  too_many: `Nothing was added: ${mostPasskeys} passkeys are the most. Remove one first.`,
};

export async function showPasskeys(
  world: ConsoleWorld,
  request: ConsoleRequest,
  visitor: Visitor,
): Promise<PageAnswer> {
  const text = done[request.query['done'] ?? ''];
  return passkeysPage(world, visitor, text === undefined ? undefined : { kind: 'good', text });
}

async function passkeysPage(
  world: ConsoleWorld,
  visitor: Visitor,
  said?: Said,
): Promise<PageAnswer> {
  const passkeys = await ownPasskeys(world, visitor);
  return consolePage(visitor, path, {
    title: 'Passkeys',
    ...(said === undefined ? {} : { said }),
    body: html`<h1>Your passkeys</h1>
<p class="intro">A passkey signs you in to the console of ${visitor.shop.name} with your finger, your face or your device’s PIN. What proves that it is you never leaves your device.</p>
${passkeys.map((passkey) => passkeyCard(visitor, passkey))}${addCard(visitor)}`,
  });
}

function passkeyCard(visitor: Visitor, passkey: Passkey): Html {
  const { name, createdAtMs, lastUsedAtMs, credentialId } = passkey;
  const used =
    lastUsedAtMs === undefined
      ? 'not used yet'
      : html`last used ${moment(visitor.shop, lastUsedAtMs)}`;
  return html`<section class="card"><p class="title">${name}</p>
<p class="small-print">Added ${moment(visitor.shop, createdAtMs)}, ${used}</p>
<form method="post" action="${path}">${ofSession(visitor)}<input type="hidden" name="do" value="remove"><input type="hidden" name="passkey" value="${credentialId}"><button class="danger" aria-label="Remove ${name}">Remove</button></form></section>`;
}

function addCard(visitor: Visitor): Html {
  const fields = html`${ofSession(visitor)}<input type="hidden" name="do" value="add"><label class="field">Name <small>So that you know later which device it is on</small><input type="text" name="name" maxlength="50" placeholder="Phone at the counter"></label>`;
  return html`<section class="card"><h2>Add a passkey</h2>
${passkeyForm({ action: path, challengeAt: `${path}/challenge`, fields, button: 'Add a passkey' })}
<p data-without-passkey>This takes scripts, and a browser that knows passkeys. Without them, you sign in by the link in your shop’s thread.</p>
<p class="soft">Add one only on a device that nobody else unlocks. Removing a passkey signs out whoever came in by it.</p></section>`;
}

export async function actOnPasskeys(
  world: ConsoleWorld,
  { form }: ConsoleRequest,
  visitor: Visitor,
): Promise<PageAnswer> {
  switch (form.get('do') ?? '') {
    case 'add':
      return add(world, visitor, form);
    case 'remove':
      return remove(world, visitor, form.get('passkey') ?? '');
    default:
      return passkeysPage(world, visitor, { kind: 'bad', text: 'Nothing was done.' });
  }
}

async function remove(
  world: ConsoleWorld,
  visitor: Visitor,
  credentialId: string,
): Promise<PageAnswer> {
  await removePasskey(world, visitor, credentialId);
  if (visitor.session.passkeyId === credentialId)
    return signedOut(world, 'The passkey is removed', 'You came in by it, so you are signed out. ');
  return { kind: 'redirect', to: `${world.publicUrl}${path}?done=removed` };
}

async function add(
  world: ConsoleWorld,
  visitor: Visitor,
  form: URLSearchParams,
): Promise<PageAnswer> {
  const asked = { answer: form.get('answer') ?? '', name: form.get('name') ?? '' };
  const outcome = await addPasskey(world, visitor, asked);
  if (outcome.kind === 'added')
    return { kind: 'redirect', to: `${world.publicUrl}${path}?done=added` };
  return passkeysPage(world, visitor, { kind: 'bad', text: refusals[outcome.kind] });
}

/** For the script of the form: what the device is to make. */
export async function askToAdd(
  world: ConsoleWorld,
  _request: ConsoleRequest,
  visitor: Visitor,
): Promise<FileAnswer> {
  const [challenge, passkeys] = await Promise.all([
    challengeToAdd(world, visitor),
    ownPasskeys(world, visitor),
  ]);
  return optionsToMake(world, visitor, { challenge, passkeys });
}
