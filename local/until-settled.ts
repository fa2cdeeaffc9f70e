// Waits until nothing on the machine moves any more without its clock: neither its functions nor what the vendors owe them.
import { setTimeout as delay } from 'node:timers/promises';
import type { LocalCloud } from './cloud/local-cloud.ts';

/** Whoever sends webhooks by itself. */
export interface Vendor {
  /** Whether a webhook is on its way, or about to be. */
  owesWebhook(): boolean | Promise<boolean>;
}

const LOOK_EVERY_MS = 50;

/** Calm twice in a row, since what is delivered wakes the machine. Rejects when that does not come in time. */
export async function untilSettled(
  cloud: Pick<LocalCloud, 'idle'>,
  vendors: readonly Vendor[],
  withinMs = 50_000,
): Promise<void> {
  const isCalm = async () => {
    await cloud.idle();
    const owing = await Promise.all(vendors.map(async (vendor) => vendor.owesWebhook()));
    return !owing.includes(true);
  };
  const startedAtMs = performance.now();
  while (!((await isCalm()) && (await isCalm()))) {
    if (performance.now() - startedAtMs > withinMs) {
      throw new Error(
        'The machine does not come to rest: webhooks are still under way. Its log names a function that fails.',
      );
    }
    await delay(LOOK_EVERY_MS);
  }
}
