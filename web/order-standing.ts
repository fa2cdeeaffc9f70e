// What an order's state means to its buyer: a title, a sentence, how far it is, and what can be done about it.
import { isSameMoney, sum } from '../lambdas/domain/money/money.ts';
import { hasGoods, type Order } from '../lambdas/domain/orders/order.ts';
import { isOpenDraft } from '../lambdas/domain/orders/requote-order.ts';

export type OrderAction = 'checkout' | 'bank' | 'look' | 'cancel' | 'chat';

export interface OrderStanding {
  readonly title: string;
  readonly text: (shop: string) => string;
  readonly mark: string;
  readonly actions: readonly OrderAction[];
  /** Where somebody will ask for it. */
  readonly showsNumber: boolean;
  readonly way?: readonly { readonly name: string; readonly isDone: boolean }[];
}

export function standingOf(order: Order, nowMs: number): OrderStanding {
  switch (order.state) {
    case 'draft':
      // One that ran out stays so even while the sweeper has not come round.
      return isOpenDraft(order, nowMs) ? draft : over.expired;
    case 'awaiting_payment':
      return waiting(order);
    case 'needs_action':
      return atTheBank;
    case 'paid':
    case 'preparing':
    case 'ready':
    case 'fulfilled':
      return isAllGivenBack(order) ? givenBack : onItsWay(order, order.state);
    case 'cancelled':
    case 'expired':
      if (order.paidAtMs !== undefined) return cancelledAfterPaying;
      return order.refunds.length === 0 ? over[order.state] : paidTooLate;
    case 'conflicted':
      return conflicted;
  }
}

function isAllGivenBack({ refunds, bill: { total } }: Order): boolean {
  const going = refunds.filter(
    ({ state, reason }) => state !== 'failed' && reason !== 'paid_twice',
  );
  return (
    going.length > 0 &&
    isSameMoney(
      sum(
        going.map(({ amount }) => amount),
        total.currency,
      ),
      total,
    )
  );
}

const draft: OrderStanding = {
  title: 'Not paid yet',
  text: () => 'Open your order from the chat to pay for it.',
  mark: '…',
  actions: ['chat'],
  showsNumber: false,
};

function waiting(order: Order): OrderStanding {
  if (order.closing !== undefined) return closing;
  const { checkoutUrl, intentId } = order.trail;
  if (order.method !== 'checkout') return asking;
  if (intentId !== undefined) return bankDecides;
  return checkoutUrl === undefined ? stripeIsQuiet : atStripe;
}

const atStripe: OrderStanding = {
  title: 'Not paid yet',
  text: () => 'Stripe’s page still waits for your card. Nothing has been charged.',
  mark: '…',
  actions: ['checkout', 'look', 'cancel'],
  showsNumber: false,
};

const stripeIsQuiet: OrderStanding = {
  title: 'Stripe does not answer',
  text: () => 'Its page did not open, and nothing has been charged. Please try again in a moment.',
  mark: '…',
  actions: ['checkout', 'cancel'],
  showsNumber: false,
};

const asking: OrderStanding = {
  title: 'We are asking the bank',
  text: () =>
    'It has not told us yet whether the payment went through. Do not pay again: you will not be charged twice, and we tell you in the chat.',
  mark: '…',
  actions: ['look', 'chat'],
  showsNumber: false,
};

const bankDecides: OrderStanding = {
  title: 'Your bank is still deciding',
  text: (shop) =>
    `It may take some days with the way you chose to pay. Do not pay again: ${shop} keeps your order, and we tell you in the chat.`,
  mark: '…',
  actions: ['chat'],
  showsNumber: true,
};

const closing: OrderStanding = {
  title: 'We are closing this order',
  text: () => 'We make sure that nothing is charged any more. The chat tells you when it is done.',
  mark: '…',
  actions: ['look', 'chat'],
  showsNumber: false,
};

const atTheBank: OrderStanding = {
  title: 'Your bank wants to check that it is you',
  text: () => 'Nothing is charged until it has.',
  mark: '🔐',
  actions: ['bank', 'cancel'],
  showsNumber: false,
};

