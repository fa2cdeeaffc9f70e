// Takes a payout back from its recipient, when the payer's bank has taken the money from us.
import * as z from 'zod/mini';
import type { PaymentProvider, ReversalAnswer } from '../../domain/payments/ports.ts';
import { toStripeAmount } from './amounts.ts';
import type { StripeClient } from './client.ts';
import { ask, type Refusal, unexpected } from './errors.ts';
import { unlessMade } from './stored-failure.ts';
import { metadataSchema, paymentIdIn, paymentMark } from './tie-back.ts';

type ReversalRequest = Parameters<PaymentProvider['reversePayOut']>[0];

const reversalSchema = z.object({ id: z.string(), metadata: z.nullish(metadataSchema) });

const reversedTransferSchema = z.object({
  reversals: z.object({ data: z.array(reversalSchema) }),
});

/** Works only while the recipient's balance covers it; else the answer is `declined` and the loss is a human's matter. */
export async function reversePayOut(
  client: StripeClient,
  request: ReversalRequest,
): Promise<ReversalAnswer> {
  const amount = toStripeAmount(request.amount);
  if (amount === undefined) return { kind: 'declined', why: 'not_supported' };
  const stripe = await client();
  const told = await ask(reversalSchema, () =>
    stripe.transfers.createReversal(
      request.payOutId,
      { amount: amount.amount, metadata: paymentMark(request.paymentId) },
      // The transfer is in the key: a payment won back and paid out again can be disputed again.
      { idempotencyKey: `${request.paymentId}:reversal:1:${request.payOutId}` },
    ),
  );
  switch (told.kind) {
    case 'told':
      return { kind: 'done', reversalId: told.thing.id };
    case 'refused':
      return readRefusal(client, request, told);
    case 'unknown':
      return unlessMade(told, () => findReversal(client, request));
  }
}

async function readRefusal(
  client: StripeClient,
  request: ReversalRequest,
  refusal: Refusal,
): Promise<ReversalAnswer> {
  if (refusal.code?.startsWith('parameter_') === true) throw unexpected(refusal);
  const made = await findReversal(client, request);
  return made ?? { kind: 'declined', why: refusal.code ?? 'reversal_refused' };
}

/** Reversed already, perhaps under a key that Stripe has forgotten; undefined when Stripe is sure that it is not. */
async function findReversal(
  client: StripeClient,
  request: ReversalRequest,
): Promise<ReversalAnswer | undefined> {
  const stripe = await client();
  const told = await ask(reversedTransferSchema, () => stripe.transfers.retrieve(request.payOutId));
  if (told.kind === 'unknown') return { kind: 'unknown', why: told.why };
  if (told.kind === 'refused') return undefined;
  const ours = told.thing.reversals.data.find(
    (made) => paymentIdIn(made.metadata) === request.paymentId,
  );
  return ours && { kind: 'done', reversalId: ours.id };
}
