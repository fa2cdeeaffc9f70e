// Waits until nothing on the machine moves any more without its clock: neither its functions nor what the vendors owe them.
import { setTimeout as delay } from 'node:timers/promises';
import type { LocalCloud } from './cloud/local-cloud.ts';

/** Whoever sends webhooks by itself. */
export interface Vendor {
  /** Whether a webhook is on its way, or about to be. */
  owesWebhook(): boolean;
}

const LOOK_EVERY_MS = 50;
const GIVE_UP_AFTER_MS = 50_000;

/** Calm twice in a row, since what is delivered wakes the machine. Rejects when that does not come within 50 seconds. */
export async function comeToRest(
  cloud: Pick<LocalCloud, 'idle'>,
  vendors: readonly Vendor[],
): Promise<void> {
  const isCalm = async () => {
    await cloud.idle();
    return !vendors.some((vendor) => vendor.owesWebhook());
  };
  const startedAtMs = performance.now();
  while (!((await isCalm()) && (await isCalm()))) {
    if (performance.now() - startedAtMs > GIVE_UP_AFTER_MS) {
      throw new Error(
        'The machine does not come to rest: look at its log for a function that fails.',
      );
    }
    await delay(LOOK_EVERY_MS);
  }
}
