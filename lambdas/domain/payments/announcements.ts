// What each side is told after a step of a payment: derived from the journal entry, so nothing unhappened is told.
import { type Button, type Reply, say, type UtilityTemplateName } from '../chat/reply.ts';
import { writePayload } from '../chat/payloads.ts';
import { formatForTemplate } from '../money/format-money.ts';
import { isReadyToBePaid, type Person, shortName, shortNameAndHandle } from '../people/person.ts';
import type { Settings } from '../settings.ts';
import { declineWords } from './decline-words.ts';
import type { Payment } from './payment.ts';
import type { PaymentStep } from './payment-steps.ts';
import type { PaymentEntry } from './ports.ts';
import { totalOf } from './postings.ts';
import { receiptForPayee, receiptForPayer } from './receipts.ts';
import { stateWords } from './replies.ts';
import {
  amountFor,
  cardWords,
  dayWords,
  durationWords,
  forNote,
  payeeShort,
  payeeWords,
} from './words.ts';

/** A step with the people it concerns; the payee is unknown while a claim link waits. */
export interface Told {
  readonly entry: PaymentEntry;
  readonly payment: Payment;
  readonly payer: Person;
  readonly payee: Person | undefined;
  readonly settings: Settings;
  /** Makes a fresh link for a button: payout set-up for the payee, the pay page for the payer. */
  readonly links: { payout(): Promise<string>; pay(): Promise<string> };
  /** The m.me link that Ann can forward. */
  readonly claimUrl: string | undefined;
}

export interface Announcements {
  readonly toPayer: readonly Reply[];
  readonly toPayee: readonly Reply[];
}

const silence: Announcements = { toPayer: [], toPayee: [] };

/** Steps that a person made in the thread are answered there; here the other side hears of them. */
export async function announcementsOf(told: Told): Promise<Announcements> {
  return tellers[told.entry.step](told);
}

/** Whether nobody hears of such a step: then nobody's address needs looking up. */
export function isSilent(step: PaymentStep): boolean {
  return tellers[step] === nothing;
}

type Teller = (told: Told) => Announcements | Promise<Announcements>;

const nothing: Teller = () => silence;

/** One for each step, so that a new step does not compile until somebody has thought of who must hear of it. */
const tellers: Record<PaymentStep, Teller> = {
  drafted: nothing,
  draft_cancelled: nothing,
  draft_expired: (told) =>
    payerOnly(
      told,
      `Your payment of ${amount(told)} to ${other(told)} was not confirmed in time. Nothing was charged.`,
    ),
  confirmed: nothing,
  // A payer who was on our page then is at their bank now; one who was told that we do not know is not.
  action_needed: async (told) =>
    told.entry.from === 'unknown' ? { ...silence, toPayer: [await finishAtBank(told)] } : silence,
  action_reminded: async (told) => ({ ...silence, toPayer: [await finishAtBank(told)] }),
  action_asked: nothing,
  charge_unknown: (told) =>
    payerOnly(
      told,
      `We do not know yet whether your payment of ${amount(told)} went through. We keep asking, and you will not be charged twice. We will tell you here.`,
    ),
  charge_asked: nothing,
  charge_declined: (told) => ({ ...silence, toPayer: [declined(told)] }),
  charged_late: (told) =>
    payerOnly(
      told,
      `Your ${amount(told)} to ${other(told)}, which your bank had refused, was charged after all. It is going straight back to your ${card(told)}.`,
    ),
  charged: async (told) => ({ toPayer: [sent(told)], toPayee: await moneyIsHere(told) }),
  claimed: async (told) => ({
    toPayer: [update(told, `${who(told)} opened your link and gets the ${amount(told)}.`)],
    toPayee: await moneyIsHere(told),
  }),
  claim_reminded: async (told) => ({
    toPayer: told.payee === undefined ? [nobodyYet(told)] : [],
    toPayee: await stillWaiting(told),
  }),
  payee_ready: nothing,
  payout_started: nothing,
  payout_asked: nothing,
  payout_postponed: async (told) => ({ ...silence, toPayee: await accountNotReady(told) }),
  paid_out: paid,
  undone: (told) =>
    payeeOnly(
      told,
      `${shortName(told.payer)} took back the ${payeeAmount(told)}. Nothing will be paid.`,
    ),
  refused: (told) =>
    payerOnly(
      told,
      `${other(told)} declined your ${amount(told)}. It is going back to your ${card(told)}.`,
    ),
  claim_expired: expired,
  refund_asked: nothing,
  refunded: (told) =>
    payerOnly(
      told,
      `Your ${total(told)} is on its way back to your ${card(told)}. Banks take 5 to 10 days to show it.`,
    ),
  refund_failed: nothing,
  disputed,
  disputed_while_held: disputed,
  payout_reversed: nothing,
  dispute_asked: nothing,
  dispute_won: (told) => both(told, 'The dispute about it was decided: the payment stands.'),
  dispute_won_while_held: (told) =>
    both(told, 'The dispute about it was decided: the payment stands.'),
  dispute_lost: (told) =>
    both(told, 'The dispute about it was decided: the money stays with the payer’s bank.'),
  sent_to_review: toReview,
};

