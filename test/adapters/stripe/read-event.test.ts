// What Stripe's events are about, in our words.
import { describe, expect, it } from 'vitest';
import { readEvent } from '../../../lambdas/adapters/stripe/read-event.ts';

const hint = (type: string, objectId?: string, account?: string) => ({
  id: 'evt_1',
  type,
  ...(objectId !== undefined && { objectId }),
  ...(account !== undefined && { account }),
});

describe('an event of Stripe', () => {
  it.each([
    ['payment_intent.succeeded', 'pi_1', { kind: 'charge_changed', intentId: 'pi_1' }],
    ['payment_intent.payment_failed', 'pi_1', { kind: 'charge_changed', intentId: 'pi_1' }],
    ['payment_intent.processing', 'pi_1', { kind: 'charge_changed', intentId: 'pi_1' }],
    ['payment_intent.requires_action', 'pi_1', { kind: 'charge_changed', intentId: 'pi_1' }],
    ['payment_intent.canceled', 'pi_1', { kind: 'charge_changed', intentId: 'pi_1' }],
    ['refund.created', 're_1', { kind: 'refund_changed', refundId: 're_1' }],
    ['refund.failed', 're_1', { kind: 'refund_changed', refundId: 're_1' }],
    ['charge.refund.updated', 're_1', { kind: 'refund_changed', refundId: 're_1' }],
    ['charge.dispute.created', 'du_1', { kind: 'dispute_changed', disputeId: 'du_1' }],
    ['charge.dispute.updated', 'du_1', { kind: 'dispute_changed', disputeId: 'du_1' }],
    ['charge.dispute.funds_withdrawn', 'du_1', { kind: 'dispute_changed', disputeId: 'du_1' }],
    ['charge.dispute.funds_reinstated', 'du_1', { kind: 'dispute_changed', disputeId: 'du_1' }],
    ['charge.dispute.closed', 'du_1', { kind: 'dispute_changed', disputeId: 'du_1' }],
    ['transfer.created', 'tr_1', { kind: 'payout_changed', payOutId: 'tr_1' }],
    ['transfer.updated', 'tr_1', { kind: 'payout_changed', payOutId: 'tr_1' }],
    ['transfer.reversed', 'tr_1', { kind: 'payout_changed', payOutId: 'tr_1' }],
    ['checkout.session.completed', 'cs_1', { kind: 'instrument_saved', setupId: 'cs_1' }],
    [
      'v2.core.account[configuration.recipient].capability_status_updated',
      'acct_1',
      { kind: 'recipient_changed', accountId: 'acct_1' },
    ],
    [
      'v2.core.account[requirements].updated',
      'acct_1',
      { kind: 'recipient_changed', accountId: 'acct_1' },
    ],
    ['v2.core.account.closed', 'acct_1', { kind: 'recipient_changed', accountId: 'acct_1' }],
  ])('%s is about what changed', (type, objectId, expected) => {
    expect(readEvent(hint(type, objectId))).toEqual(expected);
  });

  it.each([
    ['charge.succeeded', 'ch_1'],
    ['charge.refunded', 'ch_1'],
    ['payout.paid', 'po_1'],
    ['checkout.session.expired', 'cs_1'],
    ['something.new', 'x_1'],
    ['payment_intent.succeeded', undefined],
    ['v2.core.account_link.returned', undefined],
    ['v2.core.account_person.created', 'person_1'],
  ])('%s of %s is not for us', (type, objectId) => {
    expect(readEvent(hint(type, objectId))).toEqual({ kind: 'not_for_us', type });
  });

  it.each([
    ['payment_intent.succeeded', 'pi_1', { kind: 'charge_changed', intentId: 'pi_1' }],
    ['payment_intent.payment_failed', 'pi_1', { kind: 'charge_changed', intentId: 'pi_1' }],
    ['refund.updated', 're_1', { kind: 'refund_changed', refundId: 're_1' }],
    ['charge.dispute.closed', 'du_1', { kind: 'dispute_changed', disputeId: 'du_1' }],
    ['checkout.session.completed', 'cs_1', { kind: 'checkout_changed', sessionId: 'cs_1' }],
    ['checkout.session.expired', 'cs_1', { kind: 'checkout_changed', sessionId: 'cs_1' }],
    [
      'checkout.session.async_payment_succeeded',
      'cs_1',
      { kind: 'checkout_changed', sessionId: 'cs_1' },
    ],
    [
      'checkout.session.async_payment_failed',
      'cs_1',
      { kind: 'checkout_changed', sessionId: 'cs_1' },
    ],
    ['account.application.deauthorized', 'ca_1', { kind: 'merchant_changed' }],
    ['account.updated', 'acct_9', { kind: 'merchant_changed' }],
    ['capability.updated', 'card_payments', { kind: 'merchant_changed' }],
  ])('%s from a connected account is about a shop', (type, objectId, about) => {
    expect(readEvent(hint(type, objectId, 'acct_9'))).toEqual({
      kind: 'shop_event',
      accountId: 'acct_9',
      about,
    });
  });

  it.each([
    ['transfer.created', 'tr_1'],
    ['charge.refunded', 'ch_1'],
    ['payout.paid', 'po_1'],
    ['customer.created', 'cus_1'],
  ])('%s from a connected account is not for us', (type, objectId) => {
    expect(readEvent(hint(type, objectId, 'acct_9'))).toEqual({ kind: 'not_for_us', type });
  });

  it('about what a merchant may do is the shop’s, though it comes to the platform', () => {
    const type = 'v2.core.account[configuration.merchant].capability_status_updated';
    expect(readEvent(hint(type, 'acct_9'))).toEqual({
      kind: 'shop_event',
      accountId: 'acct_9',
      about: { kind: 'merchant_changed' },
    });
  });

  it('about a recipient counts wherever it says it is from', () => {
    const type = 'v2.core.account[requirements].updated';
    expect(readEvent(hint(type, 'acct_9', 'acct_9'))).toEqual({
      kind: 'recipient_changed',
      accountId: 'acct_9',
    });
  });
});
