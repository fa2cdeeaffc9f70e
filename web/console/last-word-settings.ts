// The shop's last word among its settings: the address that is asked before each charge, its secret, and a call to try it.
import {
  forgetLastWord,
  overlapMs,
  rollLastWord,
  sampleOrder,
  setLastWord,
} from '../../lambdas/domain/console/last-word-setting.ts';
import { type Html, html } from '../html.ts';
import { newSecret, pressedIn, urlIn, whyNoUrl } from './api-acts.ts';
import { hiddenFields, urlField } from './api-words.ts';
import type { Said } from './console-layout.ts';
import type { ConsoleWorld, Visitor } from './console-world.ts';
import { moment } from './order-words.ts';

const settingsPath = '/console/settings';

export interface LastWordShown {
  readonly said: Said;
  /** A secret that was just made. */
  readonly secret?: Html;
}

interface Asked {
  readonly form: URLSearchParams;
  readonly visitor: Visitor;
}

/** Undefined: the form is about something else. */
export async function actOnLastWord(
  world: ConsoleWorld,
  asked: Asked,
): Promise<LastWordShown | undefined> {
  switch (asked.form.get('do') ?? '') {
    case 'last-word':
      return save(world, asked);
    case 'last-word-roll':
      return roll(world, asked);
    case 'last-word-off':
      await forgetLastWord(world, asked.visitor.shop);
      return good('Your system is not asked any more: orders are charged without its last word.');
    case 'last-word-try':
      return tryOut(world, asked);
    default:
      return undefined;
  }
}

function good(text: string): LastWordShown {
  return { said: { kind: 'good', text } };
}

function bad(text: string): LastWordShown {
  return { said: { kind: 'bad', text } };
}

const openAgain = bad('Open the page again and try once more. Nothing was saved.');

async function save(world: ConsoleWorld, asked: Asked): Promise<LastWordShown> {
  const url = urlIn(asked.form);
  const wrong = await whyNoUrl(world, url);
  if (wrong !== undefined) return bad(`${wrong} Nothing was saved.`);
  const pressed = pressedIn(asked, 'last-word');
  if (pressed === undefined) return openAgain;
  const { secret } = await setLastWord(world, asked.visitor.shop, { url, seed: pressed.seed });
  const saved = good('Saved: from now on this address is asked before each charge.');
  return secret === undefined ? saved : { ...saved, secret: newSecret({ url, secret }) };
}

async function roll(world: ConsoleWorld, asked: Asked): Promise<LastWordShown> {
  const pressed = pressedIn(asked, 'last-word-roll');
  if (pressed === undefined) return openAgain;
  const rolled = await rollLastWord(world, asked.visitor.shop, pressed.seed);
  if (rolled === undefined) return bad('There is no address whose secret could be rolled.');
  const until = moment(asked.visitor.shop, world.clock.now() + overlapMs);
  return { ...good(`Until ${until} both secrets sign.`), secret: newSecret(rolled) };
}

async function tryOut(world: ConsoleWorld, { visitor }: Asked): Promise<LastWordShown> {
  const { shop } = visitor;
  if (shop.lastWord === undefined) return bad('There is no address to try.');
  const order = sampleOrder(shop, world.clock.now());
  const answer = await world.lastWord.ask({ shop, order, isTest: true });
  switch (answer.kind) {
    case 'go':
      return good('It works: your system said yes to a test order.');
    case 'no':
      return good(
        `It works: your system said no to a test order, and the buyer would read “${answer.why}”.`,
      );
    case 'silent':
      return bad(
        'No answer that counts within ten seconds, so no order can be paid. Your system must answer with status 200 and {"go":true}, or {"go":false,"reason":"…"}, at this very address, without a redirect.',
      );
  }
}

export function lastWordCard(
  world: Pick<ConsoleWorld, 'clock' | 'tokens'>,
  visitor: Visitor,
  typed: URLSearchParams | undefined,
): Html {
  const { lastWord } = visitor.shop;
  const nonce = world.tokens.newToken();
  const kept = typed?.get('do') === 'last-word' ? (typed.get('url') ?? '') : undefined;
  const form = (act: string, inside: Html) =>
    html`<form method="post" action="${settingsPath}">${hiddenFields(visitor, act, { nonce })}${inside}</form>`;
  const address = form(
    'last-word',
    html`${urlField(kept ?? lastWord?.url ?? '')}<button class="quiet">Save the address</button>`,
  );
  return html`<section class="card"><h2>Last word</h2>
<p class="soft">Your own system may say no just before each charge, because something is sold out or you have closed. No answer within ten seconds is a no. Leave it out if you have no such system.</p>
${address}
${
  lastWord === undefined
    ? undefined
    : html`${rolling(world, visitor)}${form('last-word-try', html`<button class="quiet">Try it with a test order</button>`)}
<div class="acts"><details><summary>Roll the secret…</summary>${form('last-word-roll', html`<p class="soft">For one more day both sign, so that your system misses nothing.</p><button class="quiet">Roll the secret</button>`)}</details>
<details><summary>Ask no more…</summary>${form('last-word-off', html`<p class="soft">Orders are then charged without asking. The secret is forgotten.</p><button class="danger">Ask no more</button>`)}</details></div>`
}</section>`;
}

function rolling({ clock }: Pick<ConsoleWorld, 'clock'>, { shop }: Visitor): Html | undefined {
  const until = shop.lastWord?.previousSecret?.validUntilMs ?? 0;
  return clock.now() < until
    ? html`<p class="small-print">Two secrets sign until ${moment(shop, until)}.</p>`
    : undefined;
}
