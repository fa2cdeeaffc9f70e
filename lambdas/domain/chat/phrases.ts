// The set phrases, typos included, that ask for something other than moving money.
import { readCurrency } from '../money/currency.ts';
import { readSign } from '../money/currency-signs.ts';
import { foldText } from '../money/fold-text.ts';
import type { Speaker } from '../money/speaker.ts';
import type { Command } from './command.ts';
import { readHandle } from './read-recipient.ts';
import { withoutPoliteness } from './sentence.ts';
import { isSlipOf } from './slip.ts';
import { isPaymentId, readSubjectId } from './subject-id.ts';

/** Lower case, letters and digits only: "Who am I?" is looked up as "who am i". */
const phrases: ReadonlyMap<string, Command> = new Map([
  ...said(
    { kind: 'accept' },
    'accept|accept it|accept that|accept request|accept the request|accept payment|accept the payment|i accept|claim|claim it|claim my money|claim the money',
  ),
  ...said(
    { kind: 'decline' },
    'decline|decline it|decline that|decline request|decline the request|decline payment|decline the payment|reject|reject it|reject request|reject the request|reject the payment|refuse|i decline|i refuse|turn it down',
  ),
  ...said(
    { kind: 'cancel' },
    'cancel|cancel it|cancel that|cancel this|cancel payment|cancel the payment|cancel my payment|cancel last payment|cancel the last payment|cancel my last payment|cancel request|cancel the request|cancel my request|stop payment|stop the payment|stop that payment|stop my payment|stop this payment',
  ),
  ...said(
    { kind: 'undo' },
    'undo|undo it|undo that|undo this|undo payment|undo the payment|undo my payment|undo last payment|undo the last payment|undo my last payment|take it back|i want it back|oops|revert|revert it',
  ),
  ...said(
    { kind: 'remind' },
    'remind|remind them|remind him|remind her|send reminder|send a reminder|send them a reminder|nudge|nudge them',
  ),
  ...said(
    { kind: 'activity' },
    'activity|my activity|recent activity|show activity|show my activity|history|my history|payment history|show history|show my history|transactions|my transactions|recent transactions|last transactions|show my transactions|payments|my payments|last payments|my last payments|recent payments|my recent payments|show payments|show my payments|show my last payments|list payments|what did i pay|what have i paid|statement',
  ),
  ...said(
    { kind: 'who_am_i' },
    'who am i|whoami|my profile|profile|my account|account|my handle|my name|whats my handle|what is my handle|whats my name|who do you think i am',
  ),
  ...said(
    { kind: 'limits' },
    'limits|limit|my limits|my limit|show limits|show my limits|whats my limit|what is my limit|what are my limits|what are the limits|how much can i send|how much can i pay|how much can i send today|how much can i still send|how much may i send',
  ),
  ...said(
    { kind: 'help' },
    'help|help me|i need help|menu|commands|info|faq|what can you do|what can i do|what can i say|what is this|whats this|how does this work|how does it work|how do i send money|how do i pay|how can i send money|support|instructions',
  ),
  ...said(
    { kind: 'start' },
    'start|get started|begin|hi|hello|hey|hi there|hello there|hey there|good morning|good afternoon|good evening|howdy|lets start|lets go|start over',
  ),
  ...said(
    { kind: 'stop' },
    'stop|stop it|stop all|stop messages|stop messaging me|stop writing|stop writing me|stop texting me|unsubscribe|opt out|leave me alone|quit|end',
  ),
  ...said(
    { kind: 'settings' },
    'settings|my settings|setting|preferences|options|change pin|change my pin|my pin|forgot my pin|i forgot my pin|change card|change my card|my card|my cards|add card|add a card|add my card|remove card|remove my card|open settings',
  ),
  ...said(
    { kind: 'my_shops' },
    'my shops|shops|show my shops|show shops|list my shops|which shops|joined shops|linked shops|my joined shops|my linked shops|unlink|unlink shop|unlink a shop|unlink my shop|my orders|orders|order status|where is my order|wheres my order|show my orders|my last order',
  ),
  ...said(
    { kind: 'delete_my_data' },
    'delete my data|delete all my data|delete data|erase my data|remove my data|delete my account|close my account|delete me|forget me|forget about me|gdpr delete|delete everything about me',
  ),
  ...said(
    { kind: 'yes' },
    'yes|y|yes please|yep|yeah|yup|ye|sure|ok|okay|k|correct|right|thats right|exactly|confirm|confirmed|i agree|agree|i accept the terms|accept the terms|do it|go ahead|yes do it|yes i am sure|im sure|of course',
  ),
  ...said(
    { kind: 'no' },
    'no|n|no thanks|no thank you|nope|nah|not now|dont|do not|wrong|thats wrong|incorrect|i disagree|disagree|never mind|nevermind|nvm|forget it|no way|no dont',
  ),
]);

