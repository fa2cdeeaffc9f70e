// What the two kinds of connected accounts share: one capability that decides, and Stripe's own page to earn it.
import * as z from 'zod/mini';
import type { SetupAnswer } from '../../domain/payments/ports.ts';
import type { StripeClient } from './client.ts';
import { ask, isAccountGone, unexpected } from './errors.ts';

export const capabilitySchema = z.object({
  status: z.string(),
  status_details: z.array(z.object({ resolution: z.optional(z.string()) })),
});

type Capability = z.infer<typeof capabilitySchema>;

/** Restricted by what the holder can still provide is not the end of onboarding but the middle of it. */
export function isInTheirHands({ status_details: details }: Capability): boolean {
  return details.length === 0 || details.some(({ resolution }) => resolution === 'provide_info');
}

export type OnboardAnswer = SetupAnswer<{ readonly url: string; readonly accountId: string }>;

/** New each time, because Stripe's links work once and briefly. */
export async function openOnboarding(
  client: StripeClient,
  back: { readonly refreshUrl: string; readonly returnUrl: string },
  accountId: string,
): Promise<OnboardAnswer> {
  const stripe = await client();
  const link = await ask(z.object({ url: z.string() }), () =>
    stripe.v2.core.accountLinks.create({
      account: accountId,
      use_case: {
        type: 'account_onboarding',
        account_onboarding: { refresh_url: back.refreshUrl, return_url: back.returnUrl },
      },
    }),
  );
  switch (link.kind) {
    case 'told':
      return { kind: 'done', url: link.thing.url, accountId };
    case 'unknown':
      return { kind: 'unknown', why: link.why };
    case 'refused': {
      // Closed at Stripe, or not there: nothing that another try mends.
      const isGone = link.status === 404 || (link.code?.startsWith('account_') ?? false);
      if (isGone || isAccountGone(link)) return { kind: 'declined', why: 'account_gone' };
      throw unexpected(link);
    }
  }
}
