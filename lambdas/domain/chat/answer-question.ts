// Takes an answer to the question that waits: which person, which amount, yes or no.
import { requestDeletion } from '../people/about-oneself.ts';
import { answerJoin } from '../people/join-turn.ts';
import { hasLeft, isMember, type Member } from '../people/person.ts';
import { sendMoney, sendTo } from '../payments/send-money.ts';
import { requestFrom, requestMoney } from '../requests/request-money.ts';
import type { Command } from './command.ts';
import type { Money } from '../money/money.ts';
import type { MoneyIntent, PendingQuestion } from './conversation.ts';
import { noQuestionOpen } from './replies.ts';
import { answer, type Speaking, type Turn } from './turn.ts';

type Answer = Extract<Command, { kind: 'answer' | 'yes' | 'no' }>;

/** An answer without its question, such as a button of last week, does nothing. */
export async function answerQuestion(speaking: Speaking<Member>, said: Answer): Promise<Turn> {
  const { pending } = speaking.conversation;
  if (pending === undefined) return answer(noQuestionOpen);
  switch (pending.kind) {
    case 'which_person':
      return said.kind === 'answer' ? whichPerson(speaking, pending, said.payload) : dropped();
    case 'which_amount':
      return whichAmount(speaking, pending, said);
    case 'which_purpose':
      return whichPurpose(speaking, pending, said);
    case 'confirm_deletion':
      return said.kind === 'yes' ? requestDeletion(speaking) : answer('Nothing is deleted.');
    case 'join_address':
      return answerJoin(speaking, pending, said);
    case 'choose_handle':
    case 'accept_terms':
    case 'which_product':
    case 'which_choice':
    case 'just_added':
    case 'with_the_shop':
      return answer(noQuestionOpen);
  }
}

function dropped(): Turn {
  return answer('All right, nothing is sent.');
}

async function whichPerson(
  speaking: Speaking<Member>,
  pending: Extract<PendingQuestion, { kind: 'which_person' }>,
  payload: string,
): Promise<Turn> {
  const { amount, intent } = pending;
  // A handle names one person, among those shown or not.
  if (payload.startsWith('@')) return actOn(speaking, { ...intent, amount, who: payload });
  const chosen = pending.choices.find(
    (each, index) => each === payload || String(index + 1) === payload,
  );
  const person = chosen === undefined ? undefined : await speaking.world.people.byId(chosen);
  if (person === undefined || !isMember(person) || hasLeft(person)) return answer(noQuestionOpen);
  const terms = { amount, ...(intent.note === undefined ? {} : { note: intent.note }) };
  return intent.purpose === 'send'
    ? sendTo(speaking, { ...terms, payee: person })
    : requestFrom(speaking, { ...terms, payer: person });
}

/** One reading alone was asked about with yes or no; several by number. */
async function whichAmount(
  speaking: Speaking<Member>,
  pending: Extract<PendingQuestion, { kind: 'which_amount' }>,
  said: Answer,
): Promise<Turn> {
  if (said.kind === 'no') return dropped();
  const index = said.kind === 'yes' ? 0 : Number(said.payload) - 1;
  const amount = pending.readings[index];
  if (amount === undefined || (said.kind === 'yes' && pending.readings.length > 1))
    return answer(noQuestionOpen);
  return actOn(speaking, { ...pending, ...pending.intent, amount });
}

async function whichPurpose(
  speaking: Speaking<Member>,
  pending: Extract<PendingQuestion, { kind: 'which_purpose' }>,
  said: Answer,
): Promise<Turn> {
  if (said.kind === 'no') return dropped();
  if (said.kind === 'yes') return answer(noQuestionOpen);
  const { payload: purpose } = said;
  if (purpose !== 'send' && purpose !== 'request') return answer(noQuestionOpen);
  return actOn(speaking, { ...pending, purpose });
}

async function actOn(
  speaking: Speaking<Member>,
  said: MoneyIntent & { readonly amount: Money; readonly who: string },
): Promise<Turn> {
  const who = said.who.startsWith('@')
    ? ({ kind: 'handle', handle: said.who.slice(1) } as const)
    : ({ kind: 'name', name: said.who } as const);
  const terms = { amount: said.amount, ...(said.note === undefined ? {} : { note: said.note }) };
  return said.purpose === 'send'
    ? sendMoney(speaking, { ...terms, recipient: who })
    : requestMoney(speaking, { ...terms, from: who });
}
