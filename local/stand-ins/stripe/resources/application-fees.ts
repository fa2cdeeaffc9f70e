// The platform's part of charges on connected accounts, and how it goes back with refunds.
import type Stripe from 'stripe';
import { PLATFORM, type Desk } from '../desk.ts';
import { recordMovement } from './balance.ts';
import { idOf } from './id-of.ts';

/** The platform's own Connect application. */
export const APPLICATION = 'ca_local';

/** At the desk of the account that was charged; gives the fee's id. */
export function collectFee(desk: Desk, charge: Stripe.Charge, amount: number): string {
  const id = desk.id('fee');
  const platform = desk.at(PLATFORM);
  const { currency } = charge;
  const transaction = recordMovement(platform, {
    amount,
    currency,
    type: 'application_fee',
    source: id,
  });
  const fee: Stripe.ApplicationFee = {
    id,
    object: 'application_fee',
    account: desk.account,
    amount,
    amount_refunded: 0,
    application: APPLICATION,
    balance_transaction: transaction.id,
    charge: charge.id,
    created: desk.nowSeconds(),
    currency,
    fee_source: { charge: charge.id, type: 'charge' },
    livemode: false,
    originating_transaction: null,
    refunded: false,
    refunds: {
      object: 'list',
      data: [],
      has_more: false,
      url: `/v1/application_fees/${id}/refunds`,
    },
  };
  desk.shelves.applicationFees.put(id, fee);
  platform.emit('application_fee.created', fee);
  return id;
}

/**
 * Gives back what is due in proportion by now, less what went back before: with the whole charge, the whole fee. At the
 * desk of the account that refunds; `charge` as it was before this refund of `amount`.
 */
export function refundFee(desk: Desk, charge: Stripe.Charge, amount: number): void {
  const before = desk.shelves.applicationFees.get(idOf(charge.application_fee));
  if (!before) return;
  const refunded = charge.amount_refunded + amount;
  const due = Math.floor((before.amount * refunded) / charge.amount);
  const back = due - before.amount_refunded;
  if (back <= 0) return;
  const { currency, id } = before;
  const platform = desk.at(PLATFORM);
  recordMovement(platform, { amount: -back, currency, type: 'application_fee_refund', source: id });
  recordMovement(desk, { amount: back, currency, type: 'application_fee_refund', source: id });
  const fee = { ...before, amount_refunded: due, refunded: due === before.amount };
  desk.shelves.applicationFees.put(id, fee);
  platform.emit('application_fee.refunded', fee, before);
}
