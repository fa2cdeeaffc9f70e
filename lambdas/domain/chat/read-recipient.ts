// Reads whom a piece of a sentence names, or why it names nobody.
import type { RecipientText, WhyNot } from './command.ts';

export type RecipientReading =
  | { readonly kind: 'recipient'; readonly recipient: RecipientText }
  | {
      readonly kind: 'nobody';
      readonly why: Extract<
        WhyNot,
        'recipient_missing' | 'two_recipients' | 'oneself' | 'not_now' | 'negated' | 'unclear'
      >;
    };

const oneself = /^(?:me|my ?self|us|ourselves|mine)$/iu;
const somebody =
  /^(?:him|her|them|it|you|yourself|someone|somebody|anyone|anybody|everyone|everybody|nobody|no one|this|that|these|those|who|whoever|people|all)$/iu;

/** Words that no name is made of: where they stand, more was said than a name. */
const notInNames = new Set(
  (
    'to from for of off about around at in on up out by with without than as so but because if unless then is are was were ' +
    'be been has have had will would can could should must do does did no the a an some any more less half most much many ' +
    'same amount money cash payment payments dollars i we he she they his their our your lol haha please thanks send sent ' +
    'pay paid give gave transfer request ask owe owes wait actually nvm jk again too also yet still ' +
    'another other using via through over under maybe probably perhaps twice double take total exactly only just roughly ' +
    'nearly almost per minus plus between share card number phone account bank http https'
  ).split(' '),
);

/** Names whose first word is one of these are said all the same: "my mom", "the plumber". */
const leadingArticle = /^(?:my|the) (?=\S)/iu;

/** Of those, the ones that are names when they begin with a capital letter. */
const alsoNames = new Set(['An', 'Be', 'Do', 'In', 'No', 'On', 'So']);

const laterWords =
  /(?<![\p{L}'])(?:tomorrow|tonight|later|soon|next|every|each|weekly|monthly|daily|yearly|annually|when|once|after|before|until|till|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mondays|fridays)(?![\p{L}'])/iu;

const nameWord = /^\p{L}(?:[\p{L}\p{M}'.-]|\u200c|\u200d)*$/u;
const abbreviation = /^(?:\p{L}|dr|mr|mrs|ms|st|jr|sr|prof)\.$/iu;
const longestName = 60;
const mostWords = 5;

/** "@bob", "Mary Jane", "my mom". Takes folded text; the name is given back as typed, without full stops around it. */
export function readRecipient(text: string): RecipientReading {
  const said = text.trim().replace(/[,;:!?]+$|(?<!(?:^|[ .])\p{L}{1,2})\.+$/u, '');
  const handle = readHandle(said);
  if (handle !== undefined) return { kind: 'recipient', recipient: { kind: 'handle', handle } };
  if (said === '' || somebody.test(said)) return { kind: 'nobody', why: 'recipient_missing' };
  if (oneself.test(said)) return { kind: 'nobody', why: 'oneself' };
  if (/(?<![\p{L}'])(?:not|never|don'?t)(?![\p{L}'])/iu.test(said))
    return { kind: 'nobody', why: 'negated' };
  if (saysLater(said)) return { kind: 'nobody', why: 'not_now' };
  if (namesSeveral(said)) return { kind: 'nobody', why: 'two_recipients' };
  return isName(said)
    ? { kind: 'recipient', recipient: { kind: 'name', name: said } }
    : { kind: 'nobody', why: 'unclear' };
}

/** Lower case, without the @. Whether it is free or fit to be chosen, is decided elsewhere. */
export function readHandle(text: string): string | undefined {
  return /^@([\p{L}\p{N}_][\p{L}\p{M}\p{N}_.-]{0,49})$/u
    .exec(text)?.[1]
    ?.replace(/\.+$/u, '')
    .toLowerCase();
}

/** Words that put it off: "tomorrow", "every friday", "next week". */
export function saysLater(text: string): boolean {
  return laterWords.test(text);
}

function namesSeveral(text: string): boolean {
  const parts = text.split(/ (?:and|or|plus) | ?[&+/] ?/iu);
  return parts.length > 1 && parts.every((part) => readHandle(part) !== undefined || isName(part));
}

function isName(text: string): boolean {
  const words = text.replace(leadingArticle, '').split(' ');
  return (
    text.length <= longestName &&
    words.length <= mostWords &&
    words.every((word) => nameWord.test(word) && !isStopWord(word)) &&
    !words.some((word) => /'s$/iu.test(word)) &&
    // "Dr. Bob" and "J. R. Smith" are names, "bob. call him" is two sentences.
    words.slice(0, -1).every((word) => !word.endsWith('.') || abbreviation.test(word))
  );
}

function isStopWord(word: string): boolean {
  return notInNames.has(word.toLowerCase()) && !alsoNames.has(word);
}
