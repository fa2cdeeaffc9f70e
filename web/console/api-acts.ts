// What an owner does under API: makes, rolls and revokes keys, and adds endpoints.
import { type ApiKey, scopes } from '../../lambdas/domain/merchant-api/api-key.ts';
import {
  makeApiKey,
  mostKeys,
  revokeApiKey,
  rollApiKey,
  type ShownKey,
} from '../../lambdas/domain/merchant-api/manage-api-keys.ts';
import { makeEndpoint } from '../../lambdas/domain/merchant-api/manage-endpoints.ts';
import { showAgainMs } from '../../lambdas/domain/merchant-api/form-secret.ts';
import {
  mostEndpoints,
  type WebhookEndpoint,
} from '../../lambdas/domain/merchant-api/webhook-endpoint.ts';
import {
  type AddressBook,
  whyNotAnAddress,
} from '../../lambdas/domain/merchant-api/whose-address.ts';
import type { Html } from '../html.ts';
import type { PageAnswer } from '../page-answer.ts';
import { apiPage } from './api-page.ts';
import { apiPath, eventsIn, overlapIn, shownOnce, versionIn } from './api-words.ts';
import type { ConsoleRequest, ConsoleWorld, Visitor } from './console-world.ts';
import { notFound } from './door.ts';
import { isNonce } from './nonce.ts';

interface Asked {
  readonly form: URLSearchParams;
  readonly visitor: Visitor;
}

export async function actOnApi(
  world: ConsoleWorld,
  { form }: ConsoleRequest,
  visitor: Visitor,
): Promise<PageAnswer> {
  const asked = { form, visitor };
  switch (form.get('do') ?? '') {
    case 'make-key':
      return makeKey(world, asked);
    case 'roll':
      return rollKey(world, asked);
    case 'revoke':
      return revokeKey(world, asked);
    case 'add-endpoint':
      return addEndpoint(world, asked);
    default:
      return refused(world, asked, 'Nothing was done.');
  }
}

/** What was typed stands in the form again, with what is wrong with it. */
async function refused(world: ConsoleWorld, asked: Asked, why: string): Promise<PageAnswer> {
  const { form: typed, visitor } = asked;
  return apiPage(world, visitor, { said: { kind: 'bad', text: why }, typed });
}

/**
 * What was pressed, and what the secret of `what` follows from: a form that is sent twice makes one thing, and shows it both times.
 * Undefined for a form that no page of ours has shown.
 */
export function pressedIn({ form, visitor }: Pick<Asked, 'form' | 'visitor'>, what: string) {
  const nonce = form.get('nonce') ?? '';
  if (!isNonce(nonce)) return undefined;
  return {
    madeBy: `console:${visitor.member.personId}:${nonce}`,
    // Of the session too: the nonce alone opens nothing.
    seed: `${visitor.formToken}:${nonce}:${what}`,
  };
}

/** Nothing was changed on it yet, and whoever pressed the button twice still waits for its secret. */
function isJustMade(
  world: Pick<ConsoleWorld, 'clock'>,
  { version, createdAtMs }: WebhookEndpoint,
): boolean {
  return version === 1 && world.clock.now() - createdAtMs < showAgainMs;
}

const longestName = 60;
const openAgain = 'Open the page again and try once more.';

async function makeKey(world: ConsoleWorld, asked: Asked): Promise<PageAnswer> {
  const { form, visitor } = asked;
  const name = (form.get('name') ?? '').replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
  if (name === '' || name.length > longestName)
    return refused(world, asked, `Give the key a name of at most ${longestName} characters.`);
  const chosen = form.getAll('scope');
  const ticked = scopes.filter((scope) => chosen.includes(scope));
  if (ticked.length === 0) return refused(world, asked, 'Tick at least one thing that it may do.');
  const pressed = pressedIn(asked, 'key');
  if (pressed === undefined) return refused(world, asked, openAgain);
  const made = await makeApiKey(world, {
    shopId: visitor.shop.id,
    name,
    scopes: ticked,
    ...pressed,
  });
  switch (made.kind) {
    case 'made':
      return apiPage(world, visitor, { secret: newKey(made) });
    case 'made_already':
      return apiPage(world, visitor, {
        said: {
          kind: 'bad',
          text: 'This form has made its key already, and that is no longer shown. It stands below: roll it, and you see a new one.',
        },
      });
    case 'too_many':
      return refused(
        world,
        asked,
        `A shop has at most ${mostKeys} keys. Revoke one that nobody uses.`,
      );
  }
}

