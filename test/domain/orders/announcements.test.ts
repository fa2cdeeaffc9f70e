// What buyer and team hear after each step of an order: something true of each, once, and with figures that add up.
import { describe, expect, it } from 'vitest';
import { buildMessage } from '../../../lambdas/adapters/messenger/build-message.ts';
import type { Receipt, Reply } from '../../../lambdas/domain/chat/reply.ts';
import { announceEntry } from '../../../lambdas/domain/journal/announce-entry.ts';
import { isSilentStep, orderAnnouncements } from '../../../lambdas/domain/orders/announcements.ts';
import type { Order, Refund } from '../../../lambdas/domain/orders/order.ts';
import { orderSteps, type OrderStep } from '../../../lambdas/domain/orders/order-steps.ts';
import type { OrderEntry } from '../../../lambdas/domain/orders/ports.ts';
import { receiptOf } from '../../../lambdas/domain/orders/receipts.ts';
import { draftOrder } from '../../../lambdas/domain/orders/draft-order.ts';
import { orderNeedsAPerson } from '../../../lambdas/domain/orders/needs-a-person.ts';
import { moveOrder } from '../../../lambdas/domain/orders/move-order.ts';
import { refundOrder } from '../../../lambdas/domain/orders/refund-order.ts';
import { checkLimits } from '../../../local/stand-ins/messenger/limits/check-limits.ts';
import { messageRequest } from '../../../local/stand-ins/messenger/limits/send-request.ts';
import { aPerson } from '../../builders/people.ts';
import { openShopThread } from '../../builders/shop-thread.ts';
import { joesCoffee, usd } from '../../builders/shop-town/joes-coffee.ts';
import { standingOrder } from '../../builders/shop-town/standing-order.ts';
import { textOf } from '../../builders/town/bubbles.ts';

const atMs = Date.UTC(2026, 10, 23, 12);
const buyer = aPerson({ name: 'Ann Archer' });
const dayMs = 24 * 60 * 60 * 1000;

const order: Order = {
  id: 'ord_1',
  version: 5,
  state: 'paid',
  number: 'K7M-2QX',
  shopId: joesCoffee.id,
  buyerId: buyer.id,
  address: { pageId: '2000', psid: '7' },
  buyerName: 'Ann Archer',
  wish: {
    lines: [{ productId: 'prd_flat', choices: ['Large'], quantity: 2 }],
    handover: { kind: 'pick_up' },
    tipPercent: 10,
    promotionCode: 'TENOFF',
  },
  bill: {
    lines: [
      {
        productId: 'prd_flat',
        choices: ['Large'],
        quantity: 2,
        name: 'Flat white',
        unitPrice: usd(525),
        amount: usd(1050),
      },
    ],
    goods: usd(1050),
    discount: usd(105),
    shipping: usd(500),
    tax: usd(128),
    tip: usd(95),
    total: usd(1668),
  },
  fee: usd(17),
  attempt: 1,
  trail: { intentId: 'pi_1', card: { brand: 'visa', last4: '4242' } },
  isStockReserved: true,
  refunds: [],
  source: 'cart',
  asked: 0,
  createdAtMs: atMs - 60_000,
  paidAtMs: atMs,
};

const shipped: Order = {
  ...order,
  wish: {
    ...order.wish,
    handover: {
      kind: 'shipping',
      optionId: 'slow',
      to: {
        name: 'Ann A. Archer',
        street1: '1 Main St',
        city: 'Springfield',
        state: 'IL',
        postalCode: '62701',
        country: 'US',
      },
    },
  },
  tracking: { carrier: 'UPS', number: '1Z999', url: 'https://ups.example/1Z999' },
};

const refund: Refund = {
  id: 'rfd_1',
  state: 'asked',
  amount: usd(500),
  feeBack: usd(5),
  reason: 'requested_by_customer',
  intentId: 'pi_1',
  askedAtMs: atMs,
  asked: 0,
};

function entryOf(step: OrderStep, changes: Partial<OrderEntry> = {}): OrderEntry {
  return {
    subject: 'ord_1',
    sequence: 5,
    step,
    from: 'paid',
    to: 'paid',
    actor: 'provider',
    atMs,
    postings: [],
    ...changes,
  };
}

async function told(step: OrderStep, now: Order = order, changes: Partial<OrderEntry> = {}) {
  const { toBuyer, toTeam } = await orderAnnouncements({
    entry: entryOf(step, changes),
    order: now,
    shop: joesCoffee,
    buyer,
    pay: async () => 'https://tender.example/order/token',
  });
  return { toBuyer: toBuyer.map(textOf), toTeam: toTeam.map(textOf), all: [...toBuyer, ...toTeam] };
}

