// The Stripe adapter in front of the Stripe stand-in, over HTTP: people at its hosted pages, tests at its control door.
import * as z from 'zod/mini';
import { createStripeClient } from '../../../lambdas/adapters/stripe/client.ts';
import { createStripeProvider } from '../../../lambdas/adapters/stripe/payment-provider.ts';
import { createLocalClock, type LocalClock } from '../../../local/clock.ts';
import { openDurable } from '../../../local/durable.ts';
import { findTestCardByToken } from '../../../local/stand-ins/stripe/cards/test-cards.ts';
import { startStripeStandIn } from '../../../local/stand-ins/stripe/stripe-stand-in.ts';
import type { Losable, Moved, ProviderUnderTest } from '../../contracts/payment-provider.ts';

/** What each call of the port asks of Stripe first. */
const pathOf: Record<Losable, { readonly method: string; readonly path: string }> = {
  charge: { method: 'POST', path: '/v1/payment_intents' },
  payOut: { method: 'POST', path: '/v1/transfers' },
  refund: { method: 'POST', path: '/v1/refunds' },
  saveInstrument: { method: 'POST', path: '/v1/checkout/sessions' },
  lookUpCharge: { method: 'GET', path: '/v1/payment_intents/' },
};

/** The SDK tries these a second time whatever it is told: they are lost only when both tries are. */
const triedTwice: ReadonlySet<string> = new Set(['drop_before', 'drop_after']);

const booksSchema = z.object({
  charges: z.array(
    z.object({
      id: z.string(),
      amount: z.number(),
      status: z.string(),
      metadata: z.record(z.string(), z.string()),
    }),
  ),
  refunds: z.array(z.object({ charge: z.string(), amount: z.number(), status: z.string() })),
  transfers: z.array(
    z.object({
      amount: z.number(),
      reversed: z.number(),
      metadata: z.record(z.string(), z.string()),
    }),
  ),
});

const requestsSchema = z.object({
  requests: z.array(
    z.object({
      method: z.string(),
      path: z.string(),
      status: z.nullable(z.number()),
      idempotencyKey: z.nullable(z.string()),
      stripeVersion: z.nullable(z.string()),
    }),
  ),
});

export interface StripeUnderTest extends ProviderUnderTest {
  readonly clock: LocalClock;
  /** A call at the stand-in's control door. */
  knock(path: string, body?: object): Promise<unknown>;
  /** Every API request that the stand-in has received. */
  received(): Promise<z.infer<typeof requestsSchema>['requests']>;
}

export async function openStripeUnderTest(): Promise<StripeUnderTest> {
  const clock = createLocalClock();
  const standIn = await startStripeStandIn({
    port: 0,
    clock,
    durable: openDurable(undefined, 'stripe'),
    secretKeys: ['sk_test_contract'],
    webhook: { url: 'http://localhost:1/webhooks/stripe', secret: 'whsec_contract' },
  });
  const client = createStripeClient({
    secretKey: async () => 'sk_test_contract',
    apiUrl: standIn.url,
    timeoutMs: 400,
    // Its second try would hide what is tested here; charges.test.ts is about it.
    maxNetworkRetries: 0,
  });
  const door = createDoor(standIn.url);
  // Nobody listens for webhooks here.
  await door.knock('/webhooks', { hold: true });
  return {
    provider: createStripeProvider({ client }),
    clock,
    ...door,
    ...createVisitors(standIn.url),
    close: standIn.close,
  };
}

function createDoor(url: string) {
  const knock = async (path: string, body?: object): Promise<unknown> => {
    const response = await fetch(
      `${url}/_stand-in${path}`,
      body && { method: 'POST', body: JSON.stringify(body) },
    );
    const answer: unknown = await response.json();
    if (!response.ok)
      throw new Error(`The door said ${response.status}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const chargeOf = async (paymentId: string) => {
    const { charges } = booksSchema.parse(await knock('/books'));
    return charges.find((charge) => charge.metadata['tender_payment'] === paymentId);
  };
  return {
    knock,
    received: async () => requestsSchema.parse(await knock('/requests')).requests,
    loseNext: async (call: Losable, fault: string) => {
      const times = triedTwice.has(fault) ? 2 : 1;
      await knock('/faults', { match: pathOf[call], fault, times });
    },
    moved: async (paymentId: string) =>
      movedIn(booksSchema.parse(await knock('/books')), paymentId),
    openDispute: async (paymentId: string) => {
      const dispute = await knock('/disputes', { charge: (await chargeOf(paymentId))?.id });
      return z.object({ id: z.string() }).parse(dispute).id;
    },
    closeDispute: async (disputeId: string, result: 'won' | 'lost') => {
      await knock(`/disputes/${disputeId}/close`, { result });
    },
  };
}

function movedIn(books: z.infer<typeof booksSchema>, paymentId: string): Moved[] {
  const isOurs = ({ metadata }: { metadata: Record<string, string> }) =>
    metadata['tender_payment'] === paymentId;
  const charges = books.charges.filter((each) => isOurs(each) && each.status === 'succeeded');
  const transfers = books.transfers.filter(isOurs);
  const refunds = books.refunds.filter(
    ({ charge, status }) => status === 'succeeded' && charges.some(({ id }) => id === charge),
  );
  return [
    ...charges.map(({ amount }) => ({ kind: 'charge', minor: amount }) as const),
    ...transfers.map(({ amount }) => ({ kind: 'payout', minor: amount }) as const),
    ...refunds.map(({ amount }) => ({ kind: 'refund', minor: amount }) as const),
    ...transfers.flatMap(({ reversed }) =>
      reversed > 0 ? [{ kind: 'reversal', minor: reversed } as const] : [],
    ),
  ];
}

/** People with a browser: forms are posted, redirects followed until they lead away from Stripe. */
function createVisitors(url: string) {
  const post = async (page: string, form: Record<string, string>) =>
    locationOf(
      await fetch(page, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' }),
    );
  const locationOf = (response: Response) => {
    const location = response.headers.get('location');
    if (location === null) throw new Error(`No way on from ${response.url}: ${response.status}`);
    return location.startsWith('/') ? `${url}${location}` : location;
  };
  return {
    fillCardPage: async (page: string, card: string) => {
      let next = await post(page, { card: findTestCardByToken(card)?.number ?? '', name: 'Ann' });
      while (next.startsWith(url)) {
        next = next.includes('/3ds/')
          ? await post(next, { result: 'complete' })
          : locationOf(await fetch(next, { redirect: 'manual' }));
      }
      return next;
    },
    answerAction: async (page: string, isPassed: boolean) => {
      await post(page, { result: isPassed ? 'complete' : 'fail' });
    },
    finishOnboarding: async (page: string) => {
      await post(page, { name: 'Bob', routing: '110000000', account: '000123456789' });
    },
  };
}
