// "Send $20 to bob": finds Bob, makes the draft, and shows a review card before any money moves.
import type { RecipientText } from '../chat/command.ts';
import { answer, type Speaking, type Turn } from '../chat/turn.ts';
import { makeLink } from '../links/make-link.ts';
import type { Money } from '../money/money.ts';
import { findRecipient } from '../people/find-recipient.ts';
import type { Member, PersonId } from '../people/person.ts';
import { askWhichPerson } from '../people/replies.ts';
import { noteForOthers } from '../privacy/words-of-others.ts';
import { type DraftRequest, draftPayment } from './draft-payment.ts';
import type { Payment, PaymentId } from './payment.ts';
import { cannotDraft, nobodyThere, notToOneself, reviewCard } from './replies.ts';

export interface SendMoney {
  readonly amount: Money;
  readonly recipient: RecipientText;
  readonly note?: string;
}

export async function sendMoney(speaking: Speaking<Member>, said: SendMoney): Promise<Turn> {
  const { world, person } = speaking;
  const found = await findRecipient(world, person, said.recipient);
  switch (found.kind) {
    case 'oneself':
      return answer(notToOneself);
    case 'several':
      return {
        replies: [askWhichPerson(found.people, said.recipient)],
        pending: {
          kind: 'which_person',
          intent: { purpose: 'send', ...(said.note === undefined ? {} : { note: said.note }) },
          amount: said.amount,
          choices: found.people.map((each) => each.id),
        },
      };
    case 'one':
      return sendTo(speaking, { ...said, payee: found.person });
    case 'none':
      // A handle that nobody has may be a slip: it is not turned into a link that anyone could open.
      if (said.recipient.kind === 'handle') return answer(nobodyThere(said.recipient.handle));
      return draftAndReview(
        speaking,
        { ...said, to: { kind: 'claim', calledName: said.recipient.name } },
        undefined,
      );
  }
}

export async function sendTo(
  speaking: Speaking<Member>,
  said: { readonly payee: Member; readonly amount: Money; readonly note?: string },
): Promise<Turn> {
  const { payee, ...terms } = said;
  return draftAndReview(speaking, { ...terms, to: { kind: 'person', personId: payee.id } }, payee);
}

async function draftAndReview(
  speaking: Speaking<Member>,
  { note: saidNote, ...terms }: Pick<DraftRequest, 'to' | 'amount' | 'note'>,
  payee: Member | undefined,
): Promise<Turn> {
  const { world, person, event } = speaking;
  const note = noteForOthers(saidNote);
  const outcome = await draftPayment(world, {
    ...terms,
    ...(note === undefined ? {} : { note }),
    id: world.ids.derived('pay', event.id),
    payer: person,
  });
  if (outcome.kind !== 'drafted') return answer(cannotDraft(outcome, person));
  return reviewTurn(speaking, outcome.payment, payee);
}

/** The review card with a fresh link. */
export async function reviewTurn(
  speaking: Speaking<Member>,
  payment: Payment,
  payee: Member | undefined,
): Promise<Turn> {
  const { world, person, event } = speaking;
  const url = await makeLink(world, {
    purpose: { kind: 'pay', paymentId: payment.id },
    personId: person.id,
    address: event.address,
  });
  return answer(reviewCard({ payment, payer: person, payee, url, settings: world.settings }));
}

/** "Try again" after a decline: the same terms as a new draft; the old one stays what it is. */
export async function tryAgain(speaking: Speaking<Member>, id: PaymentId): Promise<Turn> {
  const { world, person } = speaking;
  const declined = await world.payments.get(id);
  if (declined === undefined || declined.payerId !== person.id || declined.state !== 'declined') {
    return answer('There is nothing to try again. Write “activity” to see your payments.');
  }
  const { payee } = declined;
  const to =
    payee.kind === 'person'
      ? ({ kind: 'person', personId: payee.personId } as const)
      : ({ kind: 'claim', calledName: payee.calledName } as const);
  const outcome = await draftPayment(world, {
    id: world.ids.derived('pay', id, 'again'),
    payer: person,
    to,
    amount: declined.amount,
    ...(declined.note === undefined ? {} : { note: declined.note }),
  });
  if (outcome.kind !== 'drafted') return answer(cannotDraft(outcome, person));
  if (outcome.payment.state !== 'draft')
    return answer('You have tried this one again already. Write it once more to send it anew.');
  return reviewTurn(
    speaking,
    outcome.payment,
    await memberOf(speaking, payee.kind === 'person' ? payee.personId : undefined),
  );
}

async function memberOf(speaking: Speaking, id: PersonId | undefined): Promise<Member | undefined> {
  const person = id === undefined ? undefined : await speaking.world.people.byId(id);
  return person?.handle === undefined || person.termsAcceptedAtMs === undefined
    ? undefined
    : { ...person, handle: person.handle, termsAcceptedAtMs: person.termsAcceptedAtMs };
}
