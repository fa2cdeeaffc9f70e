// Joe's account at Stripe's stand-in: its id, what moved on it, its Checkout pages.
import * as z from 'zod/mini';
import type { Wallet } from './wallet.ts';

const requestsSchema = z.object({
  requests: z.array(z.object({ stripeAccount: z.nullable(z.string()) })),
});

/** Known once something was asked on it. */
export async function joesAccount(wallet: Wallet): Promise<string> {
  const { requests } = z.parse(requestsSchema, await wallet.stripe('requests'));
  const account = requests.find(({ stripeAccount }) => stripeAccount !== null)?.stripeAccount;
  if (!account) throw new Error('Nothing was asked on an account of a shop.');
  return account;
}

const booksSchema = z.object({
  charges: z.array(
    z.object({
      id: z.string(),
      amount: z.number(),
      refunded: z.number(),
      status: z.string(),
      metadata: z.record(z.string(), z.string()),
    }),
  ),
  refunds: z.array(z.object({ charge: z.string(), amount: z.number() })),
});

/** What moved on Joe's account, in minor units; of one order where its id is given. */
export async function joesBooks(wallet: Wallet) {
  const account = await joesAccount(wallet);
  return z.parse(booksSchema, await wallet.stripe(`books?account=${account}`));
}

const sessionsSchema = z.object({
  data: z.array(
    z.object({ id: z.string(), status: z.nullable(z.string()), metadata: z.looseObject({}) }),
  ),
});

/** The newest Checkout page of the account, as Stripe's API lists it. */
export async function newestCheckout(wallet: Wallet): Promise<{ id: string; account: string }> {
  const account = await joesAccount(wallet);
  const response = await fetch(`${wallet.machine.stripeUrl}/v1/checkout/sessions?limit=1`, {
    headers: {
      authorization: `Bearer ${wallet.settings.stripeSecretKey}`,
      'stripe-account': account,
      'stripe-version': '2026-10-28.endive',
    },
  });
  const { data } = z.parse(sessionsSchema, await response.json());
  const [newest] = data;
  if (newest === undefined) throw new Error('Nobody was sent to Checkout.');
  return { id: newest.id, account };
}
