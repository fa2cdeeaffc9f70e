// Whether a page may write to a person now: the 24-hour window, tags, and what stays open beyond it.
import type { MessageRequest } from '../limits/send-request.ts';
import type { Thread } from '../record/world.ts';
import { type Refusal, badParameter, deadTag, outsideWindow, tagNotPermitted } from './refusal.ts';

const WINDOW_MS = 24 * 3_600_000;

const DEAD_TAGS = ['ACCOUNT_UPDATE', 'CONFIRMED_EVENT_UPDATE', 'POST_PURCHASE_UPDATE'];

export const isWindowOpen = (thread: Thread, nowMs: number) =>
  thread.lastInboundAtMs !== undefined && nowMs - thread.lastInboundAtMs < WINDOW_MS;

/** The reason why this message may not be sent now, if there is one. */
export function refuseByWindow(
  request: MessageRequest,
  thread: Thread,
  nowMs: number,
): Refusal | undefined {
  const { messaging_type: type, tag, message } = request;
  if (tag !== undefined && type !== 'MESSAGE_TAG') {
    return badParameter('(#100) Param tag is only allowed with messaging_type MESSAGE_TAG');
  }
  switch (type) {
    case 'MESSAGE_TAG':
      return refuseByTag(tag);
    case 'UTILITY':
      if (message.template !== undefined) return undefined;
      return badParameter('(#100) Param message[template] is required with messaging_type UTILITY');
    case 'RESPONSE':
    case 'UPDATE':
      if (message.template !== undefined) {
        return badParameter('(#100) Param message[template] needs messaging_type UTILITY');
      }
      return isWindowOpen(thread, nowMs) ? undefined : outsideWindow();
    default:
      return type satisfies never;
  }
}

function refuseByTag(tag: string | undefined): Refusal {
  if (tag === undefined) {
    return badParameter('(#100) Param tag is required with messaging_type MESSAGE_TAG');
  }
  if (DEAD_TAGS.includes(tag)) return deadTag(tag);
  if (tag === 'HUMAN_AGENT' || tag === 'CUSTOMER_FEEDBACK') return tagNotPermitted(tag);
  return badParameter(`(#100) Param tag must be one of {HUMAN_AGENT, CUSTOMER_FEEDBACK}`);
}
