// One of everything that shops keep, with every field that it can have.
import type { Conversation } from '../../lambdas/domain/chat/conversation.ts';
import type { OutboxItem } from '../../lambdas/domain/chat/ports.ts';
import type { Receipt } from '../../lambdas/domain/chat/reply.ts';
import type { Link } from '../../lambdas/domain/links/link.ts';
import type { Order } from '../../lambdas/domain/orders/order.ts';
import type { OrderEntry } from '../../lambdas/domain/orders/ports.ts';
import type { Picture } from '../../lambdas/domain/shops/picture.ts';
import type { Product } from '../../lambdas/domain/shops/product.ts';
import type { Shop } from '../../lambdas/domain/shops/shop.ts';
import {
  conversationItem,
  outboxItem,
  waitingThreadItem,
} from '../../lambdas/adapters/dynamodb/items/chat.ts';
import { orderEntryItem } from '../../lambdas/adapters/dynamodb/items/journal.ts';
import { pictureItem } from '../../lambdas/adapters/dynamodb/items/pictures.ts';
import { linkItem } from '../../lambdas/adapters/dynamodb/items/links.ts';
import {
  orderIntentItem,
  orderItem,
  orderNumberItem,
} from '../../lambdas/adapters/dynamodb/items/orders.ts';
import {
  catalogPlaceItem,
  categoryPlaceItem,
  productItem,
  savedCardItem,
  searchWordItem,
  shopAccountItem,
  shopItem,
  shopPageItem,
  stockItem,
} from '../../lambdas/adapters/dynamodb/items/shops.ts';
import { kept, type Kept } from './kept.ts';

const address = { pageId: '2000', psid: '7000000000000002' };
const usd = (minor: number) => ({ minor, currency: 'USD' }) as const;
const atMs = Date.UTC(2026, 10, 22, 12);
const card = { brand: 'visa', last4: '4242' };

const shop: Required<Shop> = {
  id: 'shp_joe',
  version: 4,
  pageId: '2000',
  name: 'Joe’s Coffee',
  currency: 'USD',
  country: 'US',
  timeZone: 'America/New_York',
  isPaused: false,
  account: { accountId: 'acct_joe', status: 'restricted', missing: ['a tax id'] },
  categories: ['Coffee', 'Food'],
  acceptedBrands: ['visa', 'mastercard', 'american_express', 'discover'],
  hours: [[], [{ from: 480, to: 1080 }], [], [], [], [], [{ from: 540, to: 1440 }]],
  taxPercent: 8.875,
  offersPickUp: true,
  shipping: [{ id: 'std', name: 'Standard', price: usd(500) }],
  shipsTo: ['US'],
  tips: [10, 15, 20],
  promotions: [
    { code: 'TEN', off: { kind: 'percent', percent: 10 }, endsAtMs: atMs },
    { code: 'FIVE', off: { kind: 'amount', amount: usd(500) } },
  ],
  feePercent: 1.5,
  lastWord: { url: 'https://joe.example/last-word', secret: 'whsec_1' },
  team: [{ personId: 'per_joe', name: 'Joe', role: 'owner', addedAtMs: atMs }],
  invites: [{ fingerprint: 'f4', role: 'staff', expiresAtMs: atMs }],
  ownerCode: 'f5',
  createdAtMs: atMs,
};

const picture: Required<Picture> = {
  id: 'pic_abcdefghij234567abcd',
  shopId: 'shp_joe',
  type: 'image/webp',
  width: 640,
  height: 480,
  bytes: new Uint8Array([0, 82, 73, 70, 70, 255]),
  addedAtMs: atMs,
  expiresAtMs: atMs + 86_400_000,
};

const product: Required<Product> = {
  id: 'prd_1',
  shopId: 'shp_joe',
  version: 2,
  name: 'Flat white',
  description: 'Two shots, little foam',
  imageUrl: 'https://joe.example/flat-white.png',
  category: 'Coffee',
  sku: 'FW-1',
  price: usd(450),
  options: [
    {
      name: 'Size',
      choices: [
        { name: 'Small', extra: usd(0) },
        { name: 'Large', extra: usd(75) },
      ],
    },
  ],
  isActive: true,
  createdAtMs: atMs,
  updatedAtMs: atMs,
};

const line = { productId: 'prd_1', choices: ['Large'], quantity: 2 } as const;

/** Of an entry, over the one before. */
const seal = 'm0bYfJQ2c1n8Vt5xWz7LrK9pDhGsEaUoIiTqXyZvB3A';