describe('after a step of an order', () => {
  it.each<[OrderStep, Order, Partial<OrderEntry>, string]>([
    ['draft_expired', { ...order, state: 'expired' }, {}, 'was not paid in time'],
    ['draft_cancelled', order, { actor: 'shop' }, 'Joe’s Coffee took back its bill K7M-2QX.'],
    ['payment_pending', order, {}, 'Your payment of $16.68 for order K7M-2QX is under way.'],
    ['payment_declined', order, { reason: 'expired_card' }, 'The card has expired.'],
    ['order_cancelled', order, {}, 'Order K7M-2QX is cancelled. Nothing was charged.'],
    ['order_expired', order, {}, 'Nothing was charged. Your cart is kept'],
    ['paid', order, {}, 'Thank you! Joe’s Coffee has received your order K7M-2QX and $16.68.'],
    ['paid_wrongly', order, {}, 'A person is looking at it'],
    ['paid_late', { ...order, refunds: [refund] }, {}, 'going straight back: $5.00'],
    ['paid_twice', { ...order, refunds: [refund] }, {}, 'was paid twice'],
    ['preparing', order, {}, 'Joe’s Coffee is preparing your order K7M-2QX.'],
    ['ready', order, {}, 'is ready to be picked up at Joe’s Coffee.'],
    ['ready', shipped, {}, 'is on its way. Tracking: UPS 1Z999.'],
    ['fulfilled', order, {}, 'was handed over.'],
    ['fulfilled', shipped, {}, 'was delivered.'],
    ['ready_undone', order, {}, 'A correction: your order K7M-2QX is not ready yet.'],
    ['fulfilled_undone', shipped, {}, 'is not delivered yet'],
    ['cancelled_by_shop', order, {}, 'had to cancel your order K7M-2QX. Your money goes back'],
    [
      'refund_refused',
      { ...order, refundWish: { state: 'answered', wishedAtMs: atMs, refusal: 'It was hot.' } },
      {},
      'does not refund order K7M-2QX: “It was hot.”',
    ],
    ['refund_wanted', { ...order, refunds: [refund] }, {}, 'is giving you back $5.00'],
    [
      'refunded',
      { ...order, refunds: [refund] },
      { postings: [{ account: `buyer:${buyer.id}`, amount: usd(250) }] },
      '$2.50 for order K7M-2QX is on its way back to your card.',
    ],
    ['refund_failed', { ...order, refunds: [refund] }, {}, 'did not get through'],
    ['dispute_opened', order, {}, 'is disputed: $16.68. It decides'],
    ['dispute_won', order, {}, 'was decided: the payment stands.'],
    ['dispute_lost', order, {}, 'was decided: the money stays with the bank'],
  ])('%s tells the buyer (%#)', async (...[step, now, changes, words]) => {
    const { toBuyer } = await told(step, now, changes);
    expect(toBuyer[0]).toContain(words);
  });

  it.each<OrderStep>([
    'refund_wished',
    'paid',
    'paid_wrongly',
    'refund_failed',
    'dispute_opened',
    'dispute_lost',
  ])('%s tells the team, too', async (step) => {
    expect((await told(step)).toTeam.join()).toContain('K7M-2QX');
  });

  it('tells the team what to make, and the deadline of a dispute by the shop’s own days', async () => {
    expect((await told('paid')).toTeam).toEqual([
      'New order K7M-2QX by Ann Archer, to be picked up: 2 × Flat white. $16.68. Write “console” to see it.',
    ]);
    const dispute = {
      id: 'dp_1',
      state: 'needs_response',
      amount: usd(1668),
      fee: usd(1500),
      reason: 'fraudulent',
      // Three in the morning in London is the evening before in New York.
      respondBeforeMs: Date.UTC(2026, 11, 2, 3),
    } as const;
    const { toTeam, toBuyer } = await told('dispute_opened', { ...order, dispute });
    expect(toTeam.join()).toContain('Answer before December 1, 2026.');
    expect(toBuyer.join()).not.toContain('fraud');
  });

  it('has a template for whoever is away, and nothing that Messenger would refuse', async () => {
    for (const step of Object.keys(orderSteps).filter(isStep)) {
      for (const now of [order, { ...shipped, refunds: [refund] }]) {
        for (const reply of (await told(step, now)).all) {
          expect(refusalOf(reply), step).toBeUndefined();
          const [about] =
            reply.kind === 'receipt' ? ['K7M-2QX'] : (reply.utility?.parameters ?? []);
          expect(about, step).toBe('K7M-2QX');
        }
      }
    }
  });

  it('says nothing where nobody needs to hear', async () => {
    for (const step of Object.keys(orderSteps).filter(isStep).filter(isSilentStep))
      expect((await told(step)).all).toEqual([]);
    expect((await told('drafted')).all).toEqual([]);
    expect((await told('draft_cancelled', order, { actor: 'buyer' })).all).toEqual([]);
    expect((await told('refund_wanted', order, { reason: 'cancelled_by_shop' })).all).toEqual([]);
  });

  it('leads back to the bill after a refusal, but not once it is paid', async () => {
    expect((await told('payment_declined', { ...order, state: 'draft' })).all[0]).toMatchObject({
      buttons: [{ kind: 'link', title: 'Pay another way' }],
    });
    expect((await told('payment_declined')).all[0]?.kind).toBe('text');
  });
});

