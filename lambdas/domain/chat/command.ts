// Everything that people can say or press, as one closed list of commands.
import type { Currency } from '../money/currency.ts';
import type { Money } from '../money/money.ts';
import type { PaymentId } from '../payments/payment.ts';
import type { PersonId } from '../people/person.ts';
import type { RequestId } from '../requests/request-id.ts';

/** Whom someone named, as typed: a handle (lower case, without its @) or a name. Who that is, is decided later. */
export type RecipientText =
  | { readonly kind: 'handle'; readonly handle: string }
  | { readonly kind: 'name'; readonly name: string };

/** What an answer, an undo or a reminder is about. */
export type SubjectId = PaymentId | RequestId;

/** Ids come from buttons or are typed; without one, "the latest that fits" is meant. */
export type Command =
  | {
      readonly kind: 'send';
      readonly amount: Money;
      readonly recipient: RecipientText;
      readonly note?: string;
    }
  | {
      readonly kind: 'request';
      readonly amount: Money;
      readonly from: RecipientText;
      readonly note?: string;
    }
  | { readonly kind: 'accept'; readonly id?: SubjectId }
  | { readonly kind: 'decline'; readonly id?: SubjectId }
  | { readonly kind: 'cancel'; readonly id?: SubjectId }
  | { readonly kind: 'undo'; readonly id?: PaymentId }
  | { readonly kind: 'remind'; readonly id?: SubjectId; readonly who?: RecipientText }
  /** `before` is the cursor that the last page of activity gave out. */
  | { readonly kind: 'activity'; readonly before?: string }
  | { readonly kind: 'who_am_i' }
  | { readonly kind: 'limits' }
  | { readonly kind: 'help' }
  | { readonly kind: 'start' }
  | { readonly kind: 'stop' }
  | { readonly kind: 'block'; readonly who: RecipientText }
  | { readonly kind: 'unblock'; readonly who: RecipientText }
  | { readonly kind: 'report'; readonly who: RecipientText; readonly reason?: string }
  | { readonly kind: 'settings' }
  | { readonly kind: 'set_currency'; readonly currency: Currency }
  | { readonly kind: 'choose_handle'; readonly handle: string }
  | { readonly kind: 'delete_my_data' }
  /** The code of a claim link (m.me ref), or typed as "claim CODE" where the ref got lost. */
  | { readonly kind: 'claim'; readonly code: string }
  /** The key of a link that a shop's Page handed out: its chat is to be joined to the account that opens it. */
  | { readonly kind: 'join'; readonly token: string }
  /** The shops whose chats are joined, and the last orders there. */
  | { readonly kind: 'my_shops' }
  | { readonly kind: 'leave_shop'; readonly personId: PersonId }
  /** A pressed answer to a question of ours; the asker alone knows what the payload means. */
  | { readonly kind: 'answer'; readonly payload: string }
  | { readonly kind: 'yes' }
  | { readonly kind: 'no' }
  | NotUnderstood;

/** The two that move money. */
export type Transfer = Extract<Command, { kind: 'send' | 'request' }>;

/** Said, but not to be acted on: why, and the pieces that were clear, so that the reply can ask for just the rest. */
export type NotUnderstood = {
  readonly kind: 'not_understood';
  readonly why: WhyNot;
  readonly pieces: Pieces;
};

export type WhyNot =
  | 'nothing_like_a_command'
  /** An amount and perhaps a name, but nothing that says what to do: "bob 20$". */
  | 'verb_missing'
  | 'amount_missing'
  | 'recipient_missing'
  | 'two_amounts'
  | 'two_recipients'
  /** The amount can be read in `pieces.readings` ways, likeliest first; one reading alone is to be confirmed ("5k"). */
  | 'two_readings'
  | 'amount_unreadable'
  /** `pieces.text` holds what was typed for a currency. */
  | 'unknown_currency'
  | 'too_precise'
  | 'not_positive'
  | 'too_large'
  /** Money to oneself: "send 20 to myself". */
  | 'oneself'
  | 'question'
  | 'negated'
  /** Told, not asked for: "I sent $20 to bob yesterday". */
  | 'statement'
  /** "bob owes me 20", "I owe bob 20": the pieces make a good offer. */
  | 'owing'
  /** For another day, or on a condition: "send 20 to bob every friday". */
  | 'not_now'
  /** The pieces are there, but not how they belong together: "send $20 for lunch to bob". */
  | 'unclear'
  | 'looks_like_card_number'
  | 'looks_like_account_number'
  | 'too_long';

export type Pieces = {
  readonly verb?: 'send' | 'request' | 'block' | 'unblock' | 'report';
  readonly amount?: Money;
  readonly readings?: readonly Money[];
  readonly recipient?: RecipientText;
  readonly note?: string;
  readonly text?: string;
};
