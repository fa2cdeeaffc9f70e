// Stripe's own list of what happened, for what its webhooks did not bring: thirty days of it, newest first.
import type { ProviderEventLog } from '../../domain/payments/ports.ts';
import type { StripeClient } from './client.ts';
import { ask, isAccountGone, unexpected } from './errors.ts';
import { pageSchema } from './expandable.ts';
import { hintOfSnapshot, snapshotSchema } from './read-webhook.ts';

const PAGE_SIZE = 100;

/** Whatever the endpoint was told to hear of, these are acted on. Stripe takes up to 20 types in one list. */
export const moneyTypes = [
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'payment_intent.processing',
  'payment_intent.requires_action',
  'payment_intent.canceled',
  'refund.created',
  'refund.updated',
  'refund.failed',
  'charge.refund.updated',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.funds_reinstated',
  'charge.dispute.closed',
  'checkout.session.completed',
] as const;

export const shopTypes = [
  ...moneyTypes,
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.expired',
  'account.updated',
  'capability.updated',
] as const;

export function createStripeEventLog(client: StripeClient): ProviderEventLog {
  return {
    async *happened({ fromMs, toMs }, accountId) {
      const stripe = await client();
      const on = accountId === undefined ? {} : { stripeAccount: accountId };
      const types = [...(accountId === undefined ? moneyTypes : shopTypes)];
      const created = { gte: Math.floor(fromMs / 1000), lt: Math.ceil(toMs / 1000) };
      let after: string | undefined;
      do {
        const wanted = { types, created, limit: PAGE_SIZE };
        const page = after === undefined ? wanted : { ...wanted, starting_after: after };
        const told = await ask(pageSchema(snapshotSchema), () => stripe.events.list(page, on));
        if (told.kind === 'refused' && !isAccountGone(told)) throw unexpected(told);
        if (told.kind !== 'told') {
          yield 'not_known';
          return;
        }
        const { data, has_more: hasMore } = told.thing;
        // On which account it was read is sure, whatever the event says of it.
        const account = accountId === undefined ? {} : { account: accountId };
        yield data.map((event) => ({ ...hintOfSnapshot(event), ...account }));
        after = hasMore ? data.at(-1)?.id : undefined;
      } while (after !== undefined);
    },
  };
}
