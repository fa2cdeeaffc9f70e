// The Stripe adapter for shops in front of the Stripe stand-in, over HTTP: buyers at its pages, tests at its control door.
import * as z from 'zod/mini';
import { createStripeClient } from '../../../lambdas/adapters/stripe/client.ts';
import { createShopMoney } from '../../../lambdas/adapters/stripe/shop-money.ts';
import { createShopProvider } from '../../../lambdas/adapters/stripe/shop-provider.ts';
import { createLocalClock, type LocalClock } from '../../../local/clock.ts';
import { openDurable } from '../../../local/durable.ts';
import { findTestCardByToken } from '../../../local/stand-ins/stripe/cards/test-cards.ts';
import { startStripeStandIn } from '../../../local/stand-ins/stripe/stripe-stand-in.ts';
import type {
  LosableShopCall,
  ShopMoved,
  ShopProviderUnderTest,
} from '../../contracts/shop-provider.ts';
import { until } from '../../builders/until.ts';

/** What each call of the port asks of Stripe first, of what matters. */
const pathOf: Record<LosableShopCall, { readonly method: string; readonly path: string }> = {
  openCheckout: { method: 'POST', path: '/^\\/v1\\/checkout\\/sessions$/' },
  closeCheckout: { method: 'POST', path: '/\\/expire$/' },
  chargeSavedCard: { method: 'POST', path: '/v1/payment_intents' },
  refund: { method: 'POST', path: '/v1/refunds' },
  lookAtBalance: { method: 'GET', path: '/v1/balance' },
  uploadEvidence: { method: 'POST', path: '/v1/files' },
  sendEvidence: { method: 'POST', path: '/v1/disputes/' },
  lookUpCheckout: { method: 'GET', path: '/v1/checkout/sessions/' },
};

/** The SDK tries these a second time whatever it is told: they are lost only when both tries are. */
const triedTwice: ReadonlySet<string> = new Set(['drop_before', 'drop_after']);

const booksSchema = z.object({
  charges: z.array(
    z.object({
      id: z.string(),
      paymentIntent: z.string(),
      amount: z.number(),
      fee: z.number(),
      status: z.string(),
    }),
  ),
  refunds: z.array(
    z.object({ id: z.string(), charge: z.string(), amount: z.number(), status: z.string() }),
  ),
});

export interface StripeShopUnderTest extends ShopProviderUnderTest {
  readonly clock: LocalClock;
  readonly url: string;
  knock(path: string, body?: object): Promise<unknown>;
}

export async function openStripeShopUnderTest(): Promise<StripeShopUnderTest> {
  const clock = createLocalClock();
  const standIn = await startStripeStandIn({
    port: 0,
    clock,
    durable: openDurable(undefined, 'stripe'),
    secretKeys: ['sk_test_contract'],
    webhook: { url: 'http://localhost:1/webhooks/stripe', secret: 'whsec_contract' },
  });
  const { url } = standIn;
  const client = createStripeClient({
    secretKey: async () => 'sk_test_contract',
    apiUrl: url,
    timeoutMs: 1000,
    // Its second try would hide what is tested here.
    maxNetworkRetries: 0,
  });
  const door = createDoor(url);
  // Nobody listens for webhooks here.
  await door.knock('/webhooks', { hold: true });
  const provider = createShopProvider({ client });
  return {
    provider,
    money: createShopMoney(client),
    clock,
    url,
    nowMs: () => clock.now(),
    ...door,
    ...createVisitors(url, door.knock),
    endRefund: async (accountId, refundId, isDone) => {
      const wanted = isDone ? 'done' : 'declined';
      await until(async () => {
        const found = await provider.lookUp.refund(accountId, refundId);
        return found.kind === 'found' && found.thing.answer.kind === wanted;
      });
    },
    close: standIn.close,
  };
}

type Knock = (path: string, body?: object) => Promise<unknown>;

