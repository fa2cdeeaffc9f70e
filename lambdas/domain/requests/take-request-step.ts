// The only way a request changes: one legal step with its journal entry and next due date.
import type { Actor } from '../journal/entry.ts';
import { journaled } from '../journal/journaled.ts';
import {
  type MoneyRequest,
  type RequestChange,
  type RequestStep,
  requestSteps,
} from './money-request.ts';

/** Whoever was asked and did not answer is reminded once, halfway to the end. */
function reminderAt(request: MoneyRequest): number {
  return request.createdAtMs + (request.expiresAtMs - request.createdAtMs) / 2;
}

export interface RequestStepTaken {
  readonly step: RequestStep;
  readonly actor: Actor;
  readonly nowMs: number;
  readonly changes?: Partial<Pick<MoneyRequest, 'paymentId' | 'acceptances' | 'remindedAtMs'>>;
}

export function isLegalRequestStep(
  step: RequestStep,
  state: MoneyRequest['state'] | 'nothing',
): boolean {
  const from: readonly string[] = requestSteps[step].from;
  return from.includes(state);
}

/** Throws on an illegal step: use cases look at the state first, so that is a bug. */
export function takeRequestStep(request: MoneyRequest, taken: RequestStepTaken): RequestChange {
  const isNew = request.version === 0;
  if (!isLegalRequestStep(taken.step, isNew ? 'nothing' : request.state)) {
    throw new Error(
      `Request ${request.id}: step ${taken.step} is not legal from ${request.state}.`,
    );
  }
  const { dueAtMs: _previousDue, ...kept } = request;
  const moved: MoneyRequest = {
    ...kept,
    ...taken.changes,
    version: request.version + 1,
    state: requestSteps[taken.step].to,
  };
  const dueAtMs = dueOf(moved);
  const next = dueAtMs === undefined ? moved : { ...moved, dueAtMs };
  const from = isNew ? 'nothing' : request.state;
  const { subject, entry } = journaled(next, { ...taken, from }, []);
  return { request: subject, entry };
}

/** A request being paid waits for its payment, which has a due date of its own. */
function dueOf(request: MoneyRequest): number | undefined {
  if (request.state !== 'open') return undefined;
  return request.remindedAtMs === undefined ? reminderAt(request) : request.expiresAtMs;
}
