// The control door: what a test, or a person, can make the stand-in do under `/_stand-in/`.
//
// | call | does |
// |---|---|
// | `POST /_stand-in/faults` `{match?: {method?, path?}, fault, decline_code?, delayMs?, times?}` | spoils the next matching API calls; `path` is a prefix, or a regular expression between slashes |
// | `GET /_stand-in/faults` | the faults still waiting |
// | `POST /_stand-in/webhooks` `{delayMs?, duplicate?, order?, hold?, secret?}` | how deliveries are made: late, `duplicate` more times (true is once more), `fifo`, `reversed` or `shuffled`, not at all for now, signed with another secret (null: the right one again) |
// | `POST /_stand-in/webhooks/release` | lets everything that is held go, now, and holds no more |
// | `POST /_stand-in/webhooks/resend` `{eventId}` | delivers that event once more |
// | `GET /_stand-in/webhooks` | the mode, and the deliveries still pending |
// | `GET /_stand-in/requests` | every API request received: method, path, params, idempotency key, time, status |
// | `GET /_stand-in/books[?account=acct_…]` | charges, refunds, transfers, disputes and their totals |
// | `POST /_stand-in/cards/{intent}/authenticate` `{result: 'pass' or 'fail'}` | answers 3-D Secure for a payment or setup intent |
// | `POST /_stand-in/accounts/{id}/activate` | as if the person had finished onboarding |
// | `POST /_stand-in/accounts/{id}/restrict` | takes the capabilities away |
// | `POST /_stand-in/accounts/{id}/payout` `{currency?}` | empties its balance: a payout is on its way, and a reversal finds no money |
// | `POST /_stand-in/payouts/{id}` `{result: 'paid' or 'failed', code?}` | the bank has the payout, or sends it back for that `failure_code` |
// | `POST /_stand-in/accounts/{id}/deauthorize` | the shop takes the platform's access away: every call on it is a 403 from then on |
// | `POST /_stand-in/checkout/{session}/pay` `{card?, save?, amount?, later?, email?, name?}` | fills in the Checkout page; `card` is a number, `save` ticks that it be kept, `amount` takes another than was asked for, `later` pays by a method whose bank says in days |
// | `POST /_stand-in/checkout/{session}/settle` `{result: 'succeeded' or 'failed'}` | the bank of a `later` payment has decided |
// | `POST /_stand-in/disputes` `{charge, reason?, amount?, inquiry?}` | disputes a charge |
// | `POST /_stand-in/disputes/{id}/close` `{result: 'won' or 'lost'}` | ends the dispute |
// | `POST /_stand-in/reset` | forgets everything |
//
// Faults: `decline` (the charge attempt is declined with `decline_code`), `timeout_before` and `timeout_after` (no answer
// ever, without and with the work done), `error_500_before` (nothing done or stored; the same key works next time),
// `error_500_after` (work done; the key replays the 500 for a day, as Stripe documents), `rate_limit_429`,
// `drop_before` and `drop_after` (the connection breaks), `cut_body` (work done, half an answer), `delay`.
// `?account=acct_…` on any call works on that connected account.
import * as z from 'zod/mini';
import { readBooks } from './books.ts';
import { openDesk, PLATFORM, type Desk, type Office } from './desk.ts';
import { deauthorize, setStanding } from './resources/accounts.ts';
import { endDispute, openDispute } from './resources/disputes.ts';
import { finishAuthentication } from './resources/confirm-payment-intent.ts';
import { endPayout, payOutEverything } from './resources/payouts.ts';
import { payLater, settleLater } from './resources/pay-later.ts';
import { paySession } from './resources/pay-session.ts';
import { finishSetupAuthentication } from './resources/setup-intents.ts';
import { ApiError, noSuch, notPossible } from './server/api-error.ts';
import { faultRequest, type Faults } from './server/faults.ts';
import { USUAL_DELIVERY, type DeliveryMode } from './webhooks/deliver-webhooks.ts';

