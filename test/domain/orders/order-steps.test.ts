// The machine of an order, state by state: what may happen there, and where it leads.
import { expect, it } from 'vitest';
import type { OrderState } from '../../../lambdas/domain/orders/order.ts';
import { isLegal, orderSteps, stateAfter } from '../../../lambdas/domain/orders/order-steps.ts';

type State = OrderState | 'nothing';
type Ways = Readonly<Partial<Record<keyof typeof orderSteps, OrderState>>>;

/** Wherever money was taken, it may come to go back: nothing of that moves the order. */
const moneyMoves = (state: OrderState): Ways => ({
  refund_asked: state,
  refund_pending: state,
  refunded: state,
  refund_failed: state,
  dispute_opened: state,
  dispute_moved: state,
  evidence_sent: state,
  dispute_won: state,
  dispute_lost: state,
});

/** Only where the shop has the buyer's money can anybody ask for it, give it or bring it a second time. */
const isWithTheShop = (state: OrderState): Ways => ({
  ...moneyMoves(state),
  paid_twice: state,
  refund_wished: state,
  refund_refused: state,
  refund_wanted: state,
});

/** Nobody can tell what the provider will say of it next. */
const isAtTheProvider = (state: OrderState): Ways => ({
  payment_asked: state,
  payment_pending: 'awaiting_payment',
  payment_declined: 'draft',
  closing_wanted: state,
  order_cancelled: 'cancelled',
  order_expired: 'expired',
  paid: 'paid',
  paid_wrongly: 'conflicted',
});

const machine: Readonly<Record<OrderState, Ways>> = {
  draft: {
    requoted: 'draft',
    claimed: 'draft',
    held: 'draft',
    reminded: 'draft',
    draft_cancelled: 'cancelled',
    draft_expired: 'expired',
    checkout_started: 'awaiting_payment',
  },
  awaiting_payment: {
    ...isAtTheProvider('awaiting_payment'),
    checkout_opened: 'awaiting_payment',
    action_needed: 'needs_action',
  },
  needs_action: isAtTheProvider('needs_action'),
  paid: {
    ...isWithTheShop('paid'),
    preparing: 'preparing',
    ready: 'ready',
    fulfilled: 'fulfilled',
    cancelled_by_shop: 'cancelled',
  },
  preparing: {
    ...isWithTheShop('preparing'),
    ready: 'ready',
    fulfilled: 'fulfilled',
    preparing_undone: 'paid',
    cancelled_by_shop: 'cancelled',
  },
  ready: {
    ...isWithTheShop('ready'),
    fulfilled: 'fulfilled',
    ready_undone: 'preparing',
    cancelled_by_shop: 'cancelled',
  },
  fulfilled: { ...isWithTheShop('fulfilled'), fulfilled_undone: 'ready' },
  conflicted: { ...isWithTheShop('conflicted'), cancelled_by_shop: 'cancelled' },
  cancelled: { ...moneyMoves('cancelled'), paid_late: 'cancelled', refund_wanted: 'cancelled' },
  expired: { ...moneyMoves('expired'), paid_late: 'expired' },
};

const states = ['draft', 'awaiting_payment', 'needs_action', 'paid', 'preparing', 'ready'] as const;
const laterStates = ['fulfilled', 'conflicted', 'cancelled', 'expired'] as const;
const steps = Object.keys(orderSteps).filter(isStep);

function isStep(step: string): step is keyof typeof orderSteps {
  return step in orderSteps;
}

function legalIn(state: State) {
  return steps.filter((step) => isLegal(step, state));
}

it.each([...states, ...laterStates])(
  'an order that is %s goes these ways and no other',
  (state) => {
    const ways = legalIn(state).map((step) => [step, stateAfter(step, state)]);

    expect(Object.fromEntries(ways)).toEqual(machine[state]);
  },
);

it('an order begins as a draft, and in no other way', () => {
  expect(legalIn('nothing')).toEqual(['drafted']);
  expect(stateAfter('drafted', 'draft')).toBe('draft');
});
