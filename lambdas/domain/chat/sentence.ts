// How something is said around its core: politeness, questions, denials, tellings, putting off.
import { saysLater } from './read-recipient.ts';

/** A text without its politeness. */
export interface Sentence {
  readonly text: string;
  /** "can you …", "could you …": a question mark after it is politeness too. */
  readonly isAsked: boolean;
}

const asking =
  /^(?:(?:can|could|would|will) (?:you|u|we)(?: please| pls| kindly| just)?|would you mind to)(?=[ ,\n])/iu;
const leadIn =
  /^(?:please|pls|plz|hey|hi|hello|yo|okay|ok|alright|yes|yeah|yep|sure|so|and|then|tender|@tender|bot|thanks|well|now|just|kindly|quickly|i want to|i want you to|i'd like to|i'd like you to|i would like to|i would like you to|i wanna|i need to|i need you to|let's|lets|let me|help me|go ahead and|go and)(?=[ ,:!.\n])/iu;
const leadOut =
  /[ ,.\n]+(?<!for )(?:please|pls|plz|thanks|thank you|thx|ty|cheers|right now|right away|immediately|asap|now|today|for me)$/iu;

/** Smileys made of signs would be read as notes, and <3 as an amount. */
const emoticon = /[\s,.](?:[:;=]'?-?[)(DPp3*]|<3|\^_?\^)$/u;

/** Takes folded text. Loops because people are polite more than once: "hey, can you please …, please, thanks!" */
export function withoutPoliteness(said: string): Sentence {
  const question = said.endsWith('?') ? '?' : '';
  let text = said;
  let isAsked = false;
  for (let before = ''; before !== text; ) {
    before = text;
    isAsked ||= asking.test(text);
    text = text
      .replace(asking, '')
      .replace(leadIn, '')
      .replace(/^[\s,:!.…]+/u, '');
    text = text
      .replace(/(?:[\s.!?…,]|\u{1F64F})+$/u, '')
      .replace(emoticon, '')
      .replace(leadOut, '');
  }
  return { text: isAsked ? text : text + question, isAsked };
}

const denial =
  /(?<![\p{L}'])(?:don'?t|do not|won'?t|will not|can'?t|cannot|shouldn'?t|should not|didn'?t|did not|wouldn'?t|haven'?t|not|never|nothing|no longer|instead of|without|stop|cancel|nvm|never ?mind|just kidding|jk|scratch that|actually|wait)(?![\p{L}'])|^no(?![\p{L}'])/iu;
/** Inside a note, "not" and "wait" are common ("for not being there"); taking it all back is not. */
const takingBack =
  /(?<![\p{L}'])(?:don'?t|do not|nvm|never ?mind|just kidding|jk|scratch that|actually|cancel (?:that|it|this)|no wait|wait no)(?![\p{L}'])/iu;
const question =
  /^(?:did|do|does|have|has|had|who|whom|what|when|where|why|which|how|is|are|am|was|were|should|shall|may|might|can|could|would|will)(?![\p{L}'])/iu;
const owing = /(?<![\p{L}'])(?:owe|owes|owed|owing)(?![\p{L}'])/iu;
const telling =
  /^(?:i|we|you|he|she|they|it)(?:'\p{L}+)?(?= )|(?<![\p{L}'])(?:sent|paid|gave|given|transferred|requested|asked|received|got|charged|tipped|wired|repaid|sending|paying|giving|transferring|going to|gonna|will)(?![\p{L}'])/iu;
const condition = /(?<![\p{L}'])(?:if|unless|provided that|as soon as)(?![\p{L}'])/iu;
const repeating =
  /(?<![\p{L}'])(?:every|each) (?:\p{L}+ )?(?:day|week|month|year|morning|evening|weekday|weekend|monday|tuesday|wednesday|thursday|friday|saturday|sunday)(?![\p{L}'])/iu;
const atTime =
  /(?<![\p{L}'])(?:(?:at|by|on the|until) \d|in (?:\d+|an?|\p{L}+) (?:minutes?|mins?|hours?|days?|weeks?|months?)(?![\p{L}']))/iu;

export function isDenied(text: string): boolean {
  return denial.test(text);
}

export function isTakenBack(note: string): boolean {
  return takingBack.test(note);
}

export function isQuestion(sentence: Sentence): boolean {
  return sentence.text.endsWith('?') || (!sentence.isAsked && question.test(sentence.text));
}

export function tellsOfDebt(text: string): boolean {
  return owing.test(text);
}

export function isTold(text: string): boolean {
  return telling.test(text);
}

/** For another time or on a condition; the note apart, where only "every week" counts. */
export function isPutOff(text: string): boolean {
  return condition.test(text) || saysLater(text) || atTime.test(text);
}

export function isRepeating(note: string): boolean {
  return repeating.test(note) || condition.test(note);
}
