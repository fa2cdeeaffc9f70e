// Finds the charge of a payment at Stripe by our own id, for when Stripe's id never reached us.
import type { FoundCharge, Found } from '../../domain/payments/ports.ts';
import type { PaymentId } from '../../domain/payments/payment.ts';
import type { StripeClient } from './client.ts';
import { ask, unexpected } from './errors.ts';
import { pageSchema } from './expandable.ts';
import { type Intent, intentSchema, readFoundCharge } from './intent.ts';
import { paymentIdIn } from './tie-back.ts';

/** A person with more intents than this since the payment is looked at by a human. */
const MOST_PAGES = 5;
const PAGE_SIZE = 100;

/** Walks the customer's intents, newest first. Not Stripe's search: that lags behind what just happened. */
export async function findChargeOf(
  client: StripeClient,
  paymentId: PaymentId,
  customerId: string,
): Promise<Found<FoundCharge>> {
  // Without a customer Stripe would list everyone's, and finding nothing there proves nothing.
  if (customerId === '') return { kind: 'unknown', why: 'no_customer' };
  const ours: Intent[] = [];
  let after: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const told = await intentsOf(client, customerId, after);
    if (told.kind === 'unknown') return { kind: 'unknown', why: told.why };
    if (told.kind === 'refused') {
      if (told.code !== 'resource_missing') throw unexpected(told);
      return { kind: 'unknown', why: 'customer_gone' };
    }
    ours.push(...told.thing.data.filter((intent) => paymentIdIn(intent.metadata) === paymentId));
    after = told.thing.data.at(-1)?.id;
    if (!told.thing.has_more || after === undefined) return choose(ours);
  }
  return ours.length > 0 ? choose(ours) : { kind: 'unknown', why: 'too_many_intents' };
}

async function intentsOf(client: StripeClient, customer: string, after: string | undefined) {
  const stripe = await client();
  return ask(pageSchema(intentSchema), () =>
    stripe.paymentIntents.list({
      customer,
      limit: PAGE_SIZE,
      ...(after !== undefined && { starting_after: after }),
    }),
  );
}

/** One payment has one intent. Should Stripe hold two that are alive, no answer of ours would be right: ask a human. */
function choose(intents: readonly Intent[]): Found<FoundCharge> {
  const first = intents[0];
  if (first === undefined) return { kind: 'not_found' };
  const alive = intents.map(readFoundCharge).filter((charge) => charge?.answer.kind !== 'declined');
  if (alive.length > 1) return { kind: 'unknown', why: 'several_charges' };
  const thing = alive.length === 1 ? alive[0] : readFoundCharge(first);
  return thing === undefined
    ? { kind: 'unknown', why: 'unreadable_answer' }
    : { kind: 'found', thing };
}
