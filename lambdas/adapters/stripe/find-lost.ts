// Finds a charge or a refund of an order by our own mark on it, for when Stripe's id never reached us and its key has lapsed.
import type { FoundOrderCharge, FoundOrderRefund, ShopLookUp } from '../../domain/orders/ports.ts';
import type { Found } from '../../domain/payments/ports.ts';
import type { StripeClient } from './client.ts';
import { pageSchema } from './expandable.ts';
import { find, read } from './find-object.ts';
import { orderIntentSchema, readFoundOrderCharge } from './order-charges.ts';
import { orderRefundSchema, readFoundOrderRefund } from './order-refunds.ts';
import { orderIdIn } from './tie-back.ts';

/** A buyer with more charges than this at one shop since is looked at by a human. */
const MOST_PAGES = 5;
const PAGE_SIZE = 100;

const unreadable = { kind: 'unknown', why: 'unreadable_answer' } as const;

type Lost = Parameters<ShopLookUp['lostCharge']>[0];

/** Walks the customer's intents, newest first. Not Stripe's search: that lags behind what just happened. */
export async function findLostCharge(
  client: StripeClient,
  lost: Lost,
): Promise<Found<FoundOrderCharge>> {
  // Without a customer Stripe would list everyone's, and finding nothing there proves nothing.
  if (lost.customerId === '') return { kind: 'unknown', why: 'no_customer' };
  let after: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const listed = await intentsOf(client, lost, after);
    // A customer that is gone takes its list along, and not its charges.
    if (listed.kind === 'not_found') return { kind: 'unknown', why: 'customer_gone' };
    if (listed.kind === 'unknown') return listed;
    const { data, has_more: hasMore } = listed.thing;
    const ours = data.find(
      ({ metadata }) =>
        orderIdIn(metadata) === lost.orderId && metadata['tender_attempt'] === String(lost.attempt),
    );
    if (ours !== undefined)
      return read({ kind: 'found', thing: ours }, readFoundOrderCharge, unreadable);
    after = data.at(-1)?.id;
    if (!hasMore || after === undefined) return { kind: 'not_found' };
  }
  return { kind: 'unknown', why: 'too_many_intents' };
}

function intentsOf(client: StripeClient, lost: Lost, after: string | undefined) {
  return find(client, pageSchema(orderIntentSchema), (stripe) =>
    stripe.paymentIntents.list(
      {
        customer: lost.customerId,
        limit: PAGE_SIZE,
        expand: ['data.latest_charge'],
        ...(after !== undefined && { starting_after: after }),
      },
      { stripeAccount: lost.accountId },
    ),
  );
}

/** One charge has far fewer refunds than a page of them. */
export async function findLostRefund(
  client: StripeClient,
  lost: Parameters<ShopLookUp['lostRefund']>[0],
): Promise<Found<FoundOrderRefund>> {
  const { accountId: stripeAccount, intentId, refundId } = lost;
  const listed = await find(client, pageSchema(orderRefundSchema), (stripe) =>
    stripe.refunds.list({ payment_intent: intentId, limit: PAGE_SIZE }, { stripeAccount }),
  );
  if (listed.kind !== 'found') return listed;
  const { data, has_more: hasMore } = listed.thing;
  const ours = data.find(({ metadata }) => metadata?.['tender_refund'] === refundId);
  if (ours !== undefined)
    return read({ kind: 'found', thing: ours }, readFoundOrderRefund, unreadable);
  return hasMore ? { kind: 'unknown', why: 'too_many_refunds' } : { kind: 'not_found' };
}