/** No redirect: the secret must stand in no address and is nowhere to be read again. */
function newKey({ key, text }: ShownKey): Html {
  return shownOnce({
    title: `The key “${key.name}”`,
    text,
    advice: 'Whoever has it may do what you ticked, so put it in no e-mail and no chat.',
  });
}

async function rollKey(world: ConsoleWorld, asked: Asked): Promise<PageAnswer> {
  const { form, visitor } = asked;
  const overlapMs = overlapIn(form);
  const version = versionIn(form);
  const pressed = pressedIn(asked, `${form.get('key') ?? ''}:${version}`);
  if (overlapMs === undefined || version === undefined || pressed === undefined)
    return refused(world, asked, openAgain);
  const key = await keyOf(world, asked);
  if (key === undefined) return notFound(visitor, apiPath);
  const named = { shopId: visitor.shop.id, keyId: key.id };
  const rolled = await rollApiKey(world, {
    ...named,
    overlapMs,
    version,
    seed: pressed.seed,
  });
  switch (rolled.kind) {
    case 'made':
      return apiPage(world, visitor, { secret: newKey(rolled) });
    case 'unknown':
      return refused(world, asked, 'This key is revoked. Make another one.');
    case 'moved':
      return refused(
        world,
        asked,
        'This key was rolled meanwhile by another page, and nothing was done now. If you did not see its new text, roll it again.',
      );
  }
}

async function revokeKey(world: ConsoleWorld, asked: Asked): Promise<PageAnswer> {
  const { visitor } = asked;
  const key = await keyOf(world, asked);
  if (key === undefined) return notFound(visitor, apiPath);
  const outcome = await revokeApiKey(world, { shopId: visitor.shop.id, keyId: key.id });
  // Unknown: it was revoked before, by the same button pressed twice.
  return outcome === 'moved'
    ? refused(world, asked, 'It was rolled at the same moment, and still opens. Revoke it again.')
    : { kind: 'redirect', to: `${world.publicUrl}${apiPath}?done=revoked` };
}

/** The key that a form names, revoked or not, where it is one of this shop's. */
async function keyOf(world: ConsoleWorld, asked: Asked): Promise<ApiKey | undefined> {
  const id = asked.form.get('key') ?? '';
  if (!isKeyId(id)) return undefined;
  const key = await world.apiKeys.get(id);
  return key?.shopId === asked.visitor.shop.id ? key : undefined;
}

function isKeyId(text: string): text is ApiKey['id'] {
  return /^key_[a-z2-7]{1,40}$/u.test(text);
}

async function addEndpoint(world: ConsoleWorld, asked: Asked): Promise<PageAnswer> {
  const { form, visitor } = asked;
  const url = urlIn(form);
  const wrong = await whyNoUrl(world, url);
  if (wrong !== undefined) return refused(world, asked, `${wrong} Nothing was saved.`);
  const pressed = pressedIn(asked, 'endpoint');
  if (pressed === undefined) return refused(world, asked, openAgain);
  const made = await makeEndpoint(world, {
    shopId: visitor.shop.id,
    url,
    eventTypes: eventsIn(form),
    madeBy: pressed.madeBy,
  });
  switch (made.kind) {
    case 'made':
      return apiPage(world, visitor, { secret: newSecret(made.endpoint) });
    case 'made_already':
      if (isJustMade(world, made.endpoint))
        return apiPage(world, visitor, { secret: newSecret(made.endpoint) });
      return apiPage(world, visitor, {
        said: {
          kind: 'bad',
          text: 'This form has added its endpoint already, and the secret is no longer shown. Open the endpoint below and roll its secret to see a new one.',
        },
      });
    case 'too_many':
      return refused(world, asked, `A shop has at most ${mostEndpoints} endpoints.`);
  }
}

export function newSecret({
  url,
  secret,
}: {
  readonly url: string;
  readonly secret: string;
}): Html {
  return shownOnce({
    title: `The secret of ${new URL(url).host}`,
    text: secret,
    advice: 'By it your program tells our events from those of others.',
  });
}

export function urlIn(form: URLSearchParams): string {
  return (form.get('url') ?? '').trim();
}

const longestUrl = 2000;

/** In words, for the field that is called an address. */
export async function whyNoUrl(world: AddressBook, url: string): Promise<string | undefined> {
  if (url.length > longestUrl) return `The address has at most ${longestUrl} characters.`;
  const why = await whyNotAnAddress(url, world);
  return why === undefined ? undefined : `This address cannot be used. ${why}`;
}
