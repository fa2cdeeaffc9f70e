// Charges a payer's saved card on the platform, once a payment, and gives up a charge that waits for its payer.
import type { ChargeAnswer, ChargeRequest } from '../../domain/payments/ports.ts';
import { toStripeAmount } from './amounts.ts';
import type { StripeClient } from './client.ts';
import { knownReason, readDeclineReason } from './decline-reasons.ts';
import { ask, isAbout, isAccountGone, type Refusal, unexpected } from './errors.ts';
import { findChargeOf } from './find-charge.ts';
import { type Intent, intentSchema, readChargeAnswer } from './intent.ts';
import { unlessMade } from './stored-failure.ts';
import { paymentMark } from './tie-back.ts';

/** What follows our name on the payer's statement: letters, at most 22 with the account's prefix. */
const STATEMENT_SUFFIX = 'TENDER';

/** Whose account a call is made on; the platform's own without one. */
interface OnAccount {
  readonly stripeAccount?: string;
}

/** The payer is present: a card that asks for 3-D Secure gets it, by redirect. */
export async function charge(client: StripeClient, request: ChargeRequest): Promise<ChargeAnswer> {
  const amount = toStripeAmount(request.total);
  if (amount === undefined) return { kind: 'declined', reason: 'not_supported' };
  const stripe = await client();
  const told = await ask(intentSchema, () =>
    stripe.paymentIntents.create(
      {
        ...amount,
        customer: request.customerId,
        payment_method: request.instrumentId,
        confirm: true,
        capture_method: 'automatic',
        // Since endive this is the only way to name methods, and it excludes the other filters.
        allowed_payment_method_types: ['card'],
        return_url: request.returnUrl,
        transfer_group: request.paymentId,
        statement_descriptor_suffix: STATEMENT_SUFFIX,
        metadata: paymentMark(request.paymentId),
      },
      { idempotencyKey: `${request.paymentId}:charge:1` },
    ),
  );
  switch (told.kind) {
    case 'told':
      return withoutDeadEnd(client, told.thing);
    case 'refused':
      return readChargeRefusal(told);
    case 'unknown':
      return unlessMade(told, () => findMade(client, request));
  }
}

/** Cancelling what is cancelled changes nothing, so it needs no key of ours; what refuses is read again. */
export async function abandonCharge(
  client: StripeClient,
  intentId: string,
  on: OnAccount = {},
): Promise<ChargeAnswer> {
  const stripe = await client();
  const told = await ask(intentSchema, () =>
    stripe.paymentIntents.cancel(intentId, { cancellation_reason: 'abandoned' }, on),
  );
  if (told.kind === 'told') return readChargeAnswer(told.thing);
  if (told.kind === 'unknown') return { kind: 'unknown', why: told.why };
  // Paid, or cancelled, while we were deciding.
  const now = await ask(intentSchema, () => stripe.paymentIntents.retrieve(intentId, {}, on));
  if (now.kind === 'told') return readChargeAnswer(now.thing);
  if (now.kind === 'unknown') return { kind: 'unknown', why: now.why };
  if (isAccountGone(now)) return { kind: 'unknown', why: 'account_gone' };
  throw unexpected(now);
}

/** An action that our payer cannot take is cancelled at Stripe too, so that it is never taken later. */
export async function withoutDeadEnd(
  client: StripeClient,
  intent: Intent,
  on: OnAccount = {},
): Promise<ChargeAnswer> {
  const answer = readChargeAnswer(intent);
  if (intent.status !== 'requires_action' || answer.kind !== 'declined') return answer;
  const abandoned = await abandonCharge(client, intent.id, on);
  return abandoned.kind === 'declined' ? answer : abandoned;
}

export function readChargeRefusal(refusal: Refusal): ChargeAnswer {
  const { code, declineCode, adviceCode, intentId } = refusal;
  if (refusal.status === 402) {
    const reason = readDeclineReason({ code, declineCode, adviceCode });
    return { kind: 'declined', reason, ...(intentId !== undefined && { intentId }) };
  }
  if (isAbout(refusal, ['customer', 'payment_method'])) {
    return { kind: 'declined', reason: 'instrument_gone' };
  }
  if (isAbout(refusal, ['currency'])) return { kind: 'declined', reason: 'not_supported' };
  const reason = code === undefined ? undefined : knownReason(code);
  if (reason === undefined) throw unexpected(refusal);
  return { kind: 'declined', reason };
}

/** Not finding it is no proof yet: an intent can still come to light. */
async function findMade(
  client: StripeClient,
  { paymentId, customerId }: ChargeRequest,
): Promise<ChargeAnswer | undefined> {
  const found = await findChargeOf(client, paymentId, customerId);
  return found.kind === 'found' ? found.thing.answer : undefined;
}
