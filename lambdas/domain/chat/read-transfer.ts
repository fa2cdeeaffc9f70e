// Reads "send … to …" and "request … from …": the only sentences that ask for money to move.
import { findAmounts } from '../money/find-amounts.ts';
import type { AmountInText } from '../money/find-amounts.ts';
import type { MoneyReading } from '../money/money-reading.ts';
import type { Speaker } from '../money/speaker.ts';
import type { NotUnderstood, Pieces, RecipientText, Transfer, WhyNot } from './command.ts';
import { readHandle, readRecipient } from './read-recipient.ts';
import type { RecipientReading } from './read-recipient.ts';
import { isDenied, isPutOff, isQuestion, isRepeating, isTakenBack } from './sentence.ts';
import type { Sentence } from './sentence.ts';

type Verb = 'send' | 'request';

/** Exactly these words, at the start: a money verb is never guessed from a typo. */
export const transferVerbs: ReadonlyMap<string, Verb> = new Map([
  ...['send', 'pay', 'give', 'transfer', 'wire', 'tip', 'repay', 'reimburse'].map(
    (word) => [word, 'send'] as const,
  ),
  ...['request', 'ask', 'charge', 'collect'].map((word) => [word, 'request'] as const),
]);

/** What stands in the places that a sentence has for them. */
interface Parts {
  readonly who: string;
  /** Where it was not said, or not in a place that makes it sure. */
  readonly isUnclear?: boolean;
  readonly note?: string;
  /** A word where only a currency can stand: "20 doubloons to bob". */
  readonly unknownCurrency?: string;
}

interface Order {
  readonly verb: Verb;
  /** After the verb and its fillers. */
  readonly rest: string;
  readonly amounts: readonly AmountInText[];
}

/** Undefined when the sentence does not begin with a money verb. */
export function readTransfer(
  sentence: Sentence,
  speaker: Speaker,
): Transfer | NotUnderstood | undefined {
  const order = readOrder(sentence.text, speaker);
  if (order === undefined) return undefined;
  const [amount] = order.amounts;
  if (amount === undefined) return readWithoutAmount(order, sentence);
  const parts = order.verb === 'send' ? sendParts(order, amount) : requestParts(order, amount);
  const why = whyNotActed(order, parts, sentence);
  const recipient = readRecipient(parts.who);
  const pieces = piecesOf(order, parts, recipient);
  if (why !== undefined) return notUnderstood(why, why === 'two_amounts' ? unsure(pieces) : pieces);
  if (parts.unknownCurrency !== undefined && amount.reading.kind === 'money') {
    return notUnderstood('unknown_currency', pieces);
  }
  return readWithAmount(amount.reading, { parts, recipient, pieces, verb: order.verb });
}

function readOrder(text: string, speaker: Speaker): Order | undefined {
  const match = /^([a-z]+)(?=[\s:]|$)[:\s]*(.*)$/isu.exec(text);
  const verb = transferVerbs.get(match?.[1]?.toLowerCase() ?? '');
  if (match === null || verb === undefined) return undefined;
  const rest = (match[2] ?? '').replace(
    /^(?:(?:back|over|exactly|just|only|another|(?:a (?:payment|total|tip)|payment|the (?:sum|amount)) of)\s+)+/iu,
    '',
  );
  const amounts = findAmounts(rest, { speaker, signPlace: 'before' });
  return { verb, rest, amounts };
}

// --- where the pieces stand

/** "20 to bob for lunch" · "bob 20 for lunch" · "to bob 20". */
function sendParts(order: Order, amount: AmountInText): Parts {
  const head = order.rest.slice(0, amount.start).trim();
  const tail = order.rest.slice(amount.end);
  if (head !== '') return nameFirst(head.replace(/^to\s+/iu, '').replace(/\s+back$/iu, ''), tail);
  return amountFirst(tail, /^\s+(?:(?:back|over|out|straight|directly)\s+)?to\s+(.+)$/isu);
}

/** "15 from ann for pizza" · "ann for 15 for pizza" · "from ann 15" · "ann to pay me 15". */
function requestParts(order: Order, amount: AmountInText): Parts {
  const head = order.rest.slice(0, amount.start).trim();
  const tail = order.rest.slice(amount.end);
  const who = head
    .replace(/^(?:from|for)(?:\s+|$)/iu, '')
    .replace(/(?:^|\s+)(?:for|to (?:pay|send|give) me(?: back)?)$/iu, '');
  if (who !== '') return nameFirst(who, tail);
  return amountFirst(tail, /^\s+(?:from|of)\s+(.+)$/isu);
}

