// A browser takes a bill that went out as a link: what is typed in it is from then on shown in no other.
import type { World } from '../world.ts';
import { changeOrder } from './change-order.ts';
import type { Order } from './order.ts';
import { asItWasSent } from './plain-wish.ts';
import { isOpenDraft, shopOf } from './requote-order.ts';
import { isOpenToTake } from './send-bill.ts';
import { takeOrderStep } from './take-order-step.ts';

export interface HoldBillOutcome {
  readonly kind: 'held' | 'not_theirs' | 'not_open';
  readonly order: Order;
}

/**
 * `holder` is the fingerprint of the browser's mark. `anew` takes it from another browser, as the shop sent it: links are
 * forwarded, and whoever left it in the middle must not keep the others from paying.
 */
export async function holdBill(
  world: Pick<World, 'orders' | 'shops' | 'products' | 'clock' | 'settings'>,
  order: Order,
  asked: { readonly holder: string; readonly anew: boolean },
): Promise<HoldBillOutcome> {
  const { holder, anew } = asked;
  const plain = anew ? await asItWasSent(world, await shopOf(world, order), order) : {};
  if (plain === undefined) return { kind: 'not_open', order };
  const nowMs = world.clock.now();
  const changed = await changeOrder(world, order, (now) => {
    const { sent } = now;
    if (sent === undefined || !isOpenToTake(now) || !isOpenDraft(now, nowMs)) return undefined;
    if (sent.holder === holder || (sent.holder !== undefined && !anew)) return undefined;
    const changes = { ...plain, sent: { ...sent, holder } };
    const { settings } = world;
    return takeOrderStep(now, { step: 'held', actor: 'buyer', nowMs, settings, changes });
  });
  return standingFor(changed?.order ?? order, { holder, nowMs });
}

function standingFor(
  order: Order,
  { holder, nowMs }: { readonly holder: string; readonly nowMs: number },
): HoldBillOutcome {
  if (isOpenToTake(order) && order.sent?.holder === holder) return { kind: 'held', order };
  return { kind: isOpenDraft(order, nowMs) ? 'not_theirs' : 'not_open', order };
}