export interface Door {
  office: Office;
  faults: Faults;
  mode: DeliveryMode;
}

export interface Knock {
  method: string;
  /** After `/_stand-in`. */
  path: string;
  query: URLSearchParams;
  body: string;
}

interface Visit {
  door: Door;
  desk: Desk;
  id: string;
  body: unknown;
}

const ROUTES: [line: string, answer: (visit: Visit) => unknown][] = [
  ['POST /faults', ({ door, body }) => door.faults.add(z.parse(faultRequest, body))],
  ['GET /faults', ({ door }) => ({ faults: door.faults.waiting() })],
  ['POST /webhooks', setMode],
  ['GET /webhooks', showDeliveries],
  ['POST /webhooks/release', release],
  ['POST /webhooks/resend', resend],
  ['GET /requests', ({ door }) => ({ requests: valuesOf(door.office.state.tables.requests) })],
  ['GET /books', ({ desk }) => readBooks(desk)],
  ['POST /cards/{}/authenticate', authenticate],
  ['POST /accounts/{}/activate', ({ desk, id }) => setStanding(desk, id, 'active')],
  ['POST /accounts/{}/restrict', ({ desk, id }) => setStanding(desk, id, 'restricted')],
  ['POST /accounts/{}/payout', payout],
  ['POST /payouts/{}', finishPayout],
  ['POST /accounts/{}/deauthorize', ({ desk, id }) => deauthorize(desk.at(PLATFORM), id)],
  ['POST /checkout/{}/pay', pay],
  ['POST /checkout/{}/settle', settle],
  ['POST /disputes', dispute],
  ['POST /disputes/{}/close', closeDispute],
  ['POST /reset', reset],
];

const COMPILED = ROUTES.map(([line, answer]) => {
  const [method, path = ''] = line.split(' ');
  return { method, pattern: new RegExp(`^${path.replace('{}', '([^/]+)')}$`), answer };
});

/** Answers one call at the door; what it changed is saved. */
export function answerDoor(door: Door, knock: Knock): { status: number; body: string } {
  const { state } = door.office;
  try {
    const answer = visit(door, knock);
    state.save();
    return { status: 200, body: JSON.stringify(answer ?? { ok: true }) };
  } catch (error) {
    state.undo();
    const status = error instanceof ApiError ? error.status : 400;
    const message = error instanceof Error ? error.message : String(error);
    return { status, body: JSON.stringify({ error: { message } }) };
  }
}

function visit(door: Door, knock: Knock): unknown {
  const cause = { requestId: null, idempotencyKey: null };
  const desk = openDesk(door.office, knock.query.get('account') ?? PLATFORM, cause);
  for (const { method, pattern, answer } of COMPILED) {
    const match = method === knock.method ? pattern.exec(knock.path) : null;
    if (match) {
      const body: unknown = JSON.parse(knock.body === '' ? '{}' : knock.body);
      return answer({ door, desk, id: match[1] ?? '', body });
    }
  }
  throw new ApiError(404, { type: 'invalid_request_error', message: 'No such door.' }, false);
}

function valuesOf<T>(table: { entries(): [string, T][] }): T[] {
  return table.entries().map(([, value]) => value);
}

const modeRequest = z.object({
  delayMs: z.optional(z.number()),
  duplicate: z.optional(z.union([z.boolean(), z.number()])),
  order: z.optional(z.enum(['fifo', 'reversed', 'shuffled'])),
  hold: z.optional(z.boolean()),
  secret: z.optional(z.nullable(z.string())),
});

function setMode({ door, body }: Visit): DeliveryMode {
  const { mode } = door;
  const asked = z.parse(modeRequest, body);
  mode.delayMs = asked.delayMs ?? mode.delayMs;
  mode.duplicate = Number(asked.duplicate ?? mode.duplicate);
  mode.order = asked.order ?? mode.order;
  mode.hold = asked.hold ?? mode.hold;
  if (asked.secret !== undefined) mode.secret = asked.secret ?? undefined;
  return mode;
}

