// The twin of what shops have at their provider: a balance, payouts and fees that follow from what has moved there.
import { add, type Money, money, negate, subtract, sum, zero } from '../../domain/money/money.ts';
import type { ShopMoney, ShopMovement, ShopMovementKind } from '../../domain/orders/shop-money.ts';
import type { Found } from '../../domain/payments/ports.ts';
import type { Page, PageOf } from '../../domain/shops/ports.ts';
import type { MemoryShopPayout, ShopBooks, ShopMovement as Moved } from './shop-provider-books.ts';

type Call = keyof ShopMoney;
type Lost = { readonly kind: 'unknown'; readonly why: string };
type Through = <Answer>(call: Call, act: () => Answer) => Promise<Answer | Lost>;

/** As Stripe has it: money from cards can be paid out after two days. */
const pendingMs = 2 * 24 * 60 * 60 * 1000;

export function createShopMoneyTwin(books: ShopBooks, through: Through): ShopMoney {
  const look = <Thing>(
    call: Call,
    accountId: string,
    find: () => Thing | undefined,
  ): Promise<Found<Thing>> =>
    through(call, (): Found<Thing> => {
      const isGone = books.merchants.get(accountId)?.status === 'left';
      if (isGone) return { kind: 'unknown', why: 'account_gone' };
      const thing = find();
      return thing === undefined ? { kind: 'not_found' } : { kind: 'found', thing };
    });
  return {
    balance: (accountId) =>
      look('balance', accountId, () => {
        const all = movementsOf(books, accountId);
        const isPending = ({ kind, atMs }: ShopMovement) =>
          kind === 'sale' && atMs + pendingMs > books.clock.now();
        return {
          available: [total(all.filter((each) => !isPending(each)))],
          pending: [total(all.filter(isPending))],
        };
      }),
    payouts: (accountId, page) =>
      look('payouts', accountId, () => {
        const all = [...books.payouts.values()].filter((each) => each.accountId === accountId);
        return pageOf(all.reverse().map(told), page);
      }),
    movements: (accountId, { fromMs, toMs, ...page }) =>
      look('movements', accountId, () => {
        const all = movementsOf(books, accountId).reverse();
        return pageOf(
          all.filter(({ atMs }) => atMs >= fromMs && atMs < toMs),
          page,
        );
      }),
  };
}

/** All that the account holds, pending or not. */
export function balanceOf(books: ShopBooks, accountId: string): Money {
  return total(movementsOf(books, accountId));
}

function total(movements: readonly ShopMovement[]): Money {
  return sum(
    movements.map(({ net }) => net),
    'USD',
  );
}

function told({ id, amount, atMs, state, trouble }: MemoryShopPayout) {
  return { id, amount, state, arrivesAtMs: atMs + pendingMs, ...(trouble && { trouble }) };
}

/** Oldest first. */
function movementsOf(books: ShopBooks, accountId: string): ShopMovement[] {
  const moved = books.movements.flatMap((each, at) =>
    each.accountId === accountId ? movementsIn(each, `txn_${at}`) : [],
  );
  const payouts = [...books.payouts.values()].flatMap((each) =>
    each.accountId === accountId ? movementsOfPayout(each) : [],
  );
  return [...moved, ...payouts].sort((one, other) => one.atMs - other.atMs);
}

const kinds: Readonly<Record<Moved['kind'], ShopMovementKind>> = {
  charge: 'sale',
  refund: 'refund',
  refund_failed: 'refund_failed',
  dispute: 'dispute',
  dispute_won: 'dispute',
};

/** The operator's part of a refund comes back as a movement of its own. */
function movementsIn({ kind, amount, fee, orderId, atMs }: Moved, id: string): ShopMovement[] {
  const none = zero(amount.currency);
  const isOut = kind === 'refund' || kind === 'dispute';
  const signed = isOut ? negate(amount) : amount;
  const about = { kind: kinds[kind], atMs, orderId, amount: signed };
  switch (kind) {
    case 'charge': {
      const providerFee = processingFee(amount);
      const net = subtract(subtract(amount, fee), providerFee);
      return [{ ...about, id, operatorFee: fee, providerFee, net }];
    }
    case 'refund':
    case 'refund_failed': {
      const back = kind === 'refund' ? fee : negate(fee);
      const feeBack = { id: `${id}_fee`, kind: 'fee_back', atMs, orderId } as const;
      return [
        { ...about, id, operatorFee: none, providerFee: none, net: signed },
        { ...feeBack, amount: none, operatorFee: negate(back), providerFee: none, net: back },
      ];
    }
    case 'dispute':
    case 'dispute_won':
      return [{ ...about, id, operatorFee: none, providerFee: fee, net: subtract(signed, fee) }];
  }
}

/** 2.9% and 30 of the smallest unit, as Stripe takes of cards at home. */
function processingFee({ minor, currency }: Money): Money {
  return add(money(Math.round((minor * 29) / 1000), currency), money(30, currency));
}

function movementsOfPayout({ id, amount, atMs, state }: MemoryShopPayout): ShopMovement[] {
  const none = zero(amount.currency);
  const fees = { operatorFee: none, providerFee: none, atMs };
  const out = negate(amount);
  const sent = { ...fees, id: `txn_${id}`, kind: 'payout', amount: out, net: out } as const;
  const back = {
    ...fees,
    id: `txn_${id}_back`,
    kind: 'payout_failed',
    amount,
    net: amount,
  } as const;
  return state === 'failed' ? [sent, back] : [sent];
}

/** Undefined where the page begins nowhere. */
function pageOf<Thing extends { readonly id: string }>(
  all: readonly Thing[],
  { limit, after }: PageOf,
): Page<Thing> | undefined {
  const before = after === undefined ? -1 : all.findIndex(({ id }) => id === after);
  if (after !== undefined && before === -1) return undefined;
  const things = all.slice(before + 1, before + 1 + limit);
  const last = things.at(-1);
  return all.length > before + 1 + limit && last !== undefined
    ? { things, next: last.id }
    : { things };
}
