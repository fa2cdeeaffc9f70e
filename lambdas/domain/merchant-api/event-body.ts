// An event as merchants read it: in a delivery and in the list of events it is the same.
import type { Money } from '../money/money.ts';
import type { MerchantEvent, MerchantEventData } from './merchant-event.ts';

/** The shape that Standard Webhooks recommends, and our id in it. */
export function eventBody(event: MerchantEvent) {
  const { data } = event;
  return {
    id: event.id,
    type: event.type,
    timestamp: new Date(event.createdAtMs).toISOString(),
    data: {
      order: data.orderId,
      number: data.number,
      state: data.state,
      source: data.source,
      total: moneyBody(data.total),
      ...refundBody(data.refund),
      ...disputeBody(data.dispute),
    },
  };
}

/** `amount` counts the smallest unit of the currency. */
export function moneyBody({ minor, currency }: Money) {
  return { amount: minor, currency };
}

function refundBody(refund: MerchantEventData['refund']) {
  if (refund === undefined) return {};
  const { id, state, amount, reason } = refund;
  return { refund: { id, state, amount: moneyBody(amount), reason } };
}

function disputeBody(dispute: MerchantEventData['dispute']) {
  if (dispute === undefined) return {};
  const { id, state, amount, reason, respondBeforeMs } = dispute;
  const deadline =
    respondBeforeMs === undefined
      ? {}
      : { respond_before: new Date(respondBeforeMs).toISOString() };
  return { dispute: { id, state, amount: moneyBody(amount), reason, ...deadline } };
}