describe('a receipt', () => {
  const receiptIn = (reply: Reply): Receipt => {
    if (reply.kind !== 'receipt') throw new Error(`A ${reply.kind}`);
    return reply.receipt;
  };

  it('has every line, the address and sums that add up', () => {
    const receipt = receiptIn(receiptOf(shipped, { shop: joesCoffee, atMs }));
    const minor = (amount: { minor: number } | undefined) => amount?.minor ?? 0;
    const off = (receipt.discounts ?? []).reduce((sum, { amount }) => sum + amount.minor, 0);
    const lines = receipt.lines.reduce((sum, { price }) => sum + price.minor, 0);

    expect(lines).toBe(minor(receipt.subtotal));
    expect(minor(receipt.subtotal) + minor(receipt.shipping) + minor(receipt.tax) - off).toBe(
      minor(receipt.total),
    );
    expect(receipt).toMatchObject({
      recipientName: 'Ann A. Archer',
      orderNumber: 'K7M-2QX',
      paymentMethod: 'Visa •• 4242',
      merchantName: 'Joe’s Coffee',
      lines: [{ title: 'Flat white', subtitle: 'Large', quantity: 2 }, { title: 'Tip' }],
      discounts: [{ name: 'Discount TENOFF' }],
      address: { street1: '1 Main St', city: 'Springfield', state: 'IL' },
    });
  });

  it('travels as Meta wants it', () => {
    const message = buildMessage(receiptOf(shipped, { shop: joesCoffee, atMs }), 'ord_1:5:per_1:2');
    expect(message).toMatchObject({
      attachment: {
        payload: {
          template_type: 'receipt',
          merchant_name: 'Joe’s Coffee',
          elements: [
            { title: 'Flat white', subtitle: 'Large', quantity: 2, price: 10.5, currency: 'USD' },
            { title: 'Tip', price: 0.95, currency: 'USD' },
          ],
          address: {
            street_1: '1 Main St',
            city: 'Springfield',
            postal_code: '62701',
            state: 'IL',
            country: 'US',
          },
          summary: { subtotal: 11.45, shipping_cost: 5, total_tax: 1.28, total_cost: 16.68 },
          adjustments: [{ name: 'Discount TENOFF', amount: 1.05 }],
        },
      },
    });
  });
});

describe('what only a person can settle', () => {
  it.each<[OrderStep, string | undefined, boolean]>([
    ['paid_wrongly', 'amount_mismatch', true],
    ['refund_failed', undefined, true],
    ['payment_asked', 'payment_never_known', true],
    ['payment_asked', undefined, false],
    ['paid', undefined, false],
    ['dispute_opened', undefined, false],
  ])('%s (%s): %s', (...[step, reason, expected]) => {
    expect(orderNeedsAPerson(entryOf(step, reason === undefined ? {} : { reason }))).toBe(expected);
  });
});

