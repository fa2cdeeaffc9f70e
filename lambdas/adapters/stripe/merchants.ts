// Opens the account where a shop is paid, of which it is the merchant, and reads whether it may take cards.
import * as z from 'zod/mini';
import type { FoundMerchant, ShopProvider } from '../../domain/orders/ports.ts';
import {
  capabilitySchema,
  isInTheirHands,
  type OnboardAnswer,
  openOnboarding,
} from './account-capability.ts';
import type { StripeClient } from './client.ts';
import { ask, type Told, unexpected } from './errors.ts';
import { readMissing, requirementsSchema } from './requirements.ts';
import { metadataSchema, shopIdIn, shopMark } from './tie-back.ts';

type OnboardRequest = Parameters<ShopProvider['onboardMerchant']>[0];

/** v2 answers nothing nested but what `include` asks for. */
export const merchantSchema = z.object({
  id: z.string(),
  closed: z.nullish(z.boolean()),
  metadata: z.nullish(metadataSchema),
  configuration: z.nullish(
    z.object({
      merchant: z.nullish(
        z.object({
          capabilities: z.nullish(z.object({ card_payments: z.nullish(capabilitySchema) })),
        }),
      ),
    }),
  ),
  requirements: z.nullish(requirementsSchema),
});

type Merchant = z.infer<typeof merchantSchema>;

export const merchantIncludes = ['configuration.merchant', 'requirements'] as const;

export function readFoundMerchant(account: Merchant): FoundMerchant {
  const shopId = shopIdIn(account.metadata);
  const missing = readMissing(account.requirements);
  return { status: readStatus(account), missing, ...(shopId && { shopId }) };
}

/** Only the capability itself tells: `charges_enabled` belongs to another generation of accounts. */
function readStatus(account: Merchant): FoundMerchant['status'] {
  if (account.closed === true) return 'left';
  const cards = account.configuration?.merchant?.capabilities?.card_payments;
  switch (cards?.status) {
    case 'active':
      return 'active';
    case 'restricted':
      return isInTheirHands(cards) && isRoutine(account) ? 'started' : 'restricted';
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

/** Before the first sale everything asked for is routine; what is asked of a shop that has sold is not. */
function isRoutine({ requirements }: Merchant): boolean {
  const reasons = (requirements?.entries ?? []).flatMap((entry) => entry.requested_reasons ?? []);
  return reasons.every(({ code }) => code === 'routine_onboarding');
}

/** The account is opened once a shop; one that has left us since is followed by another, under a key of its own. */
export async function onboardMerchant(
  client: StripeClient,
  request: OnboardRequest,
): Promise<OnboardAnswer> {
  if (request.accountId !== undefined) return openOnboarding(client, request, request.accountId);
  const first = await openWith(client, request, `${request.shop.id}:merchant:1`);
  if (first.answer.kind !== 'declined' || first.accountId === undefined) return first.answer;
  const key = `${request.shop.id}:merchant:after:${first.accountId}`;
  return (await openWith(client, request, key)).answer;
}

async function openWith(client: StripeClient, request: OnboardRequest, key: string) {
  const account = await openAccount(client, request, key);
  switch (account.kind) {
    case 'told': {
      const accountId = account.thing.id;
      return { accountId, answer: await openOnboarding(client, request, accountId) };
    }
    case 'unknown':
      return { answer: { kind: 'unknown', why: account.why } as const };
    case 'refused':
      throw unexpected(account);
  }
}

async function openAccount(
  client: StripeClient,
  { shop }: OnboardRequest,
  idempotencyKey: string,
): Promise<Told<{ id: string }>> {
  const stripe = await client();
  return ask(z.object({ id: z.string() }), () =>
    stripe.v2.core.accounts.create(
      {
        // The shop's own, whole: it is the merchant of record, and pays Stripe's fees and its own losses.
        dashboard: 'full',
        identity: { country: shop.country.toLowerCase() },
        configuration: { merchant: { capabilities: { card_payments: { requested: true } } } },
        defaults: { responsibilities: { fees_collector: 'stripe', losses_collector: 'stripe' } },
        metadata: shopMark(shop.id),
        include: ['configuration.merchant'],
      },
      { idempotencyKey },
    ),
  );
}
