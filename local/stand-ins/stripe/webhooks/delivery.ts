// One event on its way to the webhook endpoint.

export interface Delivery {
  id: string;
  eventId: string;
  /** Empty for the platform's own events. */
  account: string;
  attempts: number;
  /** When it is due, on the machine's clock. */
  atMs: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** How long after each failed attempt the next one comes; after the last, Stripe gives up. */
const BACK_OFF_MS = [SECOND, 5 * SECOND, 30 * SECOND, 5 * MINUTE, 60 * MINUTE, 360 * MINUTE];

/** The delivery after a failed attempt, or undefined when that was the last. */
export function afterFailure(delivery: Delivery, nowMs: number): Delivery | undefined {
  const waitMs = BACK_OFF_MS[delivery.attempts];
  if (waitMs === undefined) return undefined;
  return { ...delivery, attempts: delivery.attempts + 1, atMs: nowMs + waitMs };
}
