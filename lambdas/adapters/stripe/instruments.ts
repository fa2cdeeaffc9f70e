// Opens Stripe's hosted page to save a card for a person, and reads the card that was saved there.
import type { Stripe } from 'stripe';
import * as z from 'zod/mini';
import type { PaymentProvider, SavedInstrument, SetupAnswer } from '../../domain/payments/ports.ts';
import type { PersonId } from '../../domain/people/person.ts';
import type { StripeClient } from './client.ts';
import { ask, isAbout, type Told, unexpected } from './errors.ts';
import { idSchema } from './expandable.ts';
import { metadataSchema, personIdIn, personMark } from './tie-back.ts';

type SaveRequest = Parameters<PaymentProvider['saveInstrument']>[0];
type SaveAnswer = SetupAnswer<{ readonly url: string; readonly customerId: string }>;

const openSessionSchema = z.object({ url: z.string() });

/** With `setup_intent.payment_method` expanded. */
export const setupSessionSchema = z.object({
  mode: z.string(),
  status: z.nullable(z.string()),
  customer: z.nullish(idSchema),
  metadata: z.nullish(metadataSchema),
  setup_intent: z.nullish(
    z.object({
      status: z.string(),
      payment_method: z.nullish(
        z.object({
          id: z.string(),
          type: z.string(),
          card: z.optional(z.object({ brand: z.string(), last4: z.string() })),
        }),
      ),
    }),
  ),
});

type SetupSession = z.infer<typeof setupSessionSchema>;

/** Undefined for a session that saves no card for a person of ours. */
export function readSavedInstrument(
  session: SetupSession,
): SavedInstrument | 'not_finished' | undefined {
  const personId = personIdIn(session.metadata);
  const customerId = session.customer;
  if (session.mode !== 'setup' || personId === undefined) return undefined;
  if (customerId === undefined || customerId === null) return undefined;
  const setup = session.setup_intent;
  if (session.status !== 'complete' || setup?.status !== 'succeeded') return 'not_finished';
  const method = setup.payment_method;
  // Only cards are asked for. Should another kind get through, it could not be charged at once: there is no card yet.
  if (method?.type !== 'card' || method.card === undefined) return 'not_finished';
  const { brand, last4 } = method.card;
  return { personId, customerId, instrument: { id: method.id, brand: brand.toLowerCase(), last4 } };
}

/** The customer is made once a person; one that is gone at Stripe is made anew, under a key of its own. */
export async function saveInstrument(
  client: StripeClient,
  request: SaveRequest,
): Promise<SaveAnswer> {
  const { customerId } = request;
  if (customerId === undefined) {
    return withNewCustomer(client, request, { customer: '1', setup: '1' });
  }
  const answer = await openSession(client, request, { customerId, key: '1' });
  if (answer !== 'customer_gone') return answer;
  return withNewCustomer(client, request, { customer: `after:${customerId}`, setup: '2' });
}

async function withNewCustomer(
  client: StripeClient,
  request: SaveRequest,
  keys: { readonly customer: string; readonly setup: string },
): Promise<SaveAnswer> {
  const customer = await makeCustomer(client, request.personId, keys.customer);
  if (customer.kind === 'unknown') return { kind: 'unknown', why: customer.why };
  if (customer.kind === 'refused') throw unexpected(customer);
  const answer = await openSession(client, request, {
    customerId: customer.thing.id,
    key: keys.setup,
  });
  return answer === 'customer_gone' ? { kind: 'declined', why: answer } : answer;
}

async function makeCustomer(
  client: StripeClient,
  personId: PersonId,
  key: string,
): Promise<Told<{ id: string }>> {
  const stripe = await client();
  return askWithSpareKey(`${personId}:customer:${key}`, (idempotencyKey) =>
    ask(z.object({ id: z.string() }), () =>
      stripe.customers.create({ metadata: personMark(personId) }, { idempotencyKey }),
    ),
  );
}

async function openSession(
  client: StripeClient,
  request: SaveRequest,
  { customerId, key }: { readonly customerId: string; readonly key: string },
): Promise<SaveAnswer | 'customer_gone'> {
  const stripe = await client();
  const page = {
    mode: 'setup',
    ui_mode: 'hosted_page',
    customer: customerId,
    // Named methods stand in for the currency that set-up would need otherwise.
    allowed_payment_method_types: ['card'],
    success_url: request.returnUrl.replaceAll('{SETUP_ID}', '{CHECKOUT_SESSION_ID}'),
    cancel_url: request.cancelUrl,
    metadata: personMark(request.personId),
    setup_intent_data: { metadata: personMark(request.personId) },
  } satisfies Stripe.Checkout.SessionCreateParams;
  const told = await askWithSpareKey(`${request.tryId}:setup:${key}`, (idempotencyKey) =>
    ask(openSessionSchema, () => stripe.checkout.sessions.create(page, { idempotencyKey })),
  );
  switch (told.kind) {
    case 'told':
      return { kind: 'done', url: told.thing.url, customerId };
    case 'unknown':
      return { kind: 'unknown', why: told.why };
    case 'refused':
      if (isAbout(told, ['customer'])) return 'customer_gone';
      throw unexpected(told);
  }
}

/**
 * A failure that Stripe has stored would shut a person out for a day. No money is in these calls, so a second key is
 * tried: the worst is a customer or a page that nobody uses.
 */
async function askWithSpareKey<Thing>(
  key: string,
  call: (idempotencyKey: string) => Promise<Told<Thing>>,
): Promise<Told<Thing>> {
  const told = await call(key);
  return told.kind === 'unknown' && told.isReplay ? call(`${key}:again`) : told;
}