/** Single words that a slip of the finger may hide. Nothing that moves money, opts out, or cannot be taken back. */
const forgivenWords = [
  'cancel',
  'undo',
  'help',
  'history',
  'activity',
  'transactions',
  'payments',
  'settings',
  'limits',
  'profile',
];
const notSlips = new Set(['cancer', 'cancels', 'until']);

function said(command: Command, texts: string): (readonly [string, Command])[] {
  return texts.split('|').map((text) => [text, command] as const);
}

/** Takes folded text. Undefined when it is none of the set phrases. */
export function readPhrase(text: string, speaker: Speaker): Command | undefined {
  const polite = withoutPoliteness(text).text;
  return (
    readMarks(text) ??
    phrases.get(phraseKey(text)) ??
    phrases.get(phraseKey(polite)) ??
    readWithId(polite) ??
    readSetting(polite, speaker) ??
    phrases.get(withoutSlip(phraseKey(polite)))
  );
}

/** Signs alone: a question mark, a thumb. Skin tones do not change what a thumb means. */
function readMarks(text: string): Command | undefined {
  if (/^\?+$/u.test(text)) return { kind: 'help' };
  if (/^(?:\u{1F44D}|\u{1F44C}|✅|✔️?)[\u{1F3FB}-\u{1F3FF}]?$/u.test(text)) return { kind: 'yes' };
  if (/^(?:\u{1F44E}|❌|✖️?)[\u{1F3FB}-\u{1F3FF}]?$/u.test(text)) return { kind: 'no' };
  if (/^(?:\u{1F44B})[\u{1F3FB}-\u{1F3FF}]?$/u.test(text)) return { kind: 'start' };
  return undefined;
}

function phraseKey(text: string): string {
  return text
    .toLowerCase()
    .replaceAll("'", '')
    .replaceAll(/[^\p{L}\p{N}@_]+/gu, ' ')
    .trim();
}

function withoutSlip(key: string): string {
  const [first = '', ...rest] = key.split(' ');
  const meant = notSlips.has(first)
    ? undefined
    : forgivenWords.find((word) => isSlipOf(first, word, 6));
  return [meant ?? first, ...rest].join(' ');
}

/** "cancel pay_x", and the code of a claim link where the link itself got lost: "claim Xy12". */
function readWithId(text: string): Command | undefined {
  const code = /^claim ([A-Za-z0-9_=-]{4,200})$/iu.exec(text)?.[1];
  if (code !== undefined && /\d/u.test(code)) return { kind: 'claim', code };
  const match = /^(accept|decline|reject|cancel|undo|remind) (\S+)$/iu.exec(text);
  const id = readSubjectId(match?.[2] ?? '');
  if (id === undefined) return undefined;
  const verb = match?.[1]?.toLowerCase() ?? '';
  switch (verb) {
    case 'accept':
      return { kind: 'accept', id };
    case 'decline':
    case 'reject':
      return { kind: 'decline', id };
    case 'cancel':
      return { kind: 'cancel', id };
    case 'remind':
      return { kind: 'remind', id };
    case 'undo':
      return isPaymentId(id) ? { kind: 'undo', id } : undefined;
    default:
      return undefined;
  }
}

function readSetting(text: string, speaker: Speaker): Command | undefined {
  const handle =
    /^(?:(?:my|choose|set|change|use|new)(?: my| the)? handle(?: is| to|:)?|handle|call me|i am|i'm|im) (@?\S+)$/iu.exec(
      text,
    )?.[1];
  if (handle !== undefined && (handle.startsWith('@') || /handle/iu.test(text))) {
    const chosen = readHandle(handle.startsWith('@') ? handle : `@${handle}`);
    return chosen === undefined ? undefined : { kind: 'choose_handle', handle: chosen };
  }
  const money =
    /^(?:(?:set|change|switch)(?: my| the)? currency(?: to)?|currency|(?:my|the) currency is|use|switch to) (.{1,20})$/iu.exec(
      text,
    )?.[1];
  const currency = money === undefined ? undefined : readCurrencyName(foldText(money), speaker);
  return currency === undefined ? undefined : { kind: 'set_currency', currency };
}

function readCurrencyName(text: string, speaker: Speaker): ReturnType<typeof readCurrency> {
  const meaning = readSign(text, 'after', speaker);
  const [currency, another] = meaning?.currencies ?? [];
  return (
    readCurrency(text) ??
    (another === undefined && meaning?.isMinor === false ? currency : undefined)
  );
}