const order: Required<Omit<Order, 'refundWish' | 'sent' | 'payerEmail' | 'seal'>> = {
  id: 'ord_1',
  version: 7,
  state: 'fulfilled',
  number: 'K7M-2QX',
  shopId: 'shp_joe',
  buyerId: 'per_ann',
  address,
  buyerName: 'Ann Hill',
  wish: {
    lines: [line],
    handover: {
      kind: 'shipping',
      optionId: 'std',
      to: {
        name: 'Ann Hill',
        street1: '1 Main Street',
        street2: 'Apt 2',
        city: 'New York',
        state: 'NY',
        postalCode: '10001',
        country: 'US',
      },
    },
    tipPercent: 15,
    promotionCode: 'TEN',
    note: 'no foam 🙏',
  },
  bill: {
    lines: [{ ...line, name: 'Flat white', unitPrice: usd(525), amount: usd(1050) }],
    goods: usd(1050),
    discount: usd(105),
    shipping: usd(500),
    tax: usd(128),
    tip: usd(142),
    total: usd(1715),
  },
  fee: usd(26),
  method: 'checkout',
  attempt: 2,
  trail: {
    accountId: 'acct_joe',
    sessionId: 'cs_1',
    checkoutUrl: 'https://checkout.example/cs_1',
    intentId: 'pi_1',
    chargeId: 'ch_1',
    card,
    customerId: 'cus_1',
    instrumentId: 'pm_1',
    taken: usd(1715),
  },
  closing: 'expire',
  isStockReserved: true,
  refunds: [
    {
      id: 'rfd_1',
      state: 'done',
      amount: usd(525),
      feeBack: usd(8),
      reason: 'requested_by_customer',
      intentId: 'pi_1',
      providerRefundId: 're_1',
      askedAtMs: atMs,
      asked: 1,
    },
  ],
  dispute: {
    id: 'dp_1',
    state: 'needs_response',
    amount: usd(1190),
    fee: usd(1500),
    reason: 'product_not_received',
    respondBeforeMs: atMs,
    evidenceSentAtMs: atMs,
  },
  tracking: { carrier: 'UPS', number: '1Z999', url: 'https://ups.example/1Z999' },
  source: 'payment_request',
  asked: 0,
  createdAtMs: atMs,
  paidAtMs: atMs,
  fulfilledAtMs: atMs,
  payBeforeMs: atMs,
  dueAtMs: atMs,
  reason: 'a_reason',
};

/** A bill that went out as a link, with a line of the shop's own, and was paid without a thread. */
const sentBill: Order = {
  id: 'ord_2',
  version: 5,
  state: 'paid',
  number: 'F3R-WKD',
  shopId: 'shp_joe',
  buyerId: 'per_nobody1',
  buyerName: 'Carl Hall',
  payerEmail: 'carl@example.com',
  wish: {
    lines: [line],
    customLines: [
      { name: 'Deposit for the hall', quantity: 1, unitPrice: usd(5000), isTaxed: false },
    ],
    handover: { kind: 'pick_up' },
    tipPercent: 0,
  },
  bill: {
    lines: [
      { ...line, name: 'Flat white', unitPrice: usd(525), amount: usd(1050) },
      {
        choices: [],
        quantity: 1,
        name: 'Deposit for the hall',
        unitPrice: usd(5000),
        amount: usd(5000),
        isUntaxed: true,
      },
    ],
    goods: usd(6050),
    discount: usd(0),
    shipping: usd(0),
    tax: usd(93),
    tip: usd(0),
    total: usd(6143),
  },
  fee: usd(92),
  method: 'checkout',
  attempt: 1,
  trail: { accountId: 'acct_joe', sessionId: 'cs_2', intentId: 'pi_2', chargeId: 'ch_2', card },
  isStockReserved: true,
  refunds: [],
  source: 'payment_request',
  sent: {
    endsAtMs: atMs,
    isByLink: true,
    note: 'See you on Friday',
    holder: 'f6',
    remindedAtMs: atMs,
  },
  asked: 0,
  createdAtMs: atMs,
  paidAtMs: atMs,
  payBeforeMs: atMs,
};

const orderEntry: Required<Omit<OrderEntry, 'seal'>> = {
  subject: 'ord_1',
  sequence: 4,
  step: 'paid',
  from: 'awaiting_payment',
  to: 'paid',
  actor: 'provider',
  atMs,
  postings: [
    { account: 'buyer:per_ann', amount: usd(-1715) },
    { account: 'shop:shp_joe', amount: usd(1419) },
    { account: 'tax:shp_joe', amount: usd(128) },
    { account: 'tips:shp_joe', amount: usd(142) },
    { account: 'tender:fees', amount: usd(26) },
    { account: 'provider:dispute_fees', amount: usd(0) },
  ],
  reason: 'a_reason',
  dueAtMs: atMs,
};