type Sold = 'paid' | 'preparing' | 'ready' | 'fulfilled';
const farness: readonly Sold[] = ['paid', 'preparing', 'ready', 'fulfilled'];

type Told = Pick<OrderStanding, 'title' | 'text' | 'mark'>;

const pickedUp: Record<Sold, Told> = {
  paid: {
    title: 'Paid. Thank you!',
    text: (shop) => `${shop} has your order. The chat tells you when it is ready.`,
    mark: '✓',
  },
  preparing: {
    title: 'It is being prepared',
    text: (shop) => `${shop} is at it. The chat tells you when it is ready.`,
    mark: '✓',
  },
  ready: {
    title: 'Ready for you',
    text: (shop) => `Say this number at ${shop}.`,
    mark: '✓',
  },
  fulfilled: {
    title: 'Picked up',
    text: (shop) => `Enjoy it! If something is not right, tell ${shop} in the chat.`,
    mark: '✓',
  },
};

const shipped: Record<Sold, Told> = {
  paid: {
    title: 'Paid. Thank you!',
    text: (shop) => `${shop} has your order. The chat tells you when it is on its way.`,
    mark: '✓',
  },
  preparing: {
    title: 'It is being packed',
    text: (shop) => `${shop} is at it. The chat tells you when it is on its way.`,
    mark: '✓',
  },
  ready: { title: 'On its way', text: (shop) => `${shop} has sent it off.`, mark: '✓' },
  fulfilled: {
    title: 'Delivered',
    text: (shop) => `Enjoy it! If something is not right, tell ${shop} in the chat.`,
    mark: '✓',
  },
};

/** Of what the shop charged in its own words: nothing is to come. */
const settled: Told = {
  title: 'Paid. Thank you!',
  text: (shop) => `${shop} has your payment.`,
  mark: '✓',
};

const stepNames = {
  pick_up: { paid: 'Paid', preparing: 'Making it', ready: 'Ready', fulfilled: 'Picked up' },
  shipping: { paid: 'Paid', preparing: 'Packing', ready: 'Sent', fulfilled: 'There' },
} as const satisfies Record<string, Record<Sold, string>>;

function onItsWay(order: Order, state: Sold): OrderStanding {
  const { kind } = order.wish.handover;
  const far = farness.indexOf(state);
  if (state === 'paid' && !hasGoods(order.wish))
    return { ...settled, actions: ['chat'], showsNumber: true };
  return {
    ...(kind === 'pick_up' ? pickedUp : shipped)[state],
    actions: ['chat'],
    showsNumber: true,
    way: farness.map((step, index) => ({ name: stepNames[kind][step], isDone: index <= far })),
  };
}

const over: Record<'cancelled' | 'expired', OrderStanding> = {
  cancelled: {
    title: 'Cancelled',
    text: () => 'Nothing was charged. Your cart is still in the chat.',
    mark: '✕',
    actions: ['chat'],
    showsNumber: false,
  },
  expired: {
    title: 'This order has run out',
    text: () => 'It was not paid in time, and nothing was charged. Your cart is still in the chat.',
    mark: '⌛',
    actions: ['chat'],
    showsNumber: false,
  },
};

const cancelledAfterPaying: OrderStanding = {
  title: 'Cancelled by the shop',
  text: () => 'What you paid goes back to the card it came from.',
  mark: '↩',
  actions: ['chat'],
  showsNumber: true,
};

const paidTooLate: OrderStanding = {
  title: 'Paid after it had ended',
  text: () => 'This order was closed when your payment came. It goes straight back.',
  mark: '↩',
  actions: ['chat'],
  showsNumber: false,
};

const givenBack: OrderStanding = {
  title: 'Given back',
  text: (shop) => `${shop} has given back all that you paid.`,
  mark: '↩',
  actions: ['chat'],
  showsNumber: true,
};

const conflicted: OrderStanding = {
  title: 'A person is looking at it',
  text: () =>
    'What was charged is not what your bill says. Do not pay again: we tell you in the chat how it is put right.',
  mark: '👀',
  actions: ['chat'],
  showsNumber: true,
};
