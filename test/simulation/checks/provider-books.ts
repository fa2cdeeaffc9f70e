// The provider's own books against ours: nothing moved twice, nothing given back that was not taken, nothing written that did not move.
import type { Town } from '../town.ts';
import { Violation } from '../violation.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';

interface Moved {
  readonly kind: string;
  readonly about: string;
  readonly minor: number;
}

export interface ProviderBooks {
  /** Looks at what moved since the last time. */
  look(): void;
  /** An entry says that something moved: it must have. */
  compare(entry: LedgerEntry): void;
  /** Nothing is under way any more: both books say the same. */
  compareAtTheEnd(): void;
}

/** Which movement each step of a payment writes down. */
const movementOf: Readonly<Record<string, string>> = {
  charged: 'charge',
  charged_late: 'charge',
  paid_out: 'payout',
  refunded: 'refund',
  disputed: 'dispute',
  disputed_while_held: 'dispute',
  dispute_won: 'dispute_won',
  dispute_won_while_held: 'dispute_won',
  payout_reversed: 'reversal',
};

export function openProviderBooks({ stripe, shopStripe }: Town, ledger: Ledger): ProviderBooks {
  const totals = new Map<string, { count: number; minor: number }>();
  let [seen, seenAtShops] = [0, 0];
  let hasLeft = false;
  const of = (about: string, kind: string) =>
    totals.get(`${about} ${kind}`) ?? { count: 0, minor: 0 };
  const net = (about: string, kind: string, back: string) =>
    of(about, kind).minor - of(about, back).minor;

  function take({ kind, about, minor }: Moved): void {
    const { count, minor: before } = of(about, kind);
    totals.set(`${about} ${kind}`, { count: count + 1, minor: before + minor });
    if (about.startsWith('pay_')) checkPayment(about);
    if (net(about, 'refund', 'refund_failed') > of(about, 'charge').minor)
      throw new Violation(`${about} was refunded beyond its charge.`);
  }

  function checkPayment(id: string): void {
    if (of(id, 'charge').count > 1) throw new Violation(`${id} was charged twice.`);
    const out = of(id, 'payout').count - of(id, 'reversal').count;
    if (out > 1) throw new Violation(`${id} was paid out twice.`);
    const back = of(id, 'refund').count - of(id, 'refund_failed').count;
    if (back > 1) throw new Violation(`${id} was refunded twice.`);
    if (back === 1 && out === 1) throw new Violation(`${id} was refunded and paid out.`);
  }

  function writtenOf(id: string, kind: string): number {
    return (ledger.entries.get(id) ?? []).filter(({ step }) => movementOf[step] === kind).length;
  }

  function comparePayment(id: string): void {
    const state = String(ledger.item(id)?.['state']);
    if (state === 'review') return;
    for (const kind of ['charge', 'payout', 'reversal', 'refund', 'dispute', 'dispute_won']) {
      const failed = kind === 'refund' ? of(id, 'refund_failed').count : 0;
      const written = writtenOf(id, kind) - (kind === 'refund' ? writtenFailures(id) : 0);
      const moved = of(id, kind).count - failed;
      if (written !== moved)
        throw new Violation(
          `${id} is ${state}: ${moved} × ${kind} moved and ${written} is written.`,
        );
    }
  }

  function writtenFailures(id: string): number {
    const entries = ledger.entries.get(id) ?? [];
    return entries.filter(({ step, from }) => step === 'refund_failed' && from === 'refunded')
      .length;
  }

  function compareOrder(id: string): void {
    // What happens on the account of a shop that took our access away is between it and its buyers.
    if (hasLeft) return;
    const item = ledger.item(id);
    const buyer = ledger.balance(id, `buyer:${String(item?.['buyerId'])}`);
    const moved =
      net(id, 'refund', 'refund_failed') +
      net(id, 'dispute', 'dispute_won') -
      of(id, 'charge').minor;
    if (buyer !== moved)
      throw new Violation(
        `${id} is ${String(item?.['state'])}: the buyer has ${moved} and our books say ${buyer}.`,
      );
  }

  return {
    look() {
      for (const { status } of shopStripe.books.merchants.values()) hasLeft ||= status === 'left';
      const movements = stripe.movements();
      for (; seen < movements.length; seen += 1) {
        const { kind, paymentId: about, amount } = movements[seen] ?? fail();
        take({ kind, about, minor: amount.minor });
      }
      const atShops = shopStripe.movements();
      for (; seenAtShops < atShops.length; seenAtShops += 1) {
        const { kind, orderId: about, amount } = atShops[seenAtShops] ?? fail();
        take({ kind, about, minor: amount.minor });
      }
    },
    compare({ subject, step }) {
      this.look();
      const kind = movementOf[step];
      if (kind === undefined || !subject.startsWith('pay_')) return;
      // The entry itself is not counted yet.
      if (writtenOf(subject, kind) > of(subject, kind).count)
        throw new Violation(`${subject} says ${step}, and the provider knows nothing of it.`);
    },
    compareAtTheEnd() {
      this.look();
      for (const id of ledger.entries.keys()) {
        if (id.startsWith('pay_')) comparePayment(id);
        if (id.startsWith('ord_')) compareOrder(id);
      }
      for (const { paymentId } of stripe.movements())
        if (!ledger.entries.has(paymentId))
          throw new Violation(`${paymentId} moved, and we do not know it.`);
    },
  };
}

function fail(): never {
  throw new Error('A movement is not there.');
}
