// Accept, decline, cancel, undo, remind: by the id in a button, or the latest payment or request that fits.
import { findRecipient } from '../people/find-recipient.ts';
import { isMember, type Member, type PersonId } from '../people/person.ts';
import { nobodyCalled } from '../people/replies.ts';
import { reviewTurn, tryAgain } from '../payments/send-money.ts';
import { type Payment, type PaymentId, payeeId } from '../payments/payment.ts';
import { stopped } from '../payments/replies.ts';
import { remindOfPayment } from '../payments/remind-payee.ts';
import { stopPayment } from '../payments/stop-payment.ts';
import {
  acceptRequest,
  declineRequest,
  remindOfRequest,
  withdrawRequest,
} from '../requests/answer-request.ts';
import type { MoneyRequest } from '../requests/money-request.ts';
import type { RequestId } from '../requests/request-id.ts';
import { nothingToAnswer } from '../requests/replies.ts';
import type { RecipientText, SubjectId } from './command.ts';
import { answer, type Speaking, type Turn } from './turn.ts';

/** How far back "the latest that fits" looks. */
const lookBack = 20;

export async function acceptSubject(
  speaking: Speaking<Member>,
  id: SubjectId | undefined,
): Promise<Turn> {
  if (id !== undefined && isPaymentId(id)) return acceptPayment(speaking, id);
  const request = await requestFor(speaking, id, (each) => each.payerId === speaking.person.id);
  return request === undefined ? answer(nothingToAnswer) : acceptRequest(speaking, request.id);
}

/** "Try again" of a declined payment, or back to the review of a draft. */
async function acceptPayment(speaking: Speaking<Member>, id: PaymentId): Promise<Turn> {
  const { world, person } = speaking;
  const payment = await world.payments.get(id);
  if (payment?.state === 'declined' && payment.requestId !== undefined)
    return acceptRequest(speaking, payment.requestId);
  if (payment?.state !== 'draft' || payment.payerId !== person.id) return tryAgain(speaking, id);
  const payee = payeeId(payment);
  const recipient = payee === undefined ? undefined : await world.people.byId(payee);
  return reviewTurn(
    speaking,
    payment,
    recipient !== undefined && isMember(recipient) ? recipient : undefined,
  );
}

export async function declineSubject(
  speaking: Speaking<Member>,
  id: SubjectId | undefined,
): Promise<Turn> {
  const { person } = speaking;
  if (id !== undefined && isPaymentId(id)) return stop(speaking, id);
  const request = await requestFor(speaking, id, (each) => each.payerId === person.id);
  if (request !== undefined) return declineRequest(speaking, request);
  if (id !== undefined) return answer(nothingToAnswer);
  const held = await latestPayment(
    speaking,
    (each) => each.state === 'held' && payeeId(each) === person.id,
  );
  return held === undefined ? answer(nothingToAnswer) : stop(speaking, held.id);
}

/** Cancels a draft, takes a held payment back, or withdraws a request; the newer of the two without an id. */
export async function cancelSubject(
  speaking: Speaking<Member>,
  id: SubjectId | undefined,
): Promise<Turn> {
  const { person } = speaking;
  if (id !== undefined && isPaymentId(id)) return stop(speaking, id);
  const request = await requestFor(speaking, id, (each) => each.askerId === person.id);
  if (id !== undefined)
    return request === undefined ? answer(nothingToAnswer) : withdrawRequest(speaking, request);
  const payment = await latestPayment(speaking, (each) => isStoppableBy(each, person.id));
  if (payment !== undefined && payment.createdAtMs >= (request?.createdAtMs ?? 0))
    return stop(speaking, payment.id);
  return request === undefined ? stopNothing(speaking) : withdrawRequest(speaking, request);
}

export async function undoPayment(
  speaking: Speaking<Member>,
  id: PaymentId | undefined,
): Promise<Turn> {
  if (id !== undefined) return stop(speaking, id);
  const { person } = speaking;
  const payment = await latestPayment(
    speaking,
    (each) => each.payerId === person.id && each.state !== 'cancelled',
  );
  return payment === undefined ? stopNothing(speaking) : stop(speaking, payment.id);
}

/** By the id in a button, or whoever was named, or the latest that waits for somebody. */
export async function remindSubject(
  speaking: Speaking<Member>,
  { id, who }: { readonly id?: SubjectId; readonly who?: RecipientText },
): Promise<Turn> {
  const { world, person } = speaking;
  if (id !== undefined && isPaymentId(id)) return answer(await remindOfPayment(speaking, id));
  const found = who === undefined ? undefined : await findRecipient(world, person, who);
  if (who !== undefined && found?.kind !== 'one') return answer(nobodyCalled(who));
  const isNamed = (other: PersonId | undefined) =>
    found?.kind !== 'one' || other === found.person.id;
  const request = await requestFor(
    speaking,
    id,
    (each) => each.askerId === person.id && isNamed(each.payerId),
  );
  if (request !== undefined) return remindOfRequest(speaking, request);
  const held = await latestPayment(
    speaking,
    (each) => each.state === 'held' && each.payerId === person.id && isNamed(payeeId(each)),
  );
  return answer(held === undefined ? nothingToAnswer : await remindOfPayment(speaking, held.id));
}

async function stop(speaking: Speaking<Member>, paymentId: PaymentId): Promise<Turn> {
  const { world, person } = speaking;
  return answer(stopped(await stopPayment(world, { paymentId, personId: person.id }), person));
}

function stopNothing({ person }: Speaking<Member>): Turn {
  return answer(stopped({ kind: 'not_found' }, person));
}

function isStoppableBy(payment: Payment, personId: PersonId): boolean {
  return payment.payerId === personId && (payment.state === 'draft' || payment.state === 'held');
}

async function latestPayment(
  { world, person }: Speaking<Member>,
  fits: (payment: Payment) => boolean,
): Promise<Payment | undefined> {
  const latest = await world.payments.ofPerson(person.id, { limit: lookBack });
  return latest.find(fits);
}

/** By its id, if it is theirs in that role; without one the latest open. */
async function requestFor(
  { world, person }: Speaking<Member>,
  id: RequestId | undefined,
  isTheirs: (request: MoneyRequest) => boolean,
): Promise<MoneyRequest | undefined> {
  if (id === undefined) {
    const open = await world.requests.ofPerson(person.id, { limit: lookBack, openOnly: true });
    return open.find(isTheirs);
  }
  const request = await world.requests.get(id);
  return request !== undefined && isTheirs(request) ? request : undefined;
}

function isPaymentId(id: SubjectId): id is PaymentId {
  return id.startsWith('pay_');
}
