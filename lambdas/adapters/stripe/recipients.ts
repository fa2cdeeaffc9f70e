// Opens the account where a person is paid, and Stripe's own page to fill it in.
import * as z from 'zod/mini';
import type { FoundRecipient, PaymentProvider } from '../../domain/payments/ports.ts';
import {
  capabilitySchema,
  isInTheirHands,
  type OnboardAnswer,
  openOnboarding,
} from './account-capability.ts';
import type { StripeClient } from './client.ts';
import { ask, type Told, unexpected } from './errors.ts';
import { metadataSchema, personIdIn, personMark } from './tie-back.ts';

type OnboardRequest = Parameters<PaymentProvider['onboardRecipient']>[0];

/** v2 answers nothing nested but what `include` asks for. */
export const accountSchema = z.object({
  id: z.string(),
  closed: z.nullish(z.boolean()),
  metadata: z.nullish(metadataSchema),
  configuration: z.nullish(
    z.object({
      recipient: z.nullish(
        z.object({
          capabilities: z.nullish(
            z.object({
              stripe_balance: z.nullish(
                z.object({ stripe_transfers: z.nullish(capabilitySchema) }),
              ),
            }),
          ),
        }),
      ),
    }),
  ),
});

type Account = z.infer<typeof accountSchema>;

export function readFoundRecipient(account: Account): FoundRecipient {
  const personId = personIdIn(account.metadata);
  return { status: readStatus(account), ...(personId && { personId }) };
}

function readStatus(account: Account): FoundRecipient['status'] {
  if (account.closed === true) return 'restricted';
  const transfers =
    account.configuration?.recipient?.capabilities?.stripe_balance?.stripe_transfers;
  switch (transfers?.status) {
    case 'active':
      return 'ready';
    case 'restricted':
      return isInTheirHands(transfers) ? 'started' : 'restricted';
    case 'rejected':
    case 'unsupported':
      return 'restricted';
    case 'pending':
    case undefined:
      return 'started';
    default:
      // A status that Stripe invented since: not ready is the safe reading.
      return 'started';
  }
}

/** The account is opened once a person; the page is new each time, because Stripe's links work once and briefly. */
export async function onboardRecipient(
  client: StripeClient,
  request: OnboardRequest,
): Promise<OnboardAnswer> {
  if (request.accountId !== undefined) return openOnboarding(client, request, request.accountId);
  const account = await openAccount(client, request);
  switch (account.kind) {
    case 'told':
      return openOnboarding(client, request, account.thing.id);
    case 'unknown':
      return { kind: 'unknown', why: account.why };
    case 'refused':
      throw unexpected(account);
  }
}

async function openAccount(client: StripeClient, request: OnboardRequest): Promise<Told<Account>> {
  const stripe = await client();
  return ask(accountSchema, () =>
    stripe.v2.core.accounts.create(
      {
        dashboard: 'express',
        identity: { country: request.country.toLowerCase(), entity_type: 'individual' },
        configuration: {
          recipient: {
            capabilities: { stripe_balance: { stripe_transfers: { requested: true } } },
          },
        },
        // With transfers out of our own charges, fees and negative balances are the platform's.
        defaults: {
          responsibilities: { fees_collector: 'application', losses_collector: 'application' },
        },
        metadata: personMark(request.personId),
        include: ['configuration.recipient'],
      },
      { idempotencyKey: `${request.personId}:recipient:1` },
    ),
  );
}