function createDoor(url: string) {
  const knock: Knock = async (path, body) => {
    const response = await fetch(
      `${url}/_stand-in${path}`,
      body && { method: 'POST', body: JSON.stringify(body) },
    );
    const answer: unknown = await response.json();
    if (!response.ok)
      throw new Error(`The door said ${response.status}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const booksOf = async (accountId: string) =>
    booksSchema.parse(await knock(`/books?account=${accountId}`));
  return {
    knock,
    restrict: async (accountId: string) => {
      await knock(`/accounts/${accountId}/restrict`, {});
    },
    deauthorise: async (accountId: string) => {
      await knock(`/accounts/${accountId}/deauthorize`, {});
    },
    payOut: async (accountId: string) => {
      await knock(`/accounts/${accountId}/payout`, {});
    },
    endPayout: async (accountId: string, payoutId: string, isPaid: boolean) => {
      const end = { result: isPaid ? 'paid' : 'failed', code: 'account_closed' };
      await knock(`/payouts/${payoutId}?account=${accountId}`, end);
    },
    endLater: async (accountId: string, sessionId: string, isPaid: boolean) => {
      const result = isPaid ? 'succeeded' : 'failed';
      await knock(`/checkout/${sessionId}/settle?account=${accountId}`, { result });
    },
    openDispute: async (accountId: string, intentId: string) => {
      const { charges } = await booksOf(accountId);
      const charge = charges.find(({ paymentIntent }) => paymentIntent === intentId)?.id;
      const dispute = await knock(`/disputes?account=${accountId}`, { charge });
      return z.object({ id: z.string() }).parse(dispute).id;
    },
    closeDispute: async (accountId: string, disputeId: string, result: 'won' | 'lost') => {
      await knock(`/disputes/${disputeId}/close?account=${accountId}`, { result });
    },
    loseNext: async (call: LosableShopCall, fault: string) => {
      const times = triedTwice.has(fault) ? 2 : 1;
      await knock('/faults', { match: pathOf[call], fault, times });
    },
    moved: async (accountId: string) => movedIn(await booksOf(accountId), accountId, knock),
  };
}

const feesSchema = z.object({
  applicationFees: z.array(z.object({ refunds: z.array(z.number()) })),
});

async function movedIn(
  books: z.infer<typeof booksSchema>,
  accountId: string,
  knock: Knock,
): Promise<ShopMoved[]> {
  const fees = feesSchema.parse(await knock(`/books?account=${accountId}`));
  const given = fees.applicationFees.flatMap(({ refunds }) => refunds);
  const charges = books.charges.filter(({ status }) => status === 'succeeded');
  const refunds = books.refunds.filter(({ status }) => status === 'succeeded');
  return [
    ...charges.map(({ amount, fee }) => ({ kind: 'charge', minor: amount, fee }) as const),
    ...refunds.map(
      ({ amount }, at) => ({ kind: 'refund', minor: amount, fee: given[at] ?? 0 }) as const,
    ),
  ];
}

/** People with a browser: forms are posted, redirects followed until they lead away from Stripe. */
function createVisitors(url: string, knock: Knock) {
  const locationOf = (response: Response) => {
    const location = response.headers.get('location');
    return location?.startsWith('/') === true ? `${url}${location}` : (location ?? undefined);
  };
  const post = async (page: string, form: Record<string, string>) =>
    locationOf(
      await fetch(page, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' }),
    );
  const payPage: ShopProviderUnderTest['payPage'] = async (page, how = {}) => {
    const { card = 'pm_card_visa', isLater, payer, save, taken } = how;
    if (isLater === true || taken !== undefined) {
      const asked = isLater === true ? { later: true } : { amount: taken };
      const path = `/checkout/${page.sessionId}/pay?account=${page.accountId}`;
      return z.object({ goTo: z.string() }).parse(await knock(path, asked)).goTo;
    }
    const { number = '' } = findTestCardByToken(card) ?? {};
    let next = await post(page.url, {
      card: number,
      ...(save === true && { save: '1' }),
      ...payer,
    });
    while (next?.startsWith(url) === true) {
      next = next.includes('/3ds/')
        ? await post(next, { result: 'complete' })
        : locationOf(await fetch(next, { redirect: 'manual' }));
    }
    return next;
  };
  return {
    payPage,
    answerAction: async (page: string, isPassed: boolean) => {
      await post(page, { result: isPassed ? 'complete' : 'fail' });
    },
    finishOnboarding: async (page: string) => {
      await post(page, { name: 'Joe', routing: '110000000', account: '000123456789' });
    },
  };
}
