// What the two sides can do with a request: pay it, decline it, withdraw it, remind.
import { answer, type Speaking, type Turn } from '../chat/turn.ts';
import { draftPayment } from '../payments/draft-payment.ts';
import { cannotDraft } from '../payments/replies.ts';
import { reviewTurn } from '../payments/send-money.ts';
import { dayMs } from '../payments/due-dates.ts';
import { isMember, type Member, shortName } from '../people/person.ts';
import type { World } from '../world.ts';
import type { MoneyRequest } from './money-request.ts';
import type { RequestId } from './request-id.ts';
import { cannotAnswer, nothingToAnswer, reminderTooSoon } from './replies.ts';
import { takeRequestStep } from './take-request-step.ts';

/** Accepting leads to the same review and confirmation as sending; pressed twice it shows the same draft. */
export async function acceptRequest(speaking: Speaking<Member>, id: RequestId): Promise<Turn> {
  const { world, person } = speaking;
  const request = await world.requests.get(id);
  if (request === undefined || request.payerId !== person.id) return answer(nothingToAnswer);
  if (request.state === 'paying') return reviewAgain(speaking, request);
  if (request.state !== 'open') return answer(cannotAnswer(request));
  const asker = await world.people.byId(request.askerId);
  if (asker === undefined || !isMember(asker)) return answer(nothingToAnswer);
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
  const name = asker === undefined ? 'They' : shortName(asker);
  return close(speaking, request, {
    step: 'declined',
    actor: 'payer',
    said: `Declined. ${name} is told; nothing was charged.`,
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
  if (outcome === 'done') return answer(how.said);
  const now = await world.requests.get(request.id);
  return answer(now === undefined ? nothingToAnswer : cannotAnswer(now));
}

export async function remindOfRequest(
  { world }: Speaking<Member>,
  request: MoneyRequest,
): Promise<Turn> {
  if (request.state !== 'open') return answer(cannotAnswer(request));
  const nowMs = world.clock.now();
  if (nowMs - (request.remindedAtMs ?? 0) < dayMs) return answer(reminderTooSoon);
  await world.requests.commit(
    takeRequestStep(request, {
      step: 'reminded',
      actor: 'payee',
      nowMs,
      changes: { remindedAtMs: nowMs },
    }),
  );
  return answer('Reminded.');
}

/** What a request's due date asks for: one reminder, then the end. */
export async function advanceRequest(
  world: Pick<World, 'requests' | 'clock'>,
  id: RequestId,
): Promise<void> {
  const request = await world.requests.get(id);
  const nowMs = world.clock.now();
  if (request?.dueAtMs === undefined || request.dueAtMs > nowMs || request.state !== 'open') return;
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