const conversation: Required<Conversation> = {
  address,
  version: 9,
  personId: 'per_ann',
  lastInboundAtMs: atMs,
  pending: { kind: 'which_choice', productId: 'prd_1', quantity: 2, chosen: ['Large'] },
  claimCode: 'c0de',
  cart: { lines: [line], orderId: 'ord_1' },
};

const receipt: Required<Receipt> = {
  recipientName: 'Ann Hill',
  orderNumber: 'K7M-2QX',
  paymentMethod: 'Visa ····4242',
  atMs,
  lines: [
    {
      title: 'Flat white',
      subtitle: 'Large',
      quantity: 2,
      price: usd(1050),
      imageUrl: 'https://joe.example/flat-white.png',
    },
  ],
  merchantName: 'Joe’s Coffee',
  address: {
    street1: '1 Main Street',
    street2: 'Apt 2',
    city: 'New York',
    postalCode: '10001',
    state: 'NY',
    country: 'US',
  },
  subtotal: usd(1050),
  shipping: usd(500),
  tax: usd(128),
  discounts: [{ name: 'TEN', amount: usd(105) }],
  total: usd(1573),
};

const bubble: OutboxItem = {
  id: 'ord_1:4:per_ann:1',
  version: 1,
  to: address,
  state: 'sending',
  reply: {
    kind: 'receipt',
    receipt,
    utility: { name: 'order_update', parameters: ['K7M-2QX'] },
    handsOver: true,
  },
  attempts: 1,
  atMs,
  lastAttemptAtMs: atMs,
};

const link: Link = {
  fingerprint: 'f6',
  version: 1,
  purpose: { kind: 'order', orderId: 'ord_1' },
  personId: 'per_ann',
  address,
  createdAtMs: atMs,
  expiresAtMs: atMs,
};

const shopId = 'shp_joe';
const productId = 'prd_1';
const { name, category } = product;

export const everyShopThing: readonly Kept[] = [
  kept('shop', shopItem, shop),
  kept('shop-page', shopPageItem, { pageId: '2000', shopId }),
  kept('shop-account', shopAccountItem, { accountId: 'acct_joe', shopId }),
  kept('product', productItem, product),
  kept('catalog-place', catalogPlaceItem, { shopId, productId, createdAtMs: atMs }),
  kept('category-place', categoryPlaceItem, { shopId, productId, category, name }),
  kept('search-word', searchWordItem, { shopId, productId, word: 'flat' }),
  kept('picture', pictureItem, picture),
  kept('stock', stockItem, { shopId, productId, level: 7 }),
  kept('saved-card', savedCardItem, {
    shopId,
    buyerId: 'per_ann',
    customerId: 'cus_1',
    instrument: { id: 'pm_1', ...card },
  }),
  kept('saved-card-of-an-order', savedCardItem, {
    shopId,
    buyerId: 'per_ann',
    customerId: 'cus_1',
    instrument: { id: 'pm_1', ...card },
    orderMadeAtMs: atMs,
  }),
  kept('order', orderItem, order),
  kept('sealed-order', orderItem, { ...order, seal }),
  kept('order-by-a-link', orderItem, sentBill),
  kept('order-with-a-wish', orderItem, {
    ...order,
    refundWish: {
      state: 'answered',
      wishedAtMs: atMs,
      words: 'It was cold',
      refusal: 'It left us hot',
    },
  }),
  kept('order-journal-entry', orderEntryItem, orderEntry),
  kept('sealed-order-journal-entry', orderEntryItem, { ...orderEntry, seal }),
  kept('order-number', orderNumberItem, { shopId, number: 'K7M-2QX', orderId: 'ord_1' }),
  kept('order-intent', orderIntentItem, { intentId: 'pi_1', orderId: 'ord_1' }),
  kept('conversation-at-a-shop', conversationItem, conversation),
  kept('outbox-receipt-of-a-shop', outboxItem, bubble),
  kept('conversation-stuck-with-the-shop', conversationItem, {
    ...conversation,
    pending: { kind: 'with_the_shop', isStuck: true },
  }),
  kept('outbox-taking-back', outboxItem, {
    ...bubble,
    id: 'm_1:1',
    reply: { kind: 'text', text: 'I am back.', takesBack: true, ifShared: 'I answer again.' },
  }),
  kept('waiting-thread', waitingThreadItem, { address, lastInboundAtMs: atMs }),
  kept('link-to-an-order', linkItem, link),
  kept('link-to-a-bill', linkItem, {
    ...link,
    purpose: { kind: 'bill', orderId: 'ord_2' },
    address: { pageId: '2000', psid: '' },
  }),
  kept('link-to-a-console', linkItem, { ...link, purpose: { kind: 'console', shopId } }),
];
