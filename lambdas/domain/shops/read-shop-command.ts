// Reads what someone wrote at a shop's Page as a command, or as the reason why it is none.
import { isDenied, isPutOff, withoutPoliteness } from '../chat/sentence.ts';
import { foldText } from '../money/fold-text.ts';
import { mostOfOne } from '../orders/cart.ts';
import { findSecretsInText } from '../privacy/redact.ts';
import { readAskedFor, readOne, saysHowMany } from './read-asked-for.ts';
import { foldWords, singularOf } from './search-words.ts';
import type { AskedFor, ShopCommand, WhyNotAtShop } from './shop-command.ts';
import { readShopPhrase } from './shop-phrases.ts';

/** Longer than anything that a person orders in one breath. */
const longestText = 500;

/** More words than this, and it is a sentence, not the name of something. */
const mostSearchWords = 5;

/**
 * English grammar. A cart is filled only for an order: a verb that asks for something, or a number of things; whatever else
 * names something of the catalog shows it. Nothing here moves money: that takes our checkout page.
 */
export function readShopCommand(text: string): ShopCommand {
  if (text.length > longestText) return notUnderstood('too_long');
  const secret = whySecret(text);
  if (secret !== undefined) return notUnderstood(secret);
  const said = foldText(text);
  const polite = withoutPoliteness(said).text.replace(/[?!.\s]+$/u, '');
  return (
    readCode(said) ??
    readShopPhrase(said) ??
    readShopPhrase(polite) ??
    readAboutOrder(polite) ??
    readTakeOut(polite) ??
    readLookingFor(polite) ??
    readOrder(polite, said) ??
    readBare(polite, said)
  );
}

function whySecret(text: string): WhyNotAtShop | undefined {
  const kinds = findSecretsInText(text);
  if (kinds.length === 0) return undefined;
  return kinds.includes('card_number') || kinds.includes('card_security_code')
    ? 'looks_like_card_number'
    : 'looks_like_account_number';
}

/** "owner k3v…": hand-typed, so in any case. "Team breakfast" is none: a code has a digit, or is longer than a word. */
function readCode(text: string): ShopCommand | undefined {
  const code = /^(?:owner|join|team|invite|code)[ :]+([a-z0-9_-]{6,64})$/iu.exec(text)?.[1];
  const isCode = code !== undefined && (/\d/u.test(code) || code.length >= 14);
  return isCode ? { kind: 'join_team', code } : undefined;
}

/** What is read out of an order: "K7M-2QX". */
const numberPattern = '#?(?<number>[A-Z0-9]{3}-[A-Z0-9]{3})';

const aboutNumber = new RegExp(
  `^(?:(?:where is|where's|wheres|track|status of|show(?: me)?|what about|how about|order|my order|number|no)[\\s.:]*)*${numberPattern}$`,
  'iu',
);

