// When a provider that gave no clear answer is asked again, of payments and orders alike, and when a person must look.

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** After the first answer that was none, and after each one more. */
const waitsMs = [30 * secondMs, 5 * minuteMs, hourMs, dayMs, dayMs, dayMs, dayMs, dayMs] as const;

/** `asks`: how often it was asked so far and gave no clear answer. */
export function waitAfterAsk(asks: number): number {
  return waitsMs[Math.max(0, asks - 1)] ?? dayMs;
}

/** Whether it was asked again after every one of the waits, and this answer was none either: a person must look. */
export function isAskedTooOften(asks: number): boolean {
  return asks > waitsMs.length;
}

/** Stripe may forget an idempotency key after 24 h; an hour's margin for clocks. Past it, the same key would act anew. */
export function isWithinKeyLife(askedAtMs: number, nowMs: number): boolean {
  return nowMs - askedAtMs < 23 * hourMs;
}