function payerOnly(told: Told, text: string): Announcements {
  return { ...silence, toPayer: [update(told, text)] };
}

function payeeOnly(told: Told, text: string): Announcements {
  return { ...silence, toPayee: [update(told, text)] };
}

function both(told: Told, text: string): Announcements {
  return {
    toPayer: [update(told, `Your payment of ${amount(told)} to ${other(told)}: ${text}`)],
    toPayee: [update(told, `The ${payeeAmount(told)} from ${shortName(told.payer)}: ${text}`)],
  };
}

function sent(told: Told): Reply {
  const { payment, payee, settings } = told;
  const text = `${amount(told)} to ${payeeWords(payment, payee)}${forNote(payment.note)}: charged to your ${card(told)}. ${whatNext(told)}`;
  const undo: Button = {
    kind: 'action',
    title: 'Undo',
    payload: writePayload({ kind: 'undo', id: payment.id }),
  };
  const isQuick = payee !== undefined && isReadyToBePaid(payee) && settings.undoSeconds < 60;
  const cancel: Button = { ...undo, title: isQuick ? 'Undo' : 'Take it back' };
  return withUtility(told, { kind: 'buttons', text, buttons: [cancel] });
}

function whatNext(told: Told): string {
  const { payee, payment, payer, settings, claimUrl } = told;
  if (payee === undefined && claimUrl !== undefined) {
    return `Forward this link to ${payeeShort(payment, payee)}; whoever opens it first gets the money: ${claimUrl} If nobody does by ${dayWords(payer, payment.claimBeforeMs ?? told.entry.atMs)}, it comes back to you.`;
  }
  if (payee !== undefined && isReadyToBePaid(payee)) {
    return `It goes out in ${durationWords(settings.undoSeconds)}; until then you can undo it.`;
  }
  return `${other(told)} has until ${dayWords(payer, payment.claimBeforeMs ?? told.entry.atMs)} to take it; then it comes back to you.`;
}

async function moneyIsHere(told: Told): Promise<Reply[]> {
  const { payment, payer, payee, settings } = told;
  if (payee === undefined) return [];
  const opening = `${shortNameAndHandle(payer)} sent you ${payeeAmount(told)}${forNote(payment.note)}.`;
  const decline: Button = {
    kind: 'action',
    title: 'Decline',
    payload: writePayload({ kind: 'decline', id: payment.id }),
  };
  if (isReadyToBePaid(payee)) {
    const text = `${opening} It goes to your account in ${durationWords(settings.undoSeconds)}.`;
    return [withUtility(told, { kind: 'buttons', text, buttons: [decline] })];
  }
  const text = `${opening} Tell us where to pay it (Stripe asks, we never see your bank details). You have until ${dayWords(payee, payment.claimBeforeMs ?? told.entry.atMs)}; then it goes back.`;
  return [
    withUtility(
      told,
      { kind: 'buttons', text, buttons: [await getPaid(told), decline] },
      'payment_waiting',
    ),
  ];
}

async function stillWaiting(told: Told): Promise<Reply[]> {
  const { payee, payment, payer } = told;
  if (payee === undefined) return [];
  const text = `${payeeAmount(told)} from ${shortName(payer)} still waits for you. After ${dayWords(payee, payment.claimBeforeMs ?? told.entry.atMs)} it goes back.`;
  return [
    withUtility(told, { kind: 'buttons', text, buttons: [await getPaid(told)] }, 'payment_waiting'),
  ];
}

/** The link's first forwarding may have been lost: the payer gets it once more. */
function nobodyYet(told: Told): Reply {
  return update(
    told,
    `Nobody has opened your link for the ${amount(told)} yet. Send it to ${other(told)} again: ${told.claimUrl ?? ''} After ${dayWords(told.payer, told.payment.claimBeforeMs ?? told.entry.atMs)} the money comes back to you.`,
  );
}