const refundBecause =
  /^(?:(?:i (?:want|need)|i'd like|give me|can i (?:get|have)|could i (?:get|have)|ask for|request)\s+)?(?:a )?(?:full )?(?:refund|my money back|money back)(?: me)?(?: (?:my|the) (?:last )?order)?\s*(?:because|as|since|for|,|:|-)\s*(?<why>.+)$/iu;

function readAboutOrder(text: string): ShopCommand | undefined {
  const number = aboutNumber.exec(text)?.groups?.['number'];
  if (number !== undefined && /\d/u.test(number))
    return { kind: 'my_orders', number: number.toUpperCase() };
  const why = refundBecause.exec(text)?.groups?.['why'];
  return why === undefined ? undefined : { kind: 'ask_refund', why };
}

const takingOut =
  /^(?:(?:remove|delete|drop|take (?:out|away|off)|get rid of|cancel)\s+(?<thing>.+?)(?:\s+(?:from|out of|off)\s+(?:the|my)?\s*(?:cart|basket|bag|order))?|take\s+(?<other>.+?)\s+(?:out|away|off)(?:\s+(?:of|from)?\s*(?:the|my)?\s*(?:cart|basket|bag|order))?)$/iu;

function readTakeOut(text: string): ShopCommand | undefined {
  const groups = takingOut.exec(text)?.groups;
  const thing = groups?.['thing'] ?? groups?.['other'];
  if (thing === undefined) return undefined;
  // "the croissant" is all of it, "one croissant" is one.
  const { quantity, words } = readOne(thing.replace(/^(?:the|my|all|this|that|all the)\s+/iu, ''));
  if (words.length === 0) return undefined;
  return { kind: 'take_out', asked: quantity === undefined ? { words } : { quantity, words } };
}

const lookingFor =
  /^(?:(?:do|did|have|would) (?:you|u|ya)(?: guys)?(?: (?:still|also|ever))? (?:have|sell|got|get|do|stock|carry|serve|offer|make)(?: any)?|have (?:you|u)(?: got)?(?: any)?|got any|any|is there(?: any)?|are there(?: any)?|search(?: for)?|find(?: me)?|look(?:ing)?(?: up| for)?|i'm looking for|im looking for|i am looking for|show(?: me)?(?: your| the| all)?|see(?: your| the| all)?|what kinds? of|what sort of|what types? of|what|which|how much (?:is|are|does|do|for|was)(?: a| an| the| your)?|how much|(?:the )?price (?:of|for)|what(?:'s| is| are)(?: the price of| the cost of| in| your)?|whats(?: the price of| in)?|tell me about|what about|how about)\s+(?<thing>.+?)(?:\s+(?:do you have|have you got|you have|do you sell|are there|you got|cost|costs|on the menu|in stock|available|left|today|for me))*$/iu;

/** "what is it?" names nothing that could be sold. */
const emptyWords = new Set(
  'is are was were am it that this these those up new on do does did you your they he she we i me there what who wrong news going happening'.split(
    ' ',
  ),
);

function readLookingFor(text: string): ShopCommand | undefined {
  const thing = lookingFor.exec(text)?.groups?.['thing'];
  if (thing === undefined) return undefined;
  const { words } = readOne(thing);
  return words.every((word) => emptyWords.has(word)) || words.length > mostSearchWords
    ? undefined
    : { kind: 'search', words };
}

/** What begins an order; "can i get" is asked and meant. */
const ordering =
  /^(?:(?:please )?(?:order|buy|add|get(?: me| us)?|give (?:me|us)|bring (?:me|us)|make (?:me|us)|i(?:'ll| will) (?:have|take|get|order)|we(?:'ll| will) (?:have|take|get|order)|i(?:'d| would) (?:like|love|take)|id like|ill have|ill take|we(?:'d| would) like|i (?:want|need|take|wanna have|wanna order|want to (?:order|buy|get|have)|wanna (?:get|buy))|we (?:want|need)|gimme|lemme (?:get|have)|let (?:me|us) (?:get|have)|(?:can|could|may) (?:i|we) (?:please )?(?:get|have|order|buy)|put|purchase|to order|for me|have|another one|throw in))(?:\s+(?:please|me|also|just))*\s+(?=\S)/iu;

const intoTheCart = /\s+(?:in(?:to)?|to|on) (?:the|my) (?:cart|basket|bag|order)$/iu;

function readOrder(text: string, said: string): ShopCommand | undefined {
  const verb = ordering.exec(text)?.[0];
  const isOrder = verb !== undefined || saysHowMany(text);
  if (!isOrder) return undefined;
  const rest = text.slice(verb?.length ?? 0).replace(intoTheCart, '');
  if (isToldOf(rest)) return notUnderstood('statement');
  if (isDenied(withoutChoice(rest))) return notUnderstood('negated');
  if (isPutOff(rest) && !/^(?:\S+ ){0,6}\S+ each$/iu.test(rest)) return notUnderstood('not_now');
  // "2 lattes?" wants to know something; "can I get 2 lattes?" wants them.
  if (verb === undefined && said.endsWith('?')) return searchOr(rest, 'question');
  return orderOf(rest);
}

/** "without sugar" is no denial of the coffee: whether the shop can do it, the catalog tells. */
function withoutChoice(text: string): string {
  return text.replaceAll(/(?<![\p{L}'])(?:without|no)\s+\p{L}+/giu, '');
}

/** Somebody tells how it was: no order is in the past. */
function isToldOf(text: string): boolean {
  return /(?<![\p{L}'])(?:was|were|had|did|didn'?t|yesterday|last (?:week|time|night|month|year)|ago|already|is|are|ordered|bought|got)(?![\p{L}'])/iu.test(
    text,
  );
}

function orderOf(text: string): ShopCommand {
  const asked = readAskedFor(text);
  if (asked === undefined) return notUnderstood('too_many');
  if (asked.length === 0) return notUnderstood('nothing_named');
  return asked.some(isTooMany) ? notUnderstood('too_many') : { kind: 'order', asked };
}

function isTooMany({ quantity }: AskedFor): boolean {
  return quantity !== undefined && (quantity < 1 || quantity > mostOfOne);
}

/** No verb and no number: the name of something is looked up, a sentence is not. */
function readBare(text: string, said: string): ShopCommand {
  if (/^(?:order|add|buy|get|remove|search|find)$/iu.test(text))
    return notUnderstood('nothing_named');
  if (isDenied(text)) return notUnderstood('negated');
  if (telling.test(text)) return notUnderstood('statement');
  return searchOr(text, said.endsWith('?') ? 'question' : 'nothing_like_a_command');
}

const telling = /^(?:i|we|you|he|she|they|it|this|that|my|your|the)(?:'?\p{L}+)?(?= )(?!\S+$)/iu;

const asking =
  /^(?:who|whom|what|when|where|why|which|how|is|are|am|was|were|should|shall|may|might|can|could|would|will|does|did|do|has|have)(?:'?s|'re|'d)?(?![\p{L}'])/iu;

function searchOr(text: string, why: WhyNotAtShop): ShopCommand {
  if (asking.test(text)) return notUnderstood('question');
  const words = foldWords(text)
    .map(singularOf)
    .filter((word) => !/^\d+$/u.test(word));
  return words.length === 0 ||
    words.length > mostSearchWords ||
    words.every((word) => word.length < 2)
    ? notUnderstood(why)
    : { kind: 'search', words };
}

function notUnderstood(why: WhyNotAtShop): ShopCommand {
  return { kind: 'not_understood', why };
}
