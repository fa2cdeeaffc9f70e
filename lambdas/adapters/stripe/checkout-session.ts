// Reads a Checkout Session of an order: the one place that says what its state means for the money.
import * as z from 'zod/mini';
import type { CheckoutAnswer, FoundCheckout, PaidBy } from '../../domain/orders/ports.ts';
import { fromStripeAmount } from './amounts.ts';
import { idSchema } from './expandable.ts';
import { metadataSchema, orderIdIn } from './tie-back.ts';

const methodSchema = z.object({
  id: z.string(),
  type: z.string(),
  customer: z.nullish(idSchema),
  card: z.nullish(z.object({ brand: z.string(), last4: z.string() })),
});

/** With everything of `expandedCheckout`. */
export const checkoutSchema = z.object({
  id: z.string(),
  mode: z.string(),
  status: z.nullable(z.string()),
  payment_status: z.string(),
  customer: z.nullish(idSchema),
  metadata: z.nullish(metadataSchema),
  customer_details: z.nullish(
    z.object({ name: z.nullish(z.string()), email: z.nullish(z.string()) }),
  ),
  payment_intent: z.nullish(
    z.object({
      id: z.string(),
      status: z.string(),
      amount_received: z.int(),
      currency: z.string(),
      latest_charge: z.nullish(idSchema),
      payment_method: z.nullish(methodSchema),
    }),
  ),
});

type Checkout = z.infer<typeof checkoutSchema>;
type Intent = NonNullable<Checkout['payment_intent']>;

export const expandedCheckout = { expand: ['payment_intent.payment_method'] };

/** Undefined for one that sells nothing, such as a page that saves a card. */
export function readFoundCheckout(session: Checkout): FoundCheckout | undefined {
  if (session.mode !== 'payment') return undefined;
  const orderId = orderIdIn(session.metadata);
  return { answer: readCheckoutAnswer(session), ...(orderId && { orderId }) };
}

/** By the intent wherever it has gone further than the session: only it says what was taken. */
export function readCheckoutAnswer(session: Checkout): CheckoutAnswer {
  const intent = session.payment_intent ?? undefined;
  if (intent?.status === 'succeeded') return readPaid(session, intent);
  switch (session.status) {
    case 'open':
      return { kind: 'open' };
    case 'expired':
      return { kind: 'closed' };
    case 'complete':
      return readUnpaid(session, intent);
    case null:
    default:
      return { kind: 'unknown', why: 'unexpected_session_status' };
  }
}

/** Finished by the buyer, and the bank has its say for days. */
function readUnpaid(session: Checkout, intent: Intent | undefined): CheckoutAnswer {
  // Marked as paid while its intent is not: somebody is behind, and it is not for us to say who.
  if (intent === undefined || session.payment_status !== 'unpaid') {
    return { kind: 'unknown', why: 'unexpected_payment_status' };
  }
  switch (intent.status) {
    case 'requires_payment_method':
    case 'canceled':
      return { kind: 'closed' };
    case 'processing':
    case 'requires_action':
    case 'requires_confirmation':
      return { kind: 'pending', intentId: intent.id };
    default:
      return { kind: 'unknown', why: 'unexpected_intent_status' };
  }
}

function readPaid(session: Checkout, intent: Intent): CheckoutAnswer {
  const { amount_received: amount, currency, id: intentId, latest_charge: chargeId } = intent;
  const total = fromStripeAmount({ amount, currency });
  if (total === undefined) return { kind: 'unknown', why: 'unreadable_amount' };
  if (typeof chargeId !== 'string') return { kind: 'unknown', why: 'charge_missing' };
  const method = intent.payment_method ?? undefined;
  const card = method?.card ?? undefined;
  const saved = savedWith(session, method);
  return {
    kind: 'paid',
    intentId,
    chargeId,
    total,
    ...(card && { card: { brand: card.brand.toLowerCase(), last4: card.last4 } }),
    ...(saved && { saved }),
    ...payerOf(session),
  };
}

const LONGEST_NAME = 100;
const LONGEST_EMAIL = 254;

function payerOf({ customer_details: details }: Checkout): Pick<PaidBy, 'payer'> {
  const name = details?.name?.toWellFormed().trim().slice(0, LONGEST_NAME) ?? '';
  const email = details?.email?.toWellFormed().trim().slice(0, LONGEST_EMAIL) ?? '';
  if (name === '' && email === '') return {};
  return { payer: { ...(name !== '' && { name }), ...(email !== '' && { email }) } };
}

/** A card belongs to a customer only where the buyer has ticked that it be kept. */
function savedWith(
  { customer }: Checkout,
  method: z.infer<typeof methodSchema> | undefined,
): PaidBy['saved'] {
  if (method?.card === undefined || method.card === null) return undefined;
  if (typeof customer !== 'string' || method.customer !== customer) return undefined;
  const { brand, last4 } = method.card;
  return { customerId: customer, instrument: { id: method.id, brand: brand.toLowerCase(), last4 } };
}
