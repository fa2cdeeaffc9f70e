// What the thread says when it was asked for help, or did not understand: always with what to write next.
import { formatMoney } from '../money/format-money.ts';
import type { Money } from '../money/money.ts';
import type { Person } from '../people/person.ts';
import type { SecretKind } from '../privacy/redact.ts';
import type { NotUnderstood, Pieces, RecipientText } from './command.ts';
import { writePayload } from './payloads.ts';
import { type Reply, say } from './reply.ts';
import { answer, type Turn } from './turn.ts';

export function help(person: Person): Reply {
  const text = [
    'I move money between people, right here. I am automated; a person reads what you report.',
    '• send $20 to @bob for lunch',
    '• ask @ann for $5',
    '• undo · cancel · decline · remind',
    '• activity · limits · who am i · settings',
    '• block @bob · report @bob · stop',
    'You see what will happen before it happens. Never write a card number here.',
  ].join('\n');
  return say(text, [
    { title: 'Activity', payload: writePayload({ kind: 'activity' }) },
    { title: 'Limits', payload: writePayload({ kind: 'limits' }) },
    {
      title: person.handle === undefined ? 'Start' : 'Settings',
      payload: writePayload({ kind: person.handle === undefined ? 'start' : 'settings' }),
    },
  ]);
}

export const noQuestionOpen = say(
  'I am not waiting for an answer to anything. Write “help” to see what I can do.',
);

export const cannotRead = say('I can only read text. Write “help” to see what I can do.');

const secretWords: Record<SecretKind, string> = {
  card_number: 'a card number',
  card_security_code: 'a card’s security code',
  social_security_number: 'a social security number',
  iban: 'an account number',
  account_number: 'an account number',
};

/** Said when something secret was typed: it is neither stored nor acted on. */
export function secretTyped(kinds: readonly SecretKind[]): Reply {
  const [first] = kinds;
  const what = first === undefined ? 'a secret number' : secretWords[first];
  return say(
    `That looked like ${what}. I took it out and kept nothing of it: this chat is not a safe place for it, so please delete your message. Cards are added on Stripe’s page, never here.`,
  );
}

/** Asks for just the piece that is missing; guesses nothing. */
export function notUnderstood(said: NotUnderstood, person: Person): Turn {
  const { pieces } = said;
  switch (said.why) {
    case 'two_readings':
      return askWhichAmount(pieces, person);
    case 'amount_missing':
      return answer(
        `How much? Write it all in one line, such as “${verb(pieces)} $20 ${link(pieces)} ${named(pieces.recipient)}”.`,
      );
    case 'recipient_missing':
      return answer(
        `To whom? Such as “${verb(pieces)} ${amount(pieces, person)} ${link(pieces)} @bob”.`,
      );
    case 'verb_missing':
    case 'owing':
      return offer(pieces, person);
    case 'two_amounts':
      return answer('I see two amounts. Write one, such as “send $20 to @bob for 2 coffees”.');
    case 'two_recipients':
      return answer('One person at a time, please: “send $20 to @bob”.');
    case 'unclear':
      return answer(
        `Let me not guess. Write it like “send ${amount(pieces, person)} to ${named(pieces.recipient)}${pieces.note === undefined ? '' : ` for ${pieces.note}`}”.`,
      );
    case 'unknown_currency':
      return answer(
        `I do not know the currency “${pieces.text ?? ''}”. Write it like “20 USD” or “€20”.`,
      );
    case 'nothing_like_a_command':
    case 'amount_unreadable':
    case 'too_precise':
    case 'not_positive':
    case 'too_large':
    case 'oneself':
    case 'question':
    case 'negated':
    case 'statement':
    case 'not_now':
    case 'looks_like_card_number':
    case 'looks_like_account_number':
    case 'too_long':
      return answer(fixedWords[said.why]);
  }
}

