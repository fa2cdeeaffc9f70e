// One of everything that is kept, with every field that it can have: what golden items are made of.
import type { Conversation } from '../../lambdas/domain/chat/conversation.ts';
import type { OutboxItem } from '../../lambdas/domain/chat/ports.ts';
import type { Link } from '../../lambdas/domain/links/link.ts';
import type { Payment } from '../../lambdas/domain/payments/payment.ts';
import type { PaymentEntry } from '../../lambdas/domain/payments/ports.ts';
import type { Person } from '../../lambdas/domain/people/person.ts';
import type { MoneyRequest, RequestEntry } from '../../lambdas/domain/requests/money-request.ts';
import {
  conversationItem,
  handledEventItem,
  outboxItem,
} from '../../lambdas/adapters/dynamodb/items/chat.ts';
import {
  paymentEntryItem,
  requestEntryItem,
} from '../../lambdas/adapters/dynamodb/items/journal.ts';
import {
  passkeyChallengeItem,
  passkeyItem,
} from '../../lambdas/adapters/dynamodb/items/passkeys.ts';
import { consoleSessionItem } from '../../lambdas/adapters/dynamodb/items/console-sessions.ts';
import { linkItem } from '../../lambdas/adapters/dynamodb/items/links.ts';
import {
  claimCodeItem,
  paymentItem,
  providerEventItem,
  spendingItem,
} from '../../lambdas/adapters/dynamodb/items/payments.ts';
import {
  addressItem,
  blockItem,
  contactItem,
  handleItem,
  nameItem,
  personItem,
  pinItem,
  reportItem,
} from '../../lambdas/adapters/dynamodb/items/people.ts';
import { requestItem } from '../../lambdas/adapters/dynamodb/items/requests.ts';
import { everyMerchantThing } from './every-merchant-thing.ts';
import { everyShopThing } from './every-shop-thing.ts';
import { kept, type Kept } from './kept.ts';

const address = { pageId: '1000', psid: '7000000000000001' };
const usd = (minor: number) => ({ minor, currency: 'USD' }) as const;
const atMs = Date.UTC(2026, 10, 22, 12);

/** In the wallet or at a shop: nobody is joined to, and joined. */
const person: Required<Omit<Person, 'joined' | 'joinedTo'>> = {
  id: 'per_ann',
  version: 3,
  addresses: [address],
  name: 'Ann Hill',
  handle: 'ann',
  locale: 'en-US',
  currency: 'USD',
  level: 'known',
  findableByName: true,
  customerId: 'cus_1',
  instruments: [{ id: 'pm_1', brand: 'visa', last4: '4242' }],
  recipientAccount: { accountId: 'acct_1', status: 'ready' },
  createdAtMs: atMs,
  termsAcceptedAtMs: atMs,
  stoppedAtMs: atMs,
  deletionRequestedAtMs: atMs,
};

/** Of an entry, over the one before. */
const seal = 'm0bYfJQ2c1n8Vt5xWz7LrK9pDhGsEaUoIiTqXyZvB3A';

const payment: Required<Omit<Payment, 'seal'>> = {
  id: 'pay_1',
  version: 5,
  state: 'held',
  payerId: 'per_ann',
  payee: { kind: 'person', personId: 'per_bob' },
  amount: usd(2000),
  fee: usd(50),
  note: 'lunch 🍕',
  requestId: 'req_1',
  isFirstToPayee: true,
  instrument: { id: 'pm_1', brand: 'visa', last4: '4242' },
  trail: {
    intentId: 'pi_1',
    chargeId: 'ch_1',
    payOutId: 'tr_1',
    refundId: 're_1',
    reversalId: 'trr_1',
    disputeId: 'dp_1',
  },
  payOutAttempt: 1,
  asked: 0,
  createdAtMs: atMs,
  confirmedAtMs: atMs,
  heldAtMs: atMs,
  claimBeforeMs: atMs,
  remindedAtMs: atMs,
  paidAtMs: atMs,
  dueAtMs: atMs,
  reason: 'insufficient_funds',
};

const paymentEntry: Required<Omit<PaymentEntry, 'seal'>> = {
  subject: 'pay_1',
  sequence: 5,
  step: 'charged',
  from: 'charging',
  to: 'held',
  actor: 'provider',
  atMs,
  postings: [
    { account: 'payer:per_ann', amount: usd(-2050) },
    { account: 'held:pay_1', amount: usd(2000) },
    { account: 'tender:fees', amount: usd(50) },
  ],
  reason: 'a_reason',
  dueAtMs: atMs,
};

const request: Required<Omit<MoneyRequest, 'seal'>> = {
  id: 'req_1',
  version: 2,
  state: 'paying',
  askerId: 'per_bob',
  payerId: 'per_ann',
  amount: usd(2000),
  note: 'lunch',
  createdAtMs: atMs,
  expiresAtMs: atMs,
  remindedAtMs: atMs,
  paymentId: 'pay_1',
  acceptances: 1,
  dueAtMs: atMs,
};

const requestEntry: Required<Omit<RequestEntry, 'seal'>> = {
  subject: 'req_1',
  sequence: 2,
  step: 'accepted',
  from: 'open',
  to: 'paying',
  actor: 'payer',
  atMs,
  postings: [],
  reason: 'a_reason',
  dueAtMs: atMs,
};

