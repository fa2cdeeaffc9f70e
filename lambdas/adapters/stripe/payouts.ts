// Pays a recipient: a transfer out of the payment's own charge, one an attempt.
import * as z from 'zod/mini';
import type { Found, PayOutAnswer, PayOutRequest, PayOutTry } from '../../domain/payments/ports.ts';
import { toStripeAmount } from './amounts.ts';
import type { StripeClient } from './client.ts';
import { ask, isAbout, type Refusal, unexpected } from './errors.ts';
import { pageSchema } from './expandable.ts';
import { unlessMade } from './stored-failure.ts';
import { metadataSchema, paymentIdIn, paymentMark } from './tie-back.ts';

export const transferSchema = z.object({
  id: z.string(),
  reversed: z.boolean(),
  metadata: metadataSchema,
});

type Transfer = z.infer<typeof transferSchema>;

/** Codes that say: this account cannot take it now. The next attempt may be taken. */
const notReadyCodes: ReadonlySet<string> = new Set([
  'insufficient_capabilities_for_transfer',
  'transfers_not_allowed',
  'capability_not_active',
  'account_closed',
  'account_invalid',
  'no_account',
]);

/** With `source_transaction` it succeeds at once and waits for the charge's own money, never for our balance. */
export async function payOut(client: StripeClient, request: PayOutRequest): Promise<PayOutAnswer> {
  const amount = toStripeAmount(request.amount);
  if (amount === undefined) return { kind: 'declined', why: 'not_supported' };
  const stripe = await client();
  const told = await ask(transferSchema, () =>
    stripe.transfers.create(
      {
        ...amount,
        destination: request.accountId,
        source_transaction: request.chargeId,
        transfer_group: request.paymentId,
        metadata: { ...paymentMark(request.paymentId), tender_attempt: String(request.attempt) },
      },
      { idempotencyKey: `${request.paymentId}:payout:${request.attempt}` },
    ),
  );
  switch (told.kind) {
    case 'told':
      return { kind: 'done', payOutId: told.thing.id };
    case 'refused':
      return readRefusal(client, request, told);
    case 'unknown':
      return unlessMade(told, async () => {
        const made = await findAttempt(client, request);
        return made.kind === 'found' ? { kind: 'done', payOutId: made.thing.id } : undefined;
      });
  }
}

/** The transfer of this attempt, also one that was reversed since: paid is paid. */
export async function payOutOf(
  client: StripeClient,
  tried: PayOutTry,
): Promise<Found<{ payOutId: string }>> {
  const found = await findAttempt(client, tried);
  return found.kind === 'found' ? { kind: 'found', thing: { payOutId: found.thing.id } } : found;
}

/**
 * Past a day Stripe may have forgotten our key and refuses the same transfer anew, because the charge is spent: a
 * refusal is believed only when this attempt is not already among the payment's transfers.
 */
async function readRefusal(
  client: StripeClient,
  request: PayOutRequest,
  refusal: Refusal,
): Promise<PayOutAnswer> {
  const made = await findAttempt(client, request);
  if (made.kind === 'found') return { kind: 'done', payOutId: made.thing.id };
  if (made.kind === 'unknown') return made;
  const { code } = refusal;
  if (code !== undefined && notReadyCodes.has(code)) return { kind: 'recipient_not_ready' };
  if (isAbout(refusal, ['destination'])) return { kind: 'recipient_not_ready' };
  if (code?.startsWith('parameter_') === true) throw unexpected(refusal);
  return { kind: 'declined', why: code ?? 'transfer_refused' };
}

async function findAttempt(
  client: StripeClient,
  { paymentId, attempt }: PayOutTry,
): Promise<Found<Transfer>> {
  const stripe = await client();
  const told = await ask(pageSchema(transferSchema), () =>
    stripe.transfers.list({ transfer_group: paymentId, limit: 100 }),
  );
  if (told.kind === 'unknown') return { kind: 'unknown', why: told.why };
  if (told.kind === 'refused') throw unexpected(told);
  const thing = told.thing.data.find(
    ({ metadata }) =>
      paymentIdIn(metadata) === paymentId && metadata['tender_attempt'] === String(attempt),
  );
  return thing === undefined ? { kind: 'not_found' } : { kind: 'found', thing };
}
