// Says what an event of Stripe's is about, in our words. Needs neither the SDK nor the event's body.
import type { ProviderEvent } from '../../domain/payments/ports.ts';
import type { ProviderEventHint } from '../aws/provider-event-message.ts';

export function readEvent(hint: ProviderEventHint): ProviderEvent {
  const { type, objectId } = hint;
  const notForUs = { kind: 'not_for_us', type } as const;
  if (objectId === undefined) return notForUs;
  // Events about recipients' own accounts are the platform's business, wherever they are said to come from.
  if (type.startsWith('v2.core.account')) {
    return objectId.startsWith('acct_')
      ? { kind: 'recipient_changed', accountId: objectId }
      : notForUs;
  }
  // A payment between people is charged, refunded and disputed on the platform, never on a connected account.
  if (hint.account !== undefined) return notForUs;
  return readPlatformEvent(type, objectId) ?? notForUs;
}

function readPlatformEvent(type: string, objectId: string): ProviderEvent | undefined {
  switch (type) {
    case 'payment_intent.succeeded':
    case 'payment_intent.payment_failed':
    case 'payment_intent.processing':
    case 'payment_intent.requires_action':
    case 'payment_intent.canceled':
      return { kind: 'charge_changed', intentId: objectId };
    case 'refund.created':
    case 'refund.updated':
    case 'refund.failed':
    case 'charge.refund.updated':
      return { kind: 'refund_changed', refundId: objectId };
    case 'charge.dispute.created':
    case 'charge.dispute.updated':
    case 'charge.dispute.funds_withdrawn':
    case 'charge.dispute.funds_reinstated':
    case 'charge.dispute.closed':
      return { kind: 'dispute_changed', disputeId: objectId };
    case 'transfer.created':
    case 'transfer.updated':
    case 'transfer.reversed':
      return { kind: 'payout_changed', payOutId: objectId };
    case 'checkout.session.completed':
      return { kind: 'instrument_saved', setupId: objectId };
    default:
      return undefined;
  }
}
