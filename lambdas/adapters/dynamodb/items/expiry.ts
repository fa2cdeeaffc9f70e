// When an item of Users may be dropped by itself: the table's time-to-live attribute.

const dayMs = 24 * 60 * 60 * 1000;

/** Seconds, as DynamoDB wants them; the deletion comes some time after (up to days), so nobody relies on it. */
export function expiresAfterDays(days: number, fromMs: number): { expiresAtSeconds: number } {
  return { expiresAtSeconds: Math.ceil((fromMs + days * dayMs) / 1000) };
}
