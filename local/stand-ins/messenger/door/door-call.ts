// A call at the control door, what it may touch, and the ways it is answered.
import type { LocalClock } from '../../../clock.ts';
import type { SendFaults } from '../graph/send-faults.ts';
import type { HttpAnswer } from '../http/exchange.ts';
import type { History } from '../record/history.ts';
import type { Presence } from '../record/presence.ts';
import type { WebhookDelivery } from '../webhooks/webhook-delivery.ts';
import type { WebhookFaults } from '../webhooks/webhook-faults.ts';
import type { RequestLog } from './request-log.ts';
import type { Settings } from './settings.ts';

export interface DoorSite {
  readonly clock: LocalClock;
  readonly history: History;
  readonly presence: Presence;
  readonly delivery: WebhookDelivery;
  readonly sendFaults: SendFaults;
  readonly webhookFaults: WebhookFaults;
  readonly requests: RequestLog;
  readonly settings: Settings;
  readonly webhookUrl: string;
  readonly verifyToken: string;
}

export interface DoorCall {
  readonly method: string;
  /** Path below `/_stand-in`. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  /** The JSON body; `{}` when there is none. */
  readonly body: unknown;
}

export const ok = (body: unknown = { ok: true }): HttpAnswer => ({ status: 200, body });
export const created = (body: unknown): HttpAnswer => ({ status: 201, body });
export const notFound = (what: string): HttpAnswer => ({
  status: 404,
  body: { error: `there is no ${what}` },
});
export const notPossible = (why: string): HttpAnswer => ({ status: 409, body: { error: why } });
export const badRequest = (why: string): HttpAnswer => ({ status: 400, body: { error: why } });
