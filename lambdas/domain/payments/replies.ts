// What the thread says about payments while the payer is talking to us.
import type { Card, Reply } from '../chat/reply.ts';
import { say } from '../chat/reply.ts';
import { writePayload } from '../chat/payloads.ts';
import { isZero } from '../money/money.ts';
import { isReadyToBePaid, type Member, type Person } from '../people/person.ts';
import type { Settings } from '../settings.ts';
import type { DraftPaymentOutcome } from './draft-payment.ts';
import type { Exceeded } from './limits.ts';
import type { Payment, PaymentState } from './payment.ts';
import { totalOf } from './postings.ts';
import type { StopPaymentOutcome } from './stop-payment.ts';
import {
  amountFor,
  cardWords,
  dayWords,
  durationWords,
  forNote,
  payeeShort,
  payeeWords,
} from './words.ts';

export const notToOneself = say(
  'That is you. Write whom else to send it to, such as “send $20 to @bob”.',
);

export function nobodyThere(handle: string): Reply {
  return say(
    `Nobody here has the handle @${handle}. Check the spelling, or write a name: then you get a link to forward.`,
  );
}

export interface Review {
  readonly payment: Payment;
  readonly payer: Member;
  readonly payee: Member | undefined;
  readonly url: string;
  readonly settings: Settings;
}

/** To whom, how much, with what, the fee, and what happens next: before anything moves. */
export function reviewCard(review: Review): Reply {
  const { payment, url } = review;
  return {
    kind: 'buttons',
    text: [headline(review), firstTime(review), price(review), next(review)]
      .filter((line) => line !== '')
      .join('\n\n'),
    buttons: [
      { kind: 'link', title: 'Review and pay', url },
      {
        kind: 'action',
        title: 'Cancel',
        payload: writePayload({ kind: 'cancel', id: payment.id }),
      },
    ],
  };
}

function headline({ payment, payer, payee }: Review): string {
  return `Send ${amountFor(payer, payment.amount)} to ${payeeWords(payment, payee)}${forNote(payment.note)}?`;
}

function firstTime({ payment, payee }: Review): string {
  if (payee === undefined) return '';
  return payment.isFirstToPayee
    ? `You have not paid @${payee.handle} before: make sure it is the right person.`
    : '';
}

function price({ payment, payer }: Review): string {
  const [card] = payer.instruments;
  const from = card === undefined ? 'a card that you add on our page' : `your ${cardWords(card)}`;
  const fee = isZero(payment.fee) ? 'no fee' : `fee ${amountFor(payer, payment.fee)}`;
  return `You pay ${amountFor(payer, totalOf(payment))} (${fee}) with ${from}.`;
}

function next({ payment, payee, settings }: Review): string {
  const undo = durationWords(settings.undoSeconds);
  if (payee === undefined) {
    return `${payeeShort(payment, payee)} is not here yet: after you pay you get a link to forward. Unclaimed after ${settings.claimDays} days, it comes back.`;
  }
  if (isReadyToBePaid(payee))
    return `Nothing moves until you confirm on our page; then you have ${undo} to undo it.`;
  return `Nothing moves until you confirm on our page. ${payeeShort(payment, payee)} then has ${settings.claimDays} days to take it, or it comes back.`;
}

export function cannotDraft(
  outcome: Exclude<DraftPaymentOutcome, { kind: 'drafted' }>,
  payer: Person,
): Reply {
  switch (outcome.kind) {
    case 'peer_payments_off':
      return say('Sending money to people is not switched on here yet.');
    case 'currency_not_taken':
      return say(
        'We do not take this currency. We take US dollars, euros, pounds, yen, and Canadian, Australian, Singapore dollars and Swiss francs.',
      );
    case 'over_limit':
      return say(overLimit(outcome.exceeded, payer));
    case 'blocked':
      return say('You cannot pay this person here.');
    case 'request_moved':
      return say('This request has just changed. Write “activity” to see how it stands.');
  }
}

const limitWords: Record<Exceeded['which'], string> = {
  perPayment: 'one payment',
  perDay: 'a day',
  perWeek: 'a week',
};

export function overLimit({ which, limit, left }: Exceeded, payer: Person): string {
  const rest = which === 'perPayment' ? '' : ` ${amountFor(payer, left)} of it is left.`;
  return `That is over your limit of ${amountFor(payer, limit)} for ${limitWords[which]}.${rest} Limits grow as we get to know you; write “limits” to see them.`;
}

export function stopped(outcome: StopPaymentOutcome, speaker: Person): Reply {
  switch (outcome.kind) {
    case 'cancelled':
      return say('Cancelled. Nothing was charged.');
    case 'refunding':
      return say(
        outcome.payment.payerId === speaker.id
          ? `Taken back. ${amountFor(speaker, totalOf(outcome.payment))} goes back to your ${cardWords(outcome.payment.instrument)}; we tell you when it is on its way.`
          : `Declined. The ${amountFor(speaker, outcome.payment.amount)} goes back.`,
      );
    case 'already_stopped':
      return say(`This one was stopped already: it is ${stateWords[outcome.payment.state]}.`);
    case 'at_the_bank':
      return say(
        'Your bank waits for you to say yes on its page. Do not, and nothing is charged: we give up after an hour.',
      );
    case 'too_early':
      return say(
        'Your card is being charged this moment. As soon as we know, we tell you here, and then you can undo it.',
      );
    case 'too_late':
      return say(`It is too late for that: the payment is ${stateWords[outcome.payment.state]}.`);
    case 'not_yours':
    case 'not_found':
      return say(
        'There is no payment of yours that this could stop. Write “activity” to see your payments.',
      );
  }
}

export const stateWords: Record<PaymentState, string> = {
  draft: 'waiting for you to confirm',
  charging: 'being charged',
  needs_action: 'waiting for a check by the payer’s bank',
  unknown: 'being looked into',
  declined: 'declined',
  cancelled: 'cancelled',
  held: 'waiting for the recipient',
  paying_out: 'on its way',
  paid: 'paid',
  refunding: 'going back',
  refunded: 'refunded',
  refund_failed: 'being looked into',
  disputed: 'disputed',
  lost: 'taken back by the payer’s bank',
  review: 'being looked into by a person',
};

/** One line of activity, with what can still be done about it. */
export function activityCard(payment: Payment, reader: Person, other: Person | undefined): Card {
  const isSent = payment.payerId === reader.id;
  const name = isSent
    ? payeeWords(payment, other)
    : payeeWords({ payee: { kind: 'claim', claimCode: '', calledName: 'someone' } }, other);
  return {
    title: `${amountFor(reader, payment.amount)} ${isSent ? 'to' : 'from'} ${name}`,
    subtitle: `${dayWords(reader, payment.createdAtMs)} · ${stateWords[payment.state]}${payment.note === undefined ? '' : ` · ${payment.note}`}`,
    buttons: activityButtons(payment, isSent),
  };
}

function activityButtons(payment: Payment, isSent: boolean): Card['buttons'] {
  if (payment.state === 'draft' && isSent) {
    return [
      {
        kind: 'action',
        title: 'Cancel',
        payload: writePayload({ kind: 'cancel', id: payment.id }),
      },
    ];
  }
  if (payment.state !== 'held') return [];
  return isSent
    ? [
        {
          kind: 'action',
          title: 'Take it back',
          payload: writePayload({ kind: 'undo', id: payment.id }),
        },
      ]
    : [
        {
          kind: 'action',
          title: 'Decline',
          payload: writePayload({ kind: 'decline', id: payment.id }),
        },
      ];
}