function nameFirst(who: string, tail: string): Parts {
  const name = who.replace(/[,:]$/u, '');
  const note = readNote(tail);
  if (note !== undefined) return note === '' ? { who: name } : { who: name, note };
  const word = /^ (\p{L}[\p{L}\p{M}]*)$/u.exec(tail)?.[1];
  return word === undefined || isPutOff(word)
    ? { who: name, isUnclear: true }
    : { who: name, unknownCurrency: word };
}

function amountFirst(tail: string, link: RegExp): Parts {
  const target = link.exec(tail)?.[1];
  if (target !== undefined) return nameThenNote(target);
  const note = readNote(tail);
  if (note !== undefined) return noteThenName(note, link);
  const [, word, after] = /^ (\p{L}[\p{L}\p{M}]*)(\s.+)$/su.exec(tail) ?? [];
  const afterWord = after === undefined ? undefined : link.exec(after)?.[1];
  if (word !== undefined && afterWord !== undefined) {
    return { ...nameThenNote(afterWord), unknownCurrency: word };
  }
  return { who: tail.trim(), isUnclear: true };
}

/** The name goes on until something that only a note begins with. */
function nameThenNote(target: string): Parts {
  const name =
    /^(.+?)(?=[\s,]+(?:for|because|as an?)(?!\p{L})|\s*[:("]|\s+-\s|\s*\p{Extended_Pictographic}|$)/su.exec(
      target,
    )?.[1] ?? '';
  const note = readNote(target.slice(name.length)) ?? '';
  return note === '' ? { who: name } : { who: name, note };
}

/** "20 for lunch to bob": "to bob" may belong to the note, as in "20 for going to town", unless it is a handle. */
function noteThenName(note: string, link: RegExp): Parts {
  const at = Math.max(note.lastIndexOf(' to '), note.lastIndexOf(' from '));
  const who = at === -1 ? undefined : link.exec(note.slice(at))?.[1];
  if (who === undefined) return note === '' ? { who: '' } : { who: '', note };
  const parts = { who, note: note.slice(0, at) };
  return readHandle(who) === undefined ? { ...parts, isUnclear: true } : parts;
}

/** "for lunch", "- lunch", ": lunch", "(lunch)", "\"lunch\"", "🍕". Empty when nothing follows, undefined when it is no note. */
function readNote(tail: string): string | undefined {
  const said = tail.trim();
  if (/^[.,;:!?-]*$/u.test(said)) return '';
  const note =
    /^,?\s*for(?!\p{L})[\s:]*(.+)$/isu.exec(said)?.[1] ??
    /^,?\s*(because\s.+|as an?\s.+)$/isu.exec(said)?.[1] ??
    /^(?:-\s|:)\s*(.+)$/su.exec(said)?.[1] ??
    /^\((.+)\)$/su.exec(said)?.[1] ??
    /^(".+"|\p{Extended_Pictographic}.*)$/su.exec(said)?.[1];
  return note?.trim().replace(/^"(.+)"$/su, '$1');
}

// --- why it is not acted on although the pieces are there

function whyNotActed(order: Order, parts: Parts, sentence: Sentence): WhyNot | undefined {
  const note = parts.note ?? '';
  const noteStart = note === '' ? order.rest.length : order.rest.lastIndexOf(note);
  const beforeNote = order.rest.slice(0, noteStart);
  if (isDenied(beforeNote) || isTakenBack(note)) return 'negated';
  if (isQuestion(sentence)) return 'question';
  if (isPutOff(beforeNote) || isRepeating(note)) return 'not_now';
  const others = order.amounts.slice(1);
  const second = others.find((other) => isSecondAmount(other, order.rest, noteStart));
  if (second?.reading.kind === 'unreadable') return 'unclear';
  if (second !== undefined) return 'two_amounts';
  return parts.isUnclear === true ? whyUnclear(parts) : undefined;
}

const secondOrder = new RegExp(
  String.raw`(?:^|[\s,;.])(?:${[...transferVerbs.keys()].join('|')})(?!\p{L})`,
  'iu',
);

/** "2 coffees" in a note is no amount; "$2", "and 10 for tea", "then send 10" and a note of nothing but a number are. */
function isSecondAmount(other: AmountInText, rest: string, noteStart: number): boolean {
  if (other.start < noteStart || other.isMarked) return true;
  const before = rest.slice(noteStart, other.start);
  const after = rest.slice(other.end);
  if (secondOrder.test(before)) return true;
  const endsThere = /^\s*(?:$|[.,!]|(?:for|to|from)\s)/iu.test(after);
  return endsThere && /^\s*$|(?:^|[\s,])(?:and|or|plus|also|,)\s*$|[,&+]\s*$/iu.test(before);
}

function whyUnclear(parts: Parts): WhyNot {
  const reading = readRecipient(parts.who);
  return reading.kind === 'nobody' && reading.why === 'not_now' ? 'not_now' : 'unclear';
}

// --- putting it together

interface Understood {
  readonly verb: Verb;
  readonly parts: Parts;
  readonly recipient: RecipientReading;
  readonly pieces: Pieces;
}

function readWithAmount(reading: MoneyReading, understood: Understood): Transfer | NotUnderstood {
  const { verb, parts, recipient, pieces } = understood;
  if (reading.kind !== 'money') return notUnderstood(...whyNotMoney(reading, pieces));
  if (recipient.kind === 'nobody') return whyNobody(recipient.why, understood);
  const note = parts.note === undefined ? {} : { note: parts.note };
  return verb === 'send'
    ? { kind: 'send', amount: reading.money, recipient: recipient.recipient, ...note }
    : { kind: 'request', amount: reading.money, from: recipient.recipient, ...note };
}

/** "send me 20" asks somebody else for money, without saying whom. */
function whyNobody(why: WhyNot, { verb, parts, pieces }: Understood): NotUnderstood {
  const isForMe = verb === 'send' && /^(?:me|us)$/iu.test(parts.who.trim());
  return isForMe
    ? notUnderstood('recipient_missing', { ...pieces, verb: 'request' })
    : notUnderstood(why, pieces);
}

function whyNotMoney(
  reading: Exclude<MoneyReading, { kind: 'money' }>,
  pieces: Pieces,
): [WhyNot, Pieces] {
  switch (reading.kind) {
    case 'ambiguous':
      return ['two_readings', { ...pieces, readings: reading.readings }];
    case 'unknown_currency':
      return ['unknown_currency', { ...pieces, text: reading.text }];
    case 'unreadable':
      return ['amount_unreadable', pieces];
    case 'too_precise':
    case 'not_positive':
    case 'too_large':
      return [reading.kind, pieces];
    case 'none':
      return ['amount_missing', pieces];
  }
}

function readWithoutAmount(order: Order, sentence: Sentence): NotUnderstood {
  const { verb, rest } = order;
  if (isDenied(rest)) return notUnderstood('negated', { verb });
  if (isQuestion(sentence)) return notUnderstood('question', { verb });
  if (rest === '') return notUnderstood('amount_missing', { verb });
  const [, what = '', who = ''] = /^(?:(\S+|some money|a payment)\s+)?(?:to|from)\s+(.+)$/isu.exec(
    rest,
  ) ?? ['', '', rest];
  const { who: name, note } = nameThenNote(who);
  const recipient = readRecipient(name);
  if (recipient.kind === 'nobody' && recipient.why === 'unclear') return nothing;
  const pieces = { verb, ...(note === undefined ? {} : { note }), ...recipientPiece(recipient) };
  const isUnread =
    what !== '' && !/^(?:money|cash|payment|funds|some money|a payment)$/iu.test(what);
  if (isUnread) return notUnderstood('amount_unreadable', { ...pieces, text: what });
  return notUnderstood('amount_missing', pieces);
}

const nothing: NotUnderstood = {
  kind: 'not_understood',
  why: 'nothing_like_a_command',
  pieces: {},
};

function piecesOf(order: Order, parts: Parts, recipient: RecipientReading): Pieces {
  const reading = order.amounts[0]?.reading;
  const isSure = reading?.kind === 'money' && parts.unknownCurrency === undefined;
  return {
    verb: order.verb,
    ...(isSure ? { amount: reading.money } : {}),
    ...recipientPiece(recipient),
    ...(parts.note === undefined ? {} : { note: parts.note }),
    ...(parts.unknownCurrency === undefined ? {} : { text: parts.unknownCurrency }),
  };
}

/** Of two amounts, neither is known to be meant. */
function unsure(pieces: Pieces): Pieces {
  return {
    ...(pieces.verb === undefined ? {} : { verb: pieces.verb }),
    ...(pieces.recipient === undefined ? {} : { recipient: pieces.recipient }),
  };
}

function recipientPiece(reading: RecipientReading): { recipient?: RecipientText } {
  return reading.kind === 'recipient' ? { recipient: reading.recipient } : {};
}

function notUnderstood(why: WhyNot, pieces: Pieces): NotUnderstood {
  return { kind: 'not_understood', why, pieces };
}
