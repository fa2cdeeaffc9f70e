// Stripe's own books, read as movements: balance transactions of the platform's account and of each shop's.
import * as z from 'zod/mini';
import type { Direction, Movement } from '../../domain/books/movement.ts';
import type { Period, ProviderLedger } from '../../domain/books/ports.ts';
import type { ShopId } from '../../domain/shops/shop.ts';
import { fromStripeAmount } from './amounts.ts';
import type { StripeClient } from './client.ts';
import { isAccessGone } from './errors.ts';
import { idSchema } from './expandable.ts';
import { metadataSchema, orderIdIn, paymentIdIn } from './tie-back.ts';

const PAGE_SIZE = 100;

/** A charge, a refund, a transfer, its reversal or a dispute: all have these, and name the charge or transfer before. */
const sourceSchema = z.object({
  id: z.string(),
  amount: z.int(),
  currency: z.string(),
  metadata: z.nullish(metadataSchema),
  charge: z.nullish(idSchema),
  transfer: z.nullish(idSchema),
});

const bookedSchema = z.object({
  id: z.string(),
  type: z.string(),
  /** Seconds. */
  created: z.int(),
  /** Signed, in the account's own currency: tells whether money came or went, not how much was asked for. */
  amount: z.int(),
  source: z.nullish(z.union([z.string(), sourceSchema])),
});

type Booked = z.infer<typeof bookedSchema>;
type Source = z.infer<typeof sourceSchema>;

/** docs.stripe.com/reports/balance-transaction-types; all others are fees and money between Stripe and its holder. */
const directionOf: Readonly<Record<string, Direction>> = {
  charge: 'in',
  payment: 'in',
  refund: 'back',
  payment_refund: 'back',
  refund_failure: 'in',
  payment_failure_refund: 'back',
  transfer: 'out',
  transfer_refund: 'returned',
  transfer_cancel: 'returned',
  transfer_failure: 'returned',
};

interface Account {
  readonly shopId: ShopId;
  readonly accountId: string;
}

export function createStripeLedger(
  client: StripeClient,
  shops: () => AsyncIterable<Account> | Iterable<Account>,
): ProviderLedger {
  return {
    async *movements(period) {
      yield* movementsOn(client, period, undefined);
      for await (const shop of shops()) {
        try {
          yield* movementsOn(client, period, shop);
        } catch (error) {
          if (!isAccessGone(error)) throw error;
          yield { closed: shop.shopId };
        }
      }
    },
  };
}

/** Throws what Stripe throws: half a ledger must not pass for a whole one. */
async function* movementsOn(
  client: StripeClient,
  { fromMs, toMs }: Period,
  shop: Account | undefined,
): AsyncGenerator<Movement> {
  const stripe = await client();
  const on = shop === undefined ? {} : { stripeAccount: shop.accountId };
  const subjects = new Map<string, string>();
  const subjectOf = async (source: Source): Promise<string | undefined> => {
    const marked = markIn(source) ?? subjects.get(source.id);
    const before = source.charge ?? source.transfer ?? undefined;
    const found = marked ?? (before === undefined ? undefined : await subjectOfEarlier(before));
    if (found !== undefined) subjects.set(source.id, found);
    return found;
  };
  // What a refund or a dispute is of may have happened before the period.
  const subjectOfEarlier = async (id: string): Promise<string | undefined> => {
    const known = subjects.get(id);
    if (known !== undefined) return known;
    const earlier = id.startsWith('tr_')
      ? await stripe.transfers.retrieve(id, {}, on)
      : await stripe.charges.retrieve(id, {}, on);
    const subject = markIn(sourceSchema.parse(earlier));
    if (subject !== undefined) subjects.set(id, subject);
    return subject;
  };

  const created = { gte: Math.floor(fromMs / 1000), lt: Math.ceil(toMs / 1000) };
  const pages = stripe.balanceTransactions.list(
    { created, limit: PAGE_SIZE, expand: ['data.source'] },
    on,
  );
  for await (const raw of pages) {
    const booked = bookedSchema.parse(raw);
    const moved = readBooked(booked);
    if (moved === undefined) continue;
    const subject = await subjectOf(moved.source);
    yield {
      id: booked.id,
      direction: moved.direction,
      amount: moved.amount,
      atMs: booked.created * 1000,
      account: shop?.shopId ?? 'platform',
      ...(subject === undefined ? {} : { subject }),
    };
  }
}

/** The source's own amount is in the currency that was asked for; of a dispute, the sign says which way it went. */
function readBooked(booked: Booked) {
  const { source, type } = booked;
  if (source === null || source === undefined || typeof source === 'string') return undefined;
  const amount = fromStripeAmount(source);
  const direction = type === 'adjustment' ? (booked.amount < 0 ? 'back' : 'in') : directionOf[type];
  if (direction === undefined || amount === undefined) return undefined;
  return { source, direction, amount } as const;
}

function markIn({ metadata }: Pick<Source, 'metadata'>): string | undefined {
  return paymentIdIn(metadata) ?? orderIdIn(metadata);
}
