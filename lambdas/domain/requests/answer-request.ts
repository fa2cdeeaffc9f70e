// What the two sides can do with a request: pay it, decline it, withdraw it, remind.
import { answer, type Speaking, type Turn } from '../chat/turn.ts';
import { draftPayment } from '../payments/draft-payment.ts';
import { cannotDraft } from '../payments/replies.ts';
import { reviewTurn } from '../payments/send-money.ts';
import { dayMs } from '../payments/due-dates.ts';
import { hasLeft, isMember, type Member, type PersonId, shortName } from '../people/person.ts';
import type { World } from '../world.ts';
import type { MoneyRequest } from './money-request.ts';
import type { RequestId } from './request-id.ts';
import { cannotAnswer, cannotAsk, nothingToAnswer, reminderTooSoon } from './replies.ts';
import { takeRequestStep } from './take-request-step.ts';

/** A reminder by the clock may come in between; whoever else moves a request ends it. */
const maxTries = 3;

/** Accepting leads to the same review and confirmation as sending; pressed twice it shows the same draft. */
export async function acceptRequest(speaking: Speaking<Member>, id: RequestId): Promise<Turn> {
  const { world, person } = speaking;
  for (let attempt = 0; attempt < maxTries; attempt += 1) {
    const request = await world.requests.get(id);
    if (request === undefined || request.payerId !== person.id) return answer(nothingToAnswer);
    if (request.state === 'paying') return reviewAgain(speaking, request);
    if (request.state !== 'open') return answer(cannotAnswer(request));
    const turn = await draftAnswer(speaking, request);
    if (turn !== 'request_moved') return turn;
  }
  return answer(cannotDraft({ kind: 'request_moved' }, person));
}

async function draftAnswer(
  speaking: Speaking<Member>,
  request: MoneyRequest,
): Promise<Turn | 'request_moved'> {
  const { world, person } = speaking;
  const asker = await world.people.byId(request.askerId);
  if (asker === undefined || !isMember(asker) || hasLeft(asker)) return answer(nothingToAnswer);
  const paymentId = world.ids.derived('pay', request.id, String(request.acceptances + 1));
  const nowMs = world.clock.now();
  const outcome = await draftPayment(world, {
    id: paymentId,
    payer: person,
    to: { kind: 'person', personId: asker.id },
    amount: request.amount,
    answers: takeRequestStep(request, {
      step: 'accepted',
      actor: 'payer',
      nowMs,
      changes: { paymentId, acceptances: request.acceptances + 1 },
    }),
    ...(request.note === undefined ? {} : { note: request.note }),
  });
  if (outcome.kind === 'request_moved') return outcome.kind;
  if (outcome.kind !== 'drafted') return answer(cannotDraft(outcome, person));
  return reviewTurn(speaking, outcome.payment, asker);
}

async function reviewAgain(speaking: Speaking<Member>, request: MoneyRequest): Promise<Turn> {
  const { world } = speaking;
  const payment =
    request.paymentId === undefined ? undefined : await world.payments.get(request.paymentId);
  const asker = await world.people.byId(request.askerId);
  if (payment?.state !== 'draft' || asker === undefined || !isMember(asker))
    return answer(cannotAnswer(request));
  return reviewTurn(speaking, payment, asker);
}

export async function declineRequest(
  speaking: Speaking<Member>,
  request: MoneyRequest,
): Promise<Turn> {
  const asker = await speaking.world.people.byId(request.askerId);
  const who = asker === undefined ? 'They are' : `${shortName(asker)} is`;
  return close(speaking, request, {
    step: 'declined',
    actor: 'payer',
    said: `Declined. ${who} told; nothing was charged.`,
  });
}

export async function withdrawRequest(
  speaking: Speaking<Member>,
  request: MoneyRequest,
): Promise<Turn> {
  return close(speaking, request, {
    step: 'withdrawn',
    actor: 'payee',
    said: 'Withdrawn. They are told.',
  });
}

async function close(
  { world }: Speaking<Member>,
  request: MoneyRequest,
  how: {
    readonly step: 'declined' | 'withdrawn';
    readonly actor: 'payer' | 'payee';
    readonly said: string;
  },
): Promise<Turn> {
  const { step, actor } = how;
  if (request.state !== 'open') return answer(cannotAnswer(request));
  const outcome = await world.requests.commit(
    takeRequestStep(request, { step, actor, nowMs: world.clock.now() }),
  );
  return outcome === 'done' ? answer(how.said) : answerAsItStands(world, request);
}

async function answerAsItStands(
  world: Pick<World, 'requests'>,
  { id }: MoneyRequest,
): Promise<Turn> {
  const now = await world.requests.get(id);
  return answer(now === undefined ? nothingToAnswer : cannotAnswer(now));
}

/** Between two who have nothing to do with each other any more nothing is asked, and nobody is reminded. */
export async function closeRequestsWith(
  { world, person }: Speaking<Member>,
  other: PersonId,
): Promise<void> {
  const open = await world.requests.ofPerson(person.id, { limit: 50, openOnly: true });
  for (const request of open) {
    const isAsker = request.askerId === person.id;
    if ((isAsker ? request.payerId : request.askerId) !== other) continue;
    await world.requests.commit(
      takeRequestStep(request, {
        step: isAsker ? 'withdrawn' : 'declined',
        actor: isAsker ? 'payee' : 'payer',
        nowMs: world.clock.now(),
      }),
    );
  }
}

export async function remindOfRequest(
  { world, person }: Speaking<Member>,
  request: MoneyRequest,
): Promise<Turn> {
  if (request.state !== 'open') return answer(cannotAnswer(request));
  if (await world.blocks.isBlockedBetween(person.id, request.payerId)) return answer(cannotAsk);
  const nowMs = world.clock.now();
  if (nowMs - (request.remindedAtMs ?? 0) < dayMs) return answer(reminderTooSoon);
  const outcome = await world.requests.commit(
    takeRequestStep(request, {
      step: 'reminded',
      actor: 'payee',
      nowMs,
      changes: { remindedAtMs: nowMs },
    }),
  );
  return outcome === 'done' ? answer('Reminded.') : answerAsItStands(world, request);
}

/** What a request's due date asks for: one reminder, then the end. Only an open one has such a date. */
export async function advanceRequest(
  world: Pick<World, 'requests' | 'clock'>,
  id: RequestId,
): Promise<void> {
  const request = await world.requests.get(id);
  const nowMs = world.clock.now();
  if (request?.dueAtMs === undefined || request.dueAtMs > nowMs) return;
  const change =
    nowMs >= request.expiresAtMs
      ? takeRequestStep(request, { step: 'expired', actor: 'clock', nowMs })
      : takeRequestStep(request, {
          step: 'reminded',
          actor: 'clock',
          nowMs,
          changes: { remindedAtMs: nowMs },
        });
  // A conflict means that someone answered: then nothing is due any more.
  await world.requests.commit(change);
}