/** A payee hears of it where they were told before that the money is coming. */
function toReview(told: Told): Announcements {
  const toPayer = update(
    told,
    `Something is not right with your payment of ${amount(told)} to ${other(told)}. A person is looking at it; you need to do nothing and will hear from us here.`,
  );
  if (told.entry.from !== 'paying_out') return { ...silence, toPayer: [toPayer] };
  const toPayee = update(
    told,
    `The ${payeeAmount(told)} from ${shortName(told.payer)} is held up. A person is looking at it; you will hear from us here.`,
  );
  return { toPayer: [toPayer], toPayee: [toPayee] };
}

async function accountNotReady(told: Told): Promise<Reply[]> {
  const text = `We could not pay out the ${payeeAmount(told)} from ${shortName(told.payer)}: your payout account needs something from you. The money waits here.`;
  return [
    withUtility(told, { kind: 'buttons', text, buttons: [await getPaid(told)] }, 'payment_waiting'),
  ];
}

async function getPaid(told: Told): Promise<Button> {
  return { kind: 'link', title: 'Get paid', url: await told.links.payout() };
}

async function finishAtBank(told: Told): Promise<Reply> {
  const text = `Your bank still wants to check that it is you before ${amount(told)} goes to ${other(told)}. Nothing is charged until then.`;
  return withUtility(told, {
    kind: 'buttons',
    text,
    buttons: [{ kind: 'link', title: 'Finish the check', url: await told.links.pay() }],
  });
}

function declined(told: Told): Reply {
  const text = `Your ${amount(told)} to ${other(told)} did not go through, and nothing was charged. ${declineWords(told.entry.reason)}`;
  const again = writePayload({ kind: 'accept', id: told.payment.id });
  return withUtility(told, {
    kind: 'buttons',
    text,
    buttons: [{ kind: 'action', title: 'Try again', payload: again }],
  });
}

function paid(told: Told): Announcements {
  const { payer, payee } = told;
  if (payee === undefined) return silence;
  return {
    toPayer: [
      update(told, `${shortName(payee)} got your ${amount(told)}.`),
      receiptForPayer(told.payment, { payer, payee, atMs: told.entry.atMs }),
    ],
    toPayee: [
      update(told, `${payeeAmount(told)} from ${shortName(payer)} is on its way to your account.`),
      receiptForPayee(told.payment, { payer, payee, atMs: told.entry.atMs }),
    ],
  };
}

function expired(told: Told): Announcements {
  const toPayer = [
    update(
      told,
      `Nobody took your ${amount(told)} to ${other(told)} in time. It is going back to your ${card(told)}.`,
    ),
  ];
  const toPayee =
    told.payee === undefined
      ? []
      : [
          update(
            told,
            `The ${payeeAmount(told)} from ${shortName(told.payer)} waited too long and goes back.`,
          ),
        ];
  return { toPayer, toPayee };
}

function disputed(told: Told): Announcements {
  const toPayer = [
    update(
      told,
      `Your bank tells us that you dispute your ${amount(told)} to ${other(told)}. It decides; we will tell you here.`,
    ),
  ];
  const text =
    told.entry.step === 'disputed_while_held'
      ? `The ${payeeAmount(told)} from ${shortName(told.payer)} is disputed at the payer’s bank and waits until that is decided.`
      : `The ${payeeAmount(told)} from ${shortName(told.payer)} is disputed at the payer’s bank. It may be taken back until that is decided.`;
  return { toPayer, toPayee: [update(told, text)] };
}

function update(told: Told, text: string): Reply {
  return withUtility(told, say(text));
}

/** Outside the window only a template may be sent: it names the payment and asks to open the thread for the rest. */
function withUtility(
  told: Told,
  reply: Reply,
  name: UtilityTemplateName = 'payment_update',
): Reply {
  const { payment } = told;
  return {
    ...reply,
    utility: { name, parameters: [formatForTemplate(payment.amount), stateWords[payment.state]] },
  };
}

const amount = (told: Told) => amountFor(told.payer, told.payment.amount);
const total = (told: Told) => amountFor(told.payer, totalOf(told.payment));
const payeeAmount = (told: Told) => amountFor(told.payee ?? told.payer, told.payment.amount);
const other = (told: Told) => payeeShort(told.payment, told.payee);
const who = (told: Told) => payeeWords(told.payment, told.payee);
const card = (told: Told) => cardWords(told.payment.instrument);
