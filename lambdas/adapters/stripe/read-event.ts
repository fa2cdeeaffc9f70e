// Says what an event of Stripe's is about, in our words. Needs neither the SDK nor the event's body.
import type { ShopEvent } from '../../domain/orders/shop-event.ts';
import type { ProviderEvent, ProviderEventHint } from '../../domain/payments/ports.ts';

export function readEvent(hint: ProviderEventHint): ProviderEvent {
  const { type, objectId } = hint;
  const notForUs = { kind: 'not_for_us', type } as const;
  if (objectId === undefined) return notForUs;
  // Events about accounts themselves are the platform's business, wherever they are said to come from.
  if (type.startsWith('v2.core.account')) return readAccountEvent(type, objectId) ?? notForUs;
  // A payment between people is charged, refunded and disputed on the platform; an order always on its shop's account.
  if (hint.account === undefined) return readPlatformEvent(type, objectId) ?? notForUs;
  const about = readShopEvent(type, objectId);
  return about === undefined ? notForUs : { kind: 'shop_event', accountId: hint.account, about };
}

/** What tells not which configuration it is about may be a recipient's as well as a shop's: the look-up knows. */
function readAccountEvent(type: string, objectId: string): ProviderEvent | undefined {
  if (!objectId.startsWith('acct_')) return undefined;
  return type.startsWith('v2.core.account[configuration.merchant]')
    ? { kind: 'shop_event', accountId: objectId, about: { kind: 'merchant_changed' } }
    : { kind: 'recipient_changed', accountId: objectId };
}

/** Refunds tell of themselves: `charge.refunded` says nothing more. */
function readShopEvent(type: string, objectId: string): ShopEvent | undefined {
  switch (type) {
    case 'checkout.session.completed':
    case 'checkout.session.async_payment_succeeded':
    case 'checkout.session.async_payment_failed':
    case 'checkout.session.expired':
      return { kind: 'checkout_changed', sessionId: objectId };
    case 'account.application.deauthorized':
    case 'account.updated':
    case 'capability.updated':
      return { kind: 'merchant_changed' };
    default:
      return readMoneyEvent(type, objectId);
  }
}

/** Charged, refunded and disputed: the same as on the platform. */
function readMoneyEvent(type: string, objectId: string): ShopEvent | undefined {
  const event = readPlatformEvent(type, objectId);
  const isMoney =
    event?.kind === 'charge_changed' ||
    event?.kind === 'refund_changed' ||
    event?.kind === 'dispute_changed';
  return isMoney ? event : undefined;
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