const conversation: Required<Omit<Conversation, 'cart'>> = {
  address,
  version: 9,
  personId: 'per_ann',
  lastInboundAtMs: atMs,
  pending: {
    kind: 'which_person',
    intent: { purpose: 'send', note: 'lunch' },
    amount: usd(2000),
    choices: ['per_bob', 'per_bea'],
  },
  claimCode: 'c0de',
};

const bubble: Required<OutboxItem> = {
  id: 'm_1:1',
  version: 2,
  to: address,
  state: 'doubtful',
  reply: {
    kind: 'text',
    text: 'Send it?',
    quickReplies: [{ title: 'Yes', payload: 'yes' }],
    utility: { name: 'payment_update', parameters: ['$20'] },
  },
  attempts: 1,
  atMs,
  lastAttemptAtMs: atMs,
  messageId: 'm_2',
  why: 'timed out',
};

const link: Required<Link> = {
  fingerprint: 'f1',
  version: 2,
  purpose: { kind: 'pay', paymentId: 'pay_1' },
  personId: 'per_ann',
  address,
  createdAtMs: atMs,
  expiresAtMs: atMs,
  boundTo: 'f2',
  usedAtMs: atMs,
};

const personId = 'per_ann';

export const everyThing: readonly Kept[] = [
  kept('person', personItem, person),
  kept('person-with-shops', personItem, {
    ...person,
    joined: [{ shopId: 'shp_joe', personId: 'per_ann_at_joes' }],
  }),
  kept('person-at-a-shop', personItem, {
    id: 'per_ann_at_joes',
    version: 2,
    addresses: [{ pageId: '2000', psid: '7000000000000002' }],
    locale: 'en-US',
    currency: 'USD',
    level: 'new',
    findableByName: true,
    instruments: [],
    createdAtMs: atMs,
    joinedTo: { personId, atMs },
  }),
  kept('address', addressItem, { address, personId }),
  kept('handle', handleItem, { handle: 'ann', personId }),
  kept('name', nameItem, { nameKey: 'ann hill', personId }),
  kept('contact', contactItem, { ownerId: personId, personId: 'per_bob', lastPaidAtMs: atMs }),
  kept('block', blockItem, { ownerId: personId, blockedId: 'per_eve', atMs }),
  kept('pin', pinItem, {
    personId,
    version: 4,
    salt: 'c2FsdA',
    hash: 'aGFzaA',
    failures: 2,
    lockedUntilMs: atMs,
  }),
  kept('report', reportItem, {
    id: 'rep_1',
    reporterId: personId,
    reportedId: 'per_eve',
    reason: 'rude',
    paymentId: 'pay_1',
    atMs,
  }),
  kept('conversation', conversationItem, conversation),
  kept('conversation-about-joining', conversationItem, {
    address,
    version: 9,
    personId,
    lastInboundAtMs: atMs,
    pending: { kind: 'join_address', fingerprint: 'f7' },
  }),
  kept('conversation-after-adding', conversationItem, {
    address,
    version: 9,
    personId,
    lastInboundAtMs: atMs,
    pending: {
      kind: 'just_added',
      line: { productId: 'prd_1', choices: ['Large'], quantity: 2 },
    },
  }),
  kept('handled-event', handledEventItem, { eventId: 'm_1', address, atMs }),
  kept('outbox-item', outboxItem, bubble),
  kept('link', linkItem, link),
  kept('link-that-joins', linkItem, {
    fingerprint: 'f7',
    version: 2,
    purpose: { kind: 'join', shopId: 'shp_joe', joinerId: personId },
    personId: 'per_ann_at_joes',
    address: { pageId: '2000', psid: '7000000000000002' },
    createdAtMs: atMs,
    expiresAtMs: atMs,
  }),
  kept('console-session', consoleSessionItem, {
    fingerprint: 'f3',
    version: 2,
    shopId: 'shp_joe',
    personId,
    createdAtMs: atMs,
    lastUsedAtMs: atMs + 1000,
  }),
  kept('passkey', passkeyItem, {
    memberId: 'mem_1',
    credentialId: 'Y3JlZA',
    version: 3,
    personId,
    shopId: 'shp_joe',
    name: 'Phone at the counter',
    publicKey: 'cHVibGlj',
    counter: 2,
    createdAtMs: atMs,
    lastUsedAtMs: atMs + 1000,
  }),
  kept('passkey-challenge', passkeyChallengeItem, {
    fingerprint: 'f4',
    purpose: 'sign_in',
    boundTo: 'f5',
    expiresAtMs: atMs,
  }),
  kept('payment', paymentItem, payment),
  kept('sealed-payment', paymentItem, { ...payment, seal }),
  kept('request', requestItem, request),
  kept('sealed-request', requestItem, { ...request, seal }),
  kept('payment-journal-entry', paymentEntryItem, paymentEntry),
  kept('sealed-payment-journal-entry', paymentEntryItem, { ...paymentEntry, seal }),
  kept('request-journal-entry', requestEntryItem, requestEntry),
  kept('sealed-request-journal-entry', requestEntryItem, { ...requestEntry, seal }),
  kept('spending', spendingItem, {
    personId,
    version: 7,
    days: { '2026-11-22': { USD: 2000, JPY: 500 }, '2026-11-21': {} },
  }),
  kept('claim-code', claimCodeItem, { claimCode: 'c0de', paymentId: 'pay_1' }),
  kept('provider-event', providerEventItem, { eventId: 'evt_1', atMs, settledHow: 'moved_on' }),
  ...everyShopThing,
  ...everyMerchantThing,
];
