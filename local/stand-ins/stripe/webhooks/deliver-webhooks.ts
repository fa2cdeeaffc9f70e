// Posts events to the webhook endpoint: signed, a moment late, again when not answered, in the order asked for.
import { createHmac } from 'node:crypto';
import type { LocalClock } from '../../../clock.ts';
import { earliest, runWhenDue, type Loop } from '../run-when-due.ts';
import type { State } from '../state.ts';
import { afterFailure, type Delivery } from './delivery.ts';
import { notificationOf } from './event.ts';

/** How deliveries are made; set at the control door. */
export interface DeliveryMode {
  /** After the event, on the machine's clock. */
  delayMs: number;
  /** How many more times each event is posted than once. */
  duplicate: number;
  order: 'fifo' | 'reversed' | 'shuffled';
  /** Nothing leaves until it is released. */
  hold: boolean;
  /** Signs instead of the endpoint's secret. */
  secret: string | undefined;
}

export const USUAL_DELIVERY: DeliveryMode = {
  delayMs: 50,
  duplicate: 0,
  order: 'fifo',
  hold: false,
  secret: undefined,
};

const ANSWER_WITHIN_MS = 10_000;

export interface Endpoint {
  url: string;
  secret: string;
}

export function deliverWebhooks(
  { state, clock }: { state: State; clock: LocalClock },
  endpoint: Endpoint,
  mode: DeliveryMode,
): Loop {
  const pending = () => (mode.hold ? [] : state.tables.deliveries.entries());
  return runWhenDue({
    clock,
    nextAtMs: () => earliest(pending().map(([, delivery]) => delivery.atMs)),
    async work(stopping) {
      const due = pending().filter(([, delivery]) => delivery.atMs <= clock.now());
      for (const [key, delivery] of inOrder(due, mode.order)) {
        if (mode.hold || stopping.aborted) return;
        const answered = await postAll({ state, clock, delivery, stopping }, endpoint, mode);
        // A post that was cut short by the end of the process is made again by the next one.
        if (stopping.aborted && !answered) return;
        // Cleared meanwhile by a reset: there is nothing left to deliver.
        if (!state.tables.deliveries.get(key)) continue;
        const next = answered ? undefined : afterFailure(delivery, clock.now());
        if (next) state.tables.deliveries.set(key, next);
        else state.tables.deliveries.delete(key);
        state.save();
      }
    },
  });
}

function inOrder<T>(due: T[], order: DeliveryMode['order']): T[] {
  switch (order) {
    case 'fifo':
      return due;
    case 'reversed':
      return due.toReversed();
    case 'shuffled':
      return due
        .map((each) => ({ each, at: Math.random() }))
        .toSorted((a, b) => a.at - b.at)
        .map(({ each }) => each);
  }
}

interface Parcel {
  state: State;
  clock: LocalClock;
  delivery: Delivery;
  stopping: AbortSignal;
}

async function postAll(parcel: Parcel, endpoint: Endpoint, mode: DeliveryMode): Promise<boolean> {
  const { tables } = parcel.state;
  const { account, eventId } = parcel.delivery;
  const event = tables.events.get(`${account}/${eventId}`) ?? tables.thinEvents.get(`/${eventId}`);
  if (!event) return true;
  const payload = JSON.stringify(notificationOf(event));
  let answered = false;
  for (let copy = 0; copy <= mode.duplicate; copy += 1) {
    const timestamp = Math.floor(parcel.clock.now() / 1000);
    const signature = sign({ payload, timestamp, secret: mode.secret ?? endpoint.secret });
    answered = await post(endpoint.url, { payload, signature }, parcel.stopping);
  }
  return answered;
}

/** The Stripe-Signature header: HMAC-SHA256 over `t.payload`, in hex. */
export function sign(what: { payload: string; timestamp: number; secret: string }): string {
  const { payload, timestamp, secret } = what;
  const digest = createHmac('sha256', secret).update(`${timestamp}.${payload}`).digest('hex');
  return `t=${timestamp},v1=${digest}`;
}

async function post(
  url: string,
  { payload, signature }: { payload: string; signature: string },
  stopping: AbortSignal,
): Promise<boolean> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: payload,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'stripe-signature': signature,
        'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
      },
      redirect: 'manual',
      signal: AbortSignal.any([stopping, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
    });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
