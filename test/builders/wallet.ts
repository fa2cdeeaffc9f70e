// The wallet alone on its twins, without a chat: payments in any state, and a provider whose single answers a test makes up.
import {
  createMemoryProvider,
  type MemoryProviderOptions,
} from '../../lambdas/adapters/memory/payment-provider.ts';
import { memoryStores } from '../../lambdas/adapters/memory/stores.ts';
import type { Payment } from '../../lambdas/domain/payments/payment.ts';
import type { PaymentStep } from '../../lambdas/domain/payments/payment-steps.ts';
import type {
  PaymentChange,
  PaymentProvider,
  ProviderLookUp,
} from '../../lambdas/domain/payments/ports.ts';
import type { StepChanges } from '../../lambdas/domain/payments/take-step.ts';
import { next, noonMs, someSettings, wholeLife } from './payments.ts';
import { aPerson } from './people.ts';

type Answers = Partial<Omit<PaymentProvider, 'lookUp'>> & {
  readonly lookUp?: Partial<ProviderLookUp>;
};

/** Ann pays Bob, who takes money at `acct_bob`; it is a minute past noon. */
export async function openWallet(faultFor?: MemoryProviderOptions['faultFor']) {
  const time = { nowMs: noonMs + 60_000 };
  const clock = { now: () => time.nowMs };
  const memory = createMemoryProvider({ clock, ...(faultFor && { faultFor }) });
  const stores = memoryStores();
  const { provider } = memory;
  const publicUrl = 'https://tender.example';
  const world = { ...stores, clock, provider, publicUrl, settings: someSettings };
  const ann = aPerson({ customerId: 'cus_ann' });
  const bob = aPerson({ recipientAccount: { accountId: 'acct_bob', status: 'ready' } });
  for (const person of [ann, bob]) await world.people.create(person);
  const { payments } = world;

  const commit = async (change: PaymentChange): Promise<Payment> => {
    const outcome = await payments.commit(change);
    if (outcome !== 'done') throw new Error(`${change.entry.step}: ${outcome}`);
    return change.payment;
  };

  /** The steps of a payment that goes well, up to one of them. */
  const paymentAfter = async (last: PaymentStep, changes: Partial<Payment> = {}) => {
    const payee = { kind: 'person', personId: bob.id } as const;
    // What Ann has spent is left alone, so that she may have many payments.
    for (const { payment, entry } of wholeLife({ payerId: ann.id, payee, ...changes })) {
      await commit({ payment, entry });
      if (entry.step === last) return payment;
    }
    throw new Error(`A payment that goes well takes no ${last}.`);
  };

  return {
    world,
    memory,
    time,
    ann,
    bob,
    paymentAfter,
    take: (payment: Payment, step: PaymentStep, changes: StepChanges = {}) =>
      commit(next(payment, step, changes)),
    /** The world, with these answers of the provider instead of its own. */
    answering: ({ lookUp, ...calls }: Answers) => ({
      ...world,
      provider: { ...provider, ...calls, lookUp: { ...provider.lookUp, ...lookUp } },
    }),
    /** As it stands now. */
    async latest({ id }: Payment): Promise<Payment> {
      const payment = await payments.get(id);
      if (payment === undefined) throw new Error(`There is no ${id}.`);
      return payment;
    },
    stepsOf: async ({ id }: Payment) => (await payments.journalOf(id)).map(({ step }) => step),
  };
}

export type Wallet = Awaited<ReturnType<typeof openWallet>>;