const fixedWords: Record<
  Exclude<
    NotUnderstood['why'],
    | 'two_readings'
    | 'amount_missing'
    | 'recipient_missing'
    | 'verb_missing'
    | 'owing'
    | 'two_amounts'
    | 'two_recipients'
    | 'unclear'
    | 'unknown_currency'
  >,
  string
> = {
  nothing_like_a_command:
    'I did not understand that. Write “send $20 to @bob”, “ask @bob for $5” or “help”.',
  amount_unreadable: 'I could not read the amount. Write it like “$20” or “20.50 EUR”.',
  too_precise:
    'That amount has more decimals than its currency. The smallest is one cent (or one yen).',
  not_positive: 'The amount must be more than zero.',
  too_large: 'That amount is too large to be sent here.',
  oneself: 'That is you. Write whom else to send it to.',
  question:
    'If that was a question: write “activity” to see your payments, or “limits”. Nothing was sent.',
  negated: 'All right, nothing is sent.',
  statement:
    'Noted, but I only act on what you ask me to do: “send $20 to @bob”. Nothing was sent.',
  not_now: 'I can only send now, not later or again and again. Nothing was sent.',
  looks_like_card_number:
    'That looked like a card number. Never write one here; cards are added on Stripe’s page.',
  looks_like_account_number: 'That looked like an account number. Never write one here.',
  too_long: 'That was too long for me. Write one thing in one line, such as “send $20 to @bob”.',
};

/** "bob 20$" moves nothing: it is offered as what it may have meant. */
function offer(pieces: Pieces, person: Person): Turn {
  const { amount: sum, recipient, note } = pieces;
  if (sum === undefined || recipient === undefined) {
    return answer('What shall I do? “send $20 to @bob” or “ask @bob for $20”.');
  }
  return {
    replies: [
      say(
        `${formatMoney(sum, person.locale)} · ${named(recipient)}: shall I send it or ask for it?`,
        [
          { title: 'Send it', payload: writePayload({ kind: 'answer', payload: 'send' }) },
          { title: 'Ask for it', payload: writePayload({ kind: 'answer', payload: 'request' }) },
          { title: 'Neither', payload: writePayload({ kind: 'no' }) },
        ],
      ),
    ],
    pending: {
      kind: 'which_purpose',
      amount: sum,
      who: named(recipient),
      ...(note === undefined ? {} : { note }),
    },
  };
}

/** One reading is asked about with yes or no, several by a button each. */
function askWhichAmount(pieces: Pieces, person: Person): Turn {
  const readings = pieces.readings ?? [];
  const { recipient } = pieces;
  if (readings.length === 0 || recipient === undefined) return answer(fixedWords.amount_unreadable);
  const options = readings.map((each) => formatMoney(each, person.locale));
  const quickReplies =
    readings.length === 1
      ? [
          { title: 'Yes', payload: writePayload({ kind: 'yes' }) },
          { title: 'No', payload: writePayload({ kind: 'no' }) },
        ]
      : options.map((title, index) => ({
          title,
          payload: writePayload({ kind: 'answer', payload: String(index + 1) }),
        }));
  return {
    replies: [say(`Do you mean ${options.join(' or ')}?`, quickReplies)],
    pending: {
      kind: 'which_amount',
      intent: {
        purpose: pieces.verb === 'request' ? 'request' : 'send',
        ...(pieces.note === undefined ? {} : { note: pieces.note }),
      },
      readings: [...readings],
      who: named(recipient),
    },
  };
}

function verb(pieces: Pieces): string {
  return pieces.verb === 'request' ? 'request' : 'send';
}

function link(pieces: Pieces): string {
  return pieces.verb === 'request' ? 'from' : 'to';
}

function amount(pieces: Pieces, person: Person): string {
  const sum: Money | undefined = pieces.amount;
  return sum === undefined ? '$20' : formatMoney(sum, person.locale);
}

function named(recipient: RecipientText | undefined): string {
  if (recipient === undefined) return '@bob';
  return recipient.kind === 'handle' ? `@${recipient.handle}` : recipient.name;
}
