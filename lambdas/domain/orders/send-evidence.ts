// The shop answers a dispute, once: what it says to the bank cannot be taken back.
import type { World } from '../world.ts';
import { accountOf } from './ask-for-payment.ts';
import { changeOrder } from './change-order.ts';
import type { Order, OrderDispute, OrderId } from './order.ts';
import type { EvidenceFiles } from './evidence-file.ts';
import { isOver } from './order-dispute.ts';
import { takeOrderStep } from './take-order-step.ts';

export interface SendEvidenceOutcome {
  readonly kind: 'sent' | 'too_late' | 'no_dispute' | 'refused' | 'unknown';
  readonly order: Order;
}

interface EvidenceToSend {
  readonly orderId: OrderId;
  readonly text: string;
  /** As they were laid ready. */
  readonly files?: EvidenceFiles;
}

export async function sendEvidence(
  world: Pick<World, 'orders' | 'shopProvider' | 'clock' | 'settings'>,
  { orderId, text, files = {} }: EvidenceToSend,
): Promise<SendEvidenceOutcome> {
  const order = await world.orders.get(orderId);
  if (order === undefined) throw new Error(`Order ${orderId} is not there.`);
  const { dispute } = order;
  if (dispute === undefined) return { kind: 'no_dispute', order };
  if (!isAnswerAwaited(dispute, world.clock.now())) return { kind: 'too_late', order };
  const answer = await world.shopProvider.sendEvidence({
    accountId: accountOf(order),
    disputeId: dispute.id,
    text,
    files,
  });
  if (answer.kind === 'declined')
    return { kind: tooLateThere.has(answer.why) ? 'too_late' : 'refused', order };
  if (answer.kind === 'unknown') return { kind: 'unknown', order };
  return { kind: 'sent', order: await noteSent(world, order, dispute.id) };
}

/** Others were quicker, on the provider's own dashboard say, or the bank does not wait any longer. */
const tooLateThere: ReadonlySet<string> = new Set(['already_sent', 'too_late']);

/** Once, and before the deadline. */
export function isAnswerAwaited(dispute: OrderDispute, nowMs: number): boolean {
  const isInTime = (dispute.respondBeforeMs ?? Number.POSITIVE_INFINITY) > nowMs;
  return dispute.state === 'needs_response' && dispute.evidenceSentAtMs === undefined && isInTime;
}

async function noteSent(
  world: Pick<World, 'orders' | 'clock' | 'settings'>,
  order: Order,
  disputeId: string,
): Promise<Order> {
  const nowMs = world.clock.now();
  const changed = await changeOrder(world, order, ({ dispute, ...now }) => {
    const isNews = dispute?.id === disputeId && dispute.evidenceSentAtMs === undefined;
    if (!isNews) return undefined;
    return takeOrderStep(
      { ...now, dispute },
      {
        step: 'evidence_sent',
        actor: 'shop',
        nowMs,
        settings: world.settings,
        changes: {
          dispute: {
            ...dispute,
            state: isOver(dispute.state) ? dispute.state : 'under_review',
            evidenceSentAtMs: nowMs,
          },
        },
      },
    );
  });
  return changed?.order ?? order;
}
