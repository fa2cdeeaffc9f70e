// Orders for tests, moved by the domain's own steps.
import { money, sum, times } from '../../lambdas/domain/money/money.ts';
import type { Bill, BillLine, Order, WantedLine } from '../../lambdas/domain/orders/order.ts';
import type { ProductId } from '../../lambdas/domain/shops/product.ts';
import type { OrderStep } from '../../lambdas/domain/orders/order-steps.ts';
import type { OrderChange } from '../../lambdas/domain/orders/ports.ts';
import {
  draftOrderStep,
  type OrderStepChanges,
  takeOrderStep,
} from '../../lambdas/domain/orders/take-order-step.ts';
import { noonMs, someSettings } from './payments.ts';
import { nextNumber } from './people.ts';

const usd = (minor: number) => money(minor, 'USD');

/** A product at $4.50. */
export function aLine(productId: ProductId, quantity = 1): BillLine & WantedLine {
  const unitPrice = usd(450);
  const amount = times(unitPrice, quantity);
  return { productId, choices: [], quantity, name: 'Flat white', unitPrice, amount };
}

/** No shipping; 8% tax. */
export function aBill(lines: readonly BillLine[]): Bill {
  const goods = sum(
    lines.map(({ amount }) => amount),
    'USD',
  );
  const tax = usd(Math.round(goods.minor * 0.08));
  const total = sum([goods, tax]);
  return { lines, goods, discount: usd(0), shipping: usd(0), tax, tip: usd(0), total };
}

/** The first step of an order of one flat white, which is counted nowhere unless a test does. */
export function anOrderDraft(changes: Partial<Order> = {}): OrderChange {
  const number = nextNumber();
  const lines = changes.bill?.lines ?? [aLine(`prd_p${number}`)];
  const wanted = lines.flatMap(({ productId, choices, quantity }) =>
    productId === undefined ? [] : [{ productId, choices, quantity }],
  );
  const draft: Order = {
    id: `ord_t${number}`,
    version: 0,
    state: 'draft',
    number: `K7M-${number}`,
    shopId: 'shp_joe',
    buyerId: `per_b${number}`,
    address: { pageId: '2000', psid: `7000${number}` },
    buyerName: 'Ann Hill',
    wish: {
      lines: wanted,
      handover: { kind: 'pick_up' },
      tipPercent: 0,
    },
    bill: aBill(lines),
    fee: usd(5),
    attempt: 1,
    trail: {},
    isStockReserved: false,
    refunds: [],
    source: 'cart',
    asked: 0,
    createdAtMs: noonMs,
    ...changes,
  };
  return draftOrderStep(draft, {
    actor: 'buyer',
    nowMs: draft.createdAtMs,
    settings: someSettings,
  });
}

/** The next step of `order`, a second later for each version. */
export function nextOrder(
  order: Order,
  step: OrderStep,
  changes: OrderStepChanges = {},
): OrderChange {
  return takeOrderStep(order, {
    step,
    actor: 'buyer',
    nowMs: order.createdAtMs + order.version * 1000,
    settings: someSettings,
    changes,
  });
}

export function checkoutStarted(order: Order): OrderChange {
  return nextOrder(order, 'checkout_started', {
    method: 'checkout',
    trail: { accountId: 'acct_1QxAbCdEfGhIjKlM' },
  });
}

export function checkoutOpened(order: Order): OrderChange {
  return nextOrder(order, 'checkout_opened', {
    trail: {
      ...order.trail,
      sessionId: `cs_test_${'a1B2'.repeat(14)}`,
      checkoutUrl: `https://checkout.stripe.com/c/pay/cs_test_${'a1B2'.repeat(14)}#${'fidkdWxOYHwn'.repeat(20)}`,
    },
  });
}

export function orderPaid(order: Order, intentId = `pi_${order.id}`): OrderChange {
  return nextOrder(order, 'paid', {
    paidAtMs: order.createdAtMs + order.version * 1000,
    trail: {
      ...order.trail,
      intentId,
      chargeId: 'ch_3QxAbCdEfGhIjKlMnOpQrStU',
      card: { brand: 'visa', last4: '4242' },
    },
  });
}

/** A part of what was paid is to go back. */
export function refundWanted(order: Order, minor = 450): OrderChange {
  const { intentId = 'pi_' } = order.trail;
  return nextOrder(order, 'refund_wanted', {
    refunds: [
      ...order.refunds,
      {
        id: `rfd_${order.id}_${order.refunds.length}`,
        state: 'asked',
        amount: usd(minor),
        feeBack: usd(2),
        reason: 'requested_by_customer',
        intentId,
        askedAtMs: order.createdAtMs + order.version * 1000,
        asked: 0,
      },
    ],
  });
}

export function refundDone(order: Order): OrderChange {
  return nextOrder(order, 'refunded', {
    refunds: order.refunds.map((each) => ({
      ...each,
      state: 'done',
      providerRefundId: 're_3QxAbCdEfGhIjKlMnOpQrStU',
    })),
  });
}

/** Every step of an order that goes well, in order: from the draft to a part refund. */
export function wholeOrderLife(changes: Partial<Order> = {}): OrderChange[] {
  const life = [anOrderDraft(changes)];
  const steps = [
    (order: Order) => nextOrder(order, 'requoted', { wish: { ...order.wish, tipPercent: 0 } }),
    checkoutStarted,
    checkoutOpened,
    (order: Order) => orderPaid(order),
    (order: Order) => nextOrder(order, 'preparing'),
    (order: Order) => nextOrder(order, 'ready'),
    (order: Order) =>
      nextOrder(order, 'fulfilled', { fulfilledAtMs: order.createdAtMs + order.version * 1000 }),
    (order: Order) => refundWanted(order),
    refundDone,
  ];
  for (const step of steps) life.push(step(lastOf(life)));
  return life;
}

export function lastOf(life: readonly OrderChange[]): Order {
  const last = life.at(-1);
  if (last === undefined) throw new Error('Nothing happened.');
  return last.order;
}
