// Reads what someone wrote as a command, or as the reason why it is none.
import { findAmounts } from '../money/find-amounts.ts';
import { foldText } from '../money/fold-text.ts';
import type { Speaker } from '../money/speaker.ts';
import { findSecretsInText } from '../privacy/redact.ts';
import type { Command, NotUnderstood, Pieces, WhyNot } from './command.ts';
import { readPhrase } from './phrases.ts';
import { readRecipient } from './read-recipient.ts';
import { readTransfer, transferVerbs } from './read-transfer.ts';
import {
  isDenied,
  isPutOff,
  isQuestion,
  isTold,
  tellsOfDebt,
  withoutPoliteness,
} from './sentence.ts';
import type { Sentence } from './sentence.ts';
import { isSlipOf } from './slip.ts';

/** Longer than anything that a person asks for in one breath, note included. */
const longestText = 600;

/**
 * English grammar, amounts in every locale's digits and signs. Money moves only for an exact money verb at the start, one
 * amount and one recipient; whatever could be meant in two ways comes back `not_understood`, with the pieces that are sure.
 */
export function readCommand(text: string, speaker: Speaker): Command {
  if (text.length > longestText) return notUnderstood('too_long', {});
  const secret = whySecret(text);
  if (secret !== undefined) return notUnderstood(secret, {});
  const said = foldText(text);
  const sentence = withoutPoliteness(said);
  return (
    readPhrase(said, speaker) ??
    readAboutPerson(sentence.text) ??
    readTransfer(sentence, speaker) ??
    readWithoutVerb(sentence, speaker)
  );
}

function whySecret(text: string): WhyNot | undefined {
  const kinds = findSecretsInText(text);
  if (kinds.length === 0) return undefined;
  return kinds.includes('card_number') || kinds.includes('card_security_code')
    ? 'looks_like_card_number'
    : 'looks_like_account_number';
}

/** "block @bob", "report bob as a scammer", "remind ann". */
function readAboutPerson(text: string): Command | undefined {
  const match =
    /^(block|unblock|report|remind|nudge|(?:send|give) (?:a )?reminder to)\s+(.+?)(?:(?:\s+(?:as|for|because)\s+|\s*[:,]\s+|\s+-\s+)(.+))?$/isu.exec(
      text,
    );
  if (match === null)
    return /^(block|unblock|report)$/iu.test(text) ? missingPerson(text) : undefined;
  const [, verb = '', name = '', reason] = match;
  const reading = readRecipient(name);
  if (reading.kind === 'nobody') return missingPerson(verb);
  const who = reading.recipient;
  switch (verb.toLowerCase()) {
    case 'block':
      return { kind: 'block', who };
    case 'unblock':
      return { kind: 'unblock', who };
    case 'report':
      return reason === undefined ? { kind: 'report', who } : { kind: 'report', who, reason };
    default:
      return { kind: 'remind', who };
  }
}

function missingPerson(verb: string): NotUnderstood | undefined {
  const word = verb.toLowerCase();
  if (word !== 'block' && word !== 'unblock' && word !== 'report') return undefined;
  return notUnderstood('recipient_missing', { verb: word });
}

/** Nothing that asks for money to move, but perhaps something that says so: the reply can offer it. */
function readWithoutVerb(sentence: Sentence, speaker: Speaker): NotUnderstood {
  const { text } = sentence;
  const amounts = findAmounts(text, { speaker, signPlace: 'before' });
  const isAboutMoney = amounts.length > 0 || tellsOfDebt(text) || moneyVerb.test(text);
  const recipient = readRecipient(text);
  if (!isAboutMoney) {
    const pieces = recipient.kind === 'recipient' ? { recipient: recipient.recipient } : {};
    return notUnderstood('nothing_like_a_command', pieces);
  }
  if (isDenied(text)) return notUnderstood('negated', {});
  if (tellsOfDebt(text) && !text.endsWith('?'))
    return notUnderstood('owing', debtPieces(text, speaker));
  if (isQuestion(sentence)) return notUnderstood('question', questionPieces(text, speaker));
  if (isTold(text)) return notUnderstood('statement', {});
  if (isPutOff(text)) return notUnderstood('not_now', {});
  if (amounts.length > 1) return notUnderstood('two_amounts', {});
  return notUnderstood(
    moneyVerb.test(text) ? 'unclear' : 'verb_missing',
    barePieces(text, speaker),
  );
}

const moneyVerb =
  /(?<![\p{L}'])(?:send|sends|pay|pays|give|transfer|wire|tip|repay|reimburse|request|charge|collect|sent|paid)(?![\p{L}'])/iu;

/** "bob owes me 20 for lunch" could be a request, "I owe bob 20" a payment. */
function debtPieces(text: string, speaker: Speaker): Pieces {
  const theirs = /^(.+?)\s+(?:still\s+)?owes?\s+me\s+(.+)$/isu.exec(text);
  const mine = /^i\s+(?:still\s+)?owe\s+(.+)$/isu.exec(text);
  if (theirs !== null) return offer(`request from ${theirs[1] ?? ''} ${theirs[2] ?? ''}`, speaker);
  if (mine !== null) return offer(`send ${mine[1] ?? ''}`, speaker);
  return {};
}

function offer(order: string, speaker: Speaker): Pieces {
  const read = readTransfer({ text: order, isAsked: false }, speaker);
  if (read === undefined) return {};
  if (read.kind === 'not_understood') return read.pieces;
  const { kind: verb, amount } = read;
  const recipient = read.kind === 'send' ? read.recipient : read.from;
  return { verb, amount, recipient, ...(read.note === undefined ? {} : { note: read.note }) };
}

/** "can I send 20 to bob?" may want to know, or to send. */
function questionPieces(text: string, speaker: Speaker): Pieces {
  const order = /^(?:can|may|could|should|shall) (?:i|we) (.+?)\??$/isu.exec(text)?.[1];
  return order === undefined ? {} : offer(order, speaker);
}

/** "bob 20$", "20 to bob", "$20": as a payment would be read, but for the verb. "snd bob 20" has one, misspelt. */
function barePieces(text: string, speaker: Speaker): Pieces {
  const [first = '', ...rest] = text.split(' ');
  const verbs = [...transferVerbs.keys()].filter((verb) => isSlipOf(first.toLowerCase(), verb, 4));
  const [verb] = verbs;
  if (verb !== undefined) return offer([verb, ...rest].join(' '), speaker);
  const { amount, recipient, note } = offer(`send ${text}`, speaker);
  return {
    ...(amount === undefined ? {} : { amount }),
    ...(recipient === undefined ? {} : { recipient }),
    ...(note === undefined ? {} : { note }),
  };
}

function notUnderstood(why: WhyNot, pieces: Pieces): NotUnderstood {
  return { kind: 'not_understood', why, pieces };
}