describe('in the threads', () => {
  it('each step is told once, however often the journal brings it, and to the thread of the order', async () => {
    const thread = await openShopThread();
    const joe = await thread.owner();
    const ann = thread.customer();
    await ann.says('two flat whites');
    await ann.says('checkout');
    const { id, number } = await ann.pays();
    for (const step of ['preparing', 'ready', 'fulfilled'] as const)
      await moveOrder(thread.world, { orderId: id, step });
    await refundOrder(thread.world, {
      orderId: id,
      amount: usd(100),
      reason: 'requested_by_customer',
      madeBy: 'm_1',
    });
    await thread.tell();
    thread.town.time.nowMs += 60_000;
    await thread.town.later(0);
    await thread.tell();
    const heard = [ann.heard(), joe.heard()];
    expect(ann.hears()).toMatch(
      /has received your order[^]*Receipt[^]*preparing[^]*ready to be picked up[^]*handed over[^]*giving you back \$1\.00[^]*\$1\.00 for order/u,
    );
    expect(joe.heard().filter((each) => each.includes(`New order ${number}`))).toHaveLength(1);

    for (const entry of thread.town.entries) await announceEntry(thread.world, entry);
    for (const entry of thread.town.entries.toReversed()) await announceEntry(thread.world, entry);

    expect([ann.heard(), joe.heard()]).toEqual(heard);
  });

  it('who pays a bill outside of Messenger is told nothing there, whatever becomes of it', async () => {
    const thread = await openShopThread();
    const nobodys = await standingOrder(thread.town, { source: 'payment_request' }, 'nobodys');
    const told = {
      subject: nobodys.id,
      sequence: 1,
      atMs,
      actor: 'provider',
      postings: [],
    } as const;
    for (const step of ['payment_declined', 'order_expired', 'paid'] as const)
      await announceEntry(thread.world, { ...told, step, from: 'awaiting_payment', to: 'draft' });

    expect(thread.sent).toEqual([]);
  });

  it('an owner who buys from their own shop hears of it as a buyer, and not as the team too', async () => {
    const thread = await openShopThread();
    const joe = await thread.owner();
    await joe.says('two flat whites');
    await joe.says('checkout');
    const { number } = await joe.pays();
    await thread.tell();

    expect(joe.heard().join(' ')).toContain('has received your order');
    expect(joe.heard().filter((each) => each.includes(`New order ${number}`))).toEqual([]);
  });

  it('a buyer who is away gets the template, and the rest when they write', async () => {
    const thread = await openShopThread();
    const ann = thread.customer();
    await ann.says('two flat whites');
    await ann.says('checkout');
    const { id, number } = await ann.pays();
    thread.town.time.nowMs += 2 * dayMs;
    await moveOrder(thread.world, { orderId: id, step: 'ready' });
    await thread.tell();
    expect(thread.sent.at(-1)).toMatchObject({
      isWindowOpen: false,
      reply: {
        utility: { name: 'order_update', parameters: [number, 'ready to be picked up'] },
      },
    });
    ann.hears();
    await ann.says('hi');
    expect(ann.hears()).toContain(`[${number} · $9.80 · ready to be picked up`);
  });

  it('a bill that the shop sends has its lines, its end and a way to pay it or not', async () => {
    const thread = await openShopThread();
    const ann = thread.customer();
    await ann.says('hi');
    ann.hears();
    await draftOrder(thread.world, {
      shop: await thread.town.shop(),
      buyer: await ann.person(),
      address: { pageId: '2000', psid: ann.psid },
      wish: {
        lines: [{ productId: 'prd_mug', choices: [], quantity: 1 }],
        handover: { kind: 'pick_up' },
        tipPercent: 0,
      },
      madeBy: 'api_1',
      source: 'payment_request',
    });
    await thread.tell();
    expect(ann.hears()).toMatch(
      /Joe’s Coffee sent you a bill[^]*1 × Mug · \$18\.00[^]*You pay \$19\.60/u,
    );
    expect(ann.link('Review and pay')).toContain('/order/');
    await ann.taps('No, thanks');
    expect((await ann.orders())[0]?.state).toBe('cancelled');
  });

  it('one person whom Messenger refuses for now holds up nobody else', async () => {
    const thread = await openShopThread();
    const joe = await thread.owner();
    const ann = thread.customer();
    await ann.says('a mug');
    await ann.says('checkout');
    thread.failNextSend({ kind: 'later', why: 'busy' });
    const { number } = await ann.pays();
    expect(joe.hears()).toContain(`New order ${number}`);
  });
});

function isStep(step: string): step is OrderStep {
  return Object.hasOwn(orderSteps, step);
}

function refusalOf(reply: Reply) {
  const checked = checkLimits(messageRequest, {
    recipient: { id: '1' },
    messaging_type: 'RESPONSE',
    message: JSON.parse(JSON.stringify(buildMessage(reply, 'ord_1:5:per_1:1'))),
  });
  return checked.kind === 'refused' ? checked.refusal : undefined;
}
