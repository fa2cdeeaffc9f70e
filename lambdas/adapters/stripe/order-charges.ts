// Charges a buyer's saved card on the shop's account, once a try, with the operator's fee taken out of it.
import * as z from 'zod/mini';
import type { FoundOrderCharge, SavedCardCharge } from '../../domain/orders/ports.ts';
import type { ChargeAnswer } from '../../domain/payments/ports.ts';
import { toStripeAmount } from './amounts.ts';
import { readChargeRefusal, withoutDeadEnd } from './charges.ts';
import type { StripeClient } from './client.ts';
import { ask, isAccountGone, type Refusal } from './errors.ts';
import { pageSchema } from './expandable.ts';
import { intentSchema, readChargeAnswer, readFoundCharge } from './intent.ts';
import { unlessMade } from './stored-failure.ts';
import { orderIdIn, orderMark } from './tie-back.ts';

/** Codes that say: this account takes no cards now. */
export const notReadyCodes: ReadonlySet<string> = new Set([
  'account_closed',
  'account_invalid',
  'capability_not_active',
  'capability_not_enabled',
  'insufficient_capabilities_for_transfer',
  'testmode_charges_only',
]);

/** The intent, with the charge that says which card it was. */
export const orderIntentSchema = z.extend(intentSchema, {
  latest_charge: z.nullish(
    z.union([
      z.string(),
      z.object({
        id: z.string(),
        payment_method_details: z.nullish(
          z.object({
            card: z.nullish(
              z.object({ brand: z.nullish(z.string()), last4: z.nullish(z.string()) }),
            ),
          }),
        ),
      }),
    ]),
  ),
});

type OrderIntent = z.infer<typeof orderIntentSchema>;

export const expandedIntent = { expand: ['latest_charge'] };

/** Undefined when its amount is none that we can count: then nothing about it can be believed. */
export function readFoundOrderCharge(intent: OrderIntent): FoundOrderCharge | undefined {
  const { latest_charge: charge } = intent;
  const told = typeof charge === 'object' ? charge : undefined;
  const found = readFoundCharge({ ...intent, latest_charge: told?.id ?? null });
  if (found === undefined) return undefined;
  const orderId = orderIdIn(intent.metadata);
  const { brand, last4 } = told?.payment_method_details?.card ?? {};
  const { answer, total } = found;
  const isKnown = answer.kind === 'done' && brand && last4;
  return {
    answer,
    total,
    ...(orderId && { orderId }),
    ...(isKnown && { card: { brand: brand.toLowerCase(), last4 } }),
  };
}

/** The buyer is present, in the thread: a card that asks for 3-D Secure gets it, by redirect. */
export async function chargeSavedCard(
  client: StripeClient,
  request: SavedCardCharge,
): Promise<ChargeAnswer> {
  const amount = toStripeAmount(request.total);
  if (amount === undefined) return { kind: 'declined', reason: 'not_supported' };
  const fee = toStripeAmount(request.fee)?.amount ?? 0;
  const { accountId: stripeAccount, attempt, orderId } = request;
  const stripe = await client();
  const told = await ask(intentSchema, () =>
    stripe.paymentIntents.create(
      {
        ...amount,
        ...(fee > 0 && { application_fee_amount: fee }),
        customer: request.customerId,
        payment_method: request.instrumentId,
        confirm: true,
        capture_method: 'automatic',
        allowed_payment_method_types: ['card'],
        return_url: request.returnUrl,
        description: request.number,
        metadata: markOf(request),
      },
      { stripeAccount, idempotencyKey: `${orderId}:charge:${attempt}` },
    ),
  );
  switch (told.kind) {
    case 'told':
      return withoutDeadEnd(client, told.thing, { stripeAccount });
    case 'refused':
      return readRefusal(told);
    case 'unknown':
      return unlessMade(told, () => findMade(client, request));
  }
}

function markOf({ orderId, attempt }: SavedCardCharge) {
  return { ...orderMark(orderId), tender_attempt: String(attempt) };
}

function readRefusal(refusal: Refusal): ChargeAnswer {
  // Refused before its key was looked at: an earlier call under it may have been carried out.
  if (isAccountGone(refusal)) return { kind: 'unknown', why: 'account_gone' };
  const { code } = refusal;
  if (code !== undefined && refusal.status !== 402 && notReadyCodes.has(code)) {
    return { kind: 'declined', reason: 'not_supported' };
  }
  return readChargeRefusal(refusal);
}

/** Not finding it is no proof yet: an intent can still come to light. */
async function findMade(
  client: StripeClient,
  { accountId: stripeAccount, attempt, customerId: customer, orderId }: SavedCardCharge,
): Promise<ChargeAnswer | undefined> {
  const stripe = await client();
  const listed = await ask(pageSchema(intentSchema), () =>
    stripe.paymentIntents.list({ customer, limit: 100 }, { stripeAccount }),
  );
  if (listed.kind !== 'told') return undefined;
  const ours = listed.thing.data.find(
    ({ metadata }) =>
      orderIdIn(metadata) === orderId && metadata['tender_attempt'] === String(attempt),
  );
  return ours && readChargeAnswer(ours);
}