function showDeliveries({ door, desk }: Visit) {
  return { mode: door.mode, pending: desk.at(PLATFORM).shelves.deliveries.all() };
}

function release({ door, desk }: Visit): object {
  const { deliveries } = desk.at(PLATFORM).shelves;
  const held = deliveries.all();
  door.mode.hold = false;
  for (const delivery of held) deliveries.put(delivery.id, { ...delivery, atMs: desk.nowMs() });
  return { released: held.length };
}

function resend({ desk, body }: Visit): object {
  const { eventId } = z.parse(z.object({ eventId: z.string() }), body);
  const { shelves } = desk;
  const snapshot = shelves.events.get(eventId);
  if (!snapshot && !shelves.thinEvents.get(eventId)) throw noSuch('event', eventId);
  const id = desk.id('whd');
  const account = snapshot ? desk.account : PLATFORM;
  const delivery = { id, eventId, account, attempts: 0, atMs: desk.nowMs() };
  shelves.deliveries.put(id, delivery);
  return delivery;
}

const authenticateRequest = z.object({ result: z.enum(['pass', 'fail']) });

function authenticate({ desk, id, body }: Visit): object {
  const passed = z.parse(authenticateRequest, body).result === 'pass';
  const intent = id.startsWith('seti_')
    ? finishSetupAuthentication(desk, id, passed)
    : finishAuthentication(desk, id, passed);
  if (!intent) throw notPossible({ message: `${id} waits for no authentication.` });
  return intent;
}

const payoutRequest = z.object({ currency: z.optional(z.string()) });

function payout({ desk, id, body }: Visit): object {
  const { currency = 'usd' } = z.parse(payoutRequest, body);
  return { paidOut: payOutEverything(desk, id, currency) };
}

const payoutEnd = z.object({ result: z.enum(['paid', 'failed']), code: z.optional(z.string()) });

function finishPayout({ desk, id, body }: Visit): object {
  const { result, code = 'account_closed' } = z.parse(payoutEnd, body);
  return endPayout(desk, id, { result, code });
}

const payRequest = z.object({
  card: z.optional(z.string()),
  save: z.optional(z.boolean()),
  amount: z.optional(z.number()),
  later: z.optional(z.boolean()),
  email: z.optional(z.string()),
  name: z.optional(z.string()),
});

function pay({ desk, id, body }: Visit): object {
  const asked = z.parse(payRequest, body);
  const { amount, card = '4242424242424242', email, later, name, save } = asked;
  if (later === true) return payLater(desk, id);
  return paySession(desk, id, {
    card,
    ...(save !== undefined && { save }),
    ...(amount !== undefined && { amount }),
    ...(email && { email }),
    ...(name && { name }),
  });
}

const settleRequest = z.object({ result: z.enum(['succeeded', 'failed']) });

function settle({ desk, id, body }: Visit): object {
  return settleLater(desk, id, z.parse(settleRequest, body).result);
}

const disputeRequest = z.object({
  charge: z.string(),
  reason: z.optional(z.string()),
  amount: z.optional(z.number()),
  inquiry: z.optional(z.boolean()),
});

function dispute({ desk, body }: Visit): object {
  const asked = z.parse(disputeRequest, body);
  return openDispute(desk, asked.charge, {
    reason: asked.reason ?? 'fraudulent',
    inquiry: asked.inquiry ?? false,
    ...(asked.amount !== undefined && { amount: asked.amount }),
  });
}

const closeRequest = z.object({ result: z.enum(['won', 'lost']) });

function closeDispute({ desk, id, body }: Visit): object {
  return endDispute(desk, id, z.parse(closeRequest, body).result);
}

function reset({ door }: Visit): void {
  door.office.state.clear();
  door.faults.clear();
  Object.assign(door.mode, USUAL_DELIVERY);
}
