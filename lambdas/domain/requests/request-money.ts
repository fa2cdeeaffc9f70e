// "Ask Ann for $15": one request, told to the person who is asked.
import type { RecipientText } from '../chat/command.ts';
import { answer, type Speaking, type Turn } from '../chat/turn.ts';
import type { Money } from '../money/money.ts';
import { isWalletCurrency } from '../payments/limits.ts';
import { dayMs } from '../payments/due-dates.ts';
import { arePeerPaymentsOn } from '../payments/peer-payments-switch.ts';
import { cannotDraft, notToOneself } from '../payments/replies.ts';
import { findRecipient } from '../people/find-recipient.ts';
import type { Member } from '../people/person.ts';
import { askWhichPerson, nobodyCalled } from '../people/replies.ts';
import { noteForOthers } from '../privacy/words-of-others.ts';
import type { MoneyRequest } from './money-request.ts';
import { asked } from './replies.ts';
import { takeRequestStep } from './take-request-step.ts';

/** More open requests to one person than this is pestering. */
const mostOpenToOne = 3;

/** Asked and withdrawn, asked and declined: each one writes into somebody's thread, so all of a day count. */
const mostADayToOne = 5;
const mostADay = 20;

/** Of the latest requests, those that others have asked of this person included. */
const lookBack = 100;

export interface RequestMoney {
  readonly amount: Money;
  readonly from: RecipientText;
  readonly note?: string;
}

export async function requestMoney(speaking: Speaking<Member>, said: RequestMoney): Promise<Turn> {
  const found = await findRecipient(speaking.world, speaking.person, said.from);
  switch (found.kind) {
    case 'oneself':
      return answer(notToOneself);
    case 'none':
      return answer(nobodyCalled(said.from));
    case 'several':
      return {
        replies: [askWhichPerson(found.people, said.from)],
        pending: {
          kind: 'which_person',
          intent: { purpose: 'request', ...(said.note === undefined ? {} : { note: said.note }) },
          amount: said.amount,
          choices: found.people.map((each) => each.id),
        },
      };
    case 'one':
      return requestFrom(speaking, { ...said, payer: found.person });
  }
}

export async function requestFrom(
  speaking: Speaking<Member>,
  said: { readonly payer: Member; readonly amount: Money; readonly note?: string },
): Promise<Turn> {
  const { world, person } = speaking;
  if (!arePeerPaymentsOn(world.settings))
    return answer(cannotDraft({ kind: 'peer_payments_off' }, person));
  if (!isWalletCurrency(said.amount.currency))
    return answer(cannotDraft({ kind: 'currency_not_taken' }, person));
  if (await world.blocks.isBlockedBetween(person.id, said.payer.id)) {
    return answer('You cannot ask this person for money here.');
  }
  const request = newRequest(speaking, said);
  const tooMany = await whyTooMany(speaking, request, said.payer);
  if (tooMany !== undefined) return answer(tooMany);
  await world.requests.commit(
    takeRequestStep(request, { step: 'asked', actor: 'payee', nowMs: request.createdAtMs }),
  );
  return answer(asked(request, person, said.payer));
}

async function whyTooMany(
  { world, person }: Speaking,
  wanted: MoneyRequest,
  payer: Member,
): Promise<string | undefined> {
  const latest = await world.requests.ofPerson(person.id, { limit: lookBack });
  const asked = latest.filter((each) => each.askerId === person.id);
  // The same message handled again is no further request.
  if (asked.some((each) => each.id === wanted.id)) return undefined;
  const ofToday = asked.filter((each) => wanted.createdAtMs - each.createdAtMs < dayMs);
  const toThem = (requests: readonly MoneyRequest[]) =>
    requests.filter((each) => each.payerId === wanted.payerId);
  if (toThem(asked).filter((each) => each.state === 'open').length >= mostOpenToOne)
    return `You have ${mostOpenToOne} open requests to @${payer.handle} already.`;
  if (toThem(ofToday).length >= mostADayToOne || ofToday.length >= mostADay)
    return 'That is enough asking for one day. Try again tomorrow.';
  return undefined;
}

function newRequest(
  { world, person, event }: Speaking<Member>,
  said: { readonly payer: Member; readonly amount: Money; readonly note?: string },
): MoneyRequest {
  const nowMs = world.clock.now();
  const note = noteForOthers(said.note);
  return {
    id: world.ids.derived('req', event.id),
    version: 0,
    state: 'open',
    askerId: person.id,
    payerId: said.payer.id,
    amount: said.amount,
    createdAtMs: nowMs,
    expiresAtMs: nowMs + world.settings.requestDays * dayMs,
    acceptances: 0,
    ...(note === undefined ? {} : { note }),
  };
}
