// Stripe's side of its webhooks in a simulation: what happened at the twins, written and signed as Stripe does, until received.
import { createHmac } from 'node:crypto';
import type { ShopEvent } from '../../../lambdas/domain/orders/shop-event.ts';
import type { ProviderEvent } from '../../../lambdas/domain/payments/ports.ts';
import type { Post } from './messenger.ts';

/** How Stripe would write it: its type, and what it is about. */
function asStripeWrites(event: ProviderEvent): Readonly<Record<string, unknown>> | undefined {
  switch (event.kind) {
    case 'instrument_saved':
      return snapshot('checkout.session.completed', event.setupId);
    case 'payout_changed':
      return snapshot('transfer.updated', event.payOutId);
    case 'recipient_changed':
      return thin('v2.core.account[configuration.recipient].updated', event.accountId);
    case 'shop_event':
      return event.about.kind === 'merchant_changed'
        ? thin('v2.core.account[configuration.merchant].updated', event.accountId)
        : { ...ofMoney(event.about), account: event.accountId };
    case 'charge_changed':
    case 'refund_changed':
    case 'dispute_changed':
      return ofMoney(event);
    case 'not_for_us':
      return undefined;
  }
}

type AboutMoney = Exclude<ShopEvent, { kind: 'merchant_changed' }>;

function ofMoney(about: AboutMoney) {
  switch (about.kind) {
    case 'charge_changed':
      return snapshot('payment_intent.succeeded', about.intentId);
    case 'checkout_changed':
      return snapshot('checkout.session.completed', about.sessionId);
    case 'refund_changed':
      return snapshot('refund.updated', about.refundId);
    case 'dispute_changed':
      return snapshot('charge.dispute.updated', about.disputeId);
  }
}

function snapshot(type: string, id: string) {
  return { object: 'event', type, data: { object: { id } } };
}

function thin(type: string, id: string) {
  return { object: 'v2.core.event', type, related_object: { id } };
}

/** Undefined for what Stripe would tell us nothing about. */
export function postOf(event: ProviderEvent, number: number, nowMs: number): Post | undefined {
  const written = asStripeWrites(event);
  if (written === undefined) return undefined;
  return { body: JSON.stringify({ id: `evt_${number}`, ...written }), atMs: nowMs, tries: 0 };
}

export function stripeSignature(body: string, secret: string, nowMs: number): string {
  const seconds = Math.floor(nowMs / 1000);
  const v1 = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${v1}`;
}
