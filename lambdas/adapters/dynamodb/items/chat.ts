// Items of a thread: what an address was last asked, which events were handled, what is on its way to be said.
import * as z from 'zod/mini';
import type { OutboxItem } from '../../../domain/chat/ports.ts';
import type { Conversation } from '../../../domain/chat/conversation.ts';
import type { Address } from '../../../domain/people/address.ts';
import { itemFormat } from '../item-format.ts';
import { conversationKey, handledKey, outboxKey, waitingThreadKey } from '../keys.ts';
import { expiresAfterDays } from './expiry.ts';
import { cart } from './orders.ts';
import { address, maybe, moment, money, personId, productId, version } from './values.ts';

const quickReply = z.object({ title: z.string(), payload: z.string() });

const button = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('link'), title: z.string(), url: z.string() }),
  z.object({ kind: z.literal('action'), title: z.string(), payload: z.string() }),
]);

const card = z.object({
  title: z.string(),
  subtitle: maybe(z.string()),
  imageUrl: maybe(z.string()),
  buttons: z.array(button),
});

const receipt = z.object({
  recipientName: z.string(),
  orderNumber: z.string(),
  paymentMethod: z.string(),
  atMs: moment,
  lines: z.array(
    z.object({
      title: z.string(),
      subtitle: maybe(z.string()),
      quantity: maybe(z.int()),
      price: money,
      imageUrl: maybe(z.string()),
    }),
  ),
  merchantName: maybe(z.string()),
  address: maybe(
    z.object({
      street1: z.string(),
      street2: maybe(z.string()),
      city: z.string(),
      postalCode: z.string(),
      state: maybe(z.string()),
      country: z.string(),
    }),
  ),
  subtotal: maybe(money),
  shipping: maybe(money),
  tax: maybe(money),
  discounts: maybe(z.array(z.object({ name: z.string(), amount: money }))),
  total: money,
});

const utility = maybe(
  z.object({
    name: z.enum(['payment_update', 'payment_waiting', 'request_update', 'order_update']),
    parameters: z.array(z.string()),
  }),
);

const handsOver = maybe(z.literal(true));
const takesBack = maybe(z.literal(true));
const ifShared = maybe(z.string());

const reply = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('text'),
    text: z.string(),
    quickReplies: maybe(z.array(quickReply)),
    utility,
    handsOver,
    takesBack,
    ifShared,
  }),
  z.object({
    kind: z.literal('buttons'),
    text: z.string(),
    buttons: z.array(button),
    utility,
    handsOver,
    takesBack,
    ifShared,
  }),
  z.object({
    kind: z.literal('cards'),
    cards: z.array(card),
    utility,
    handsOver,
    takesBack,
    ifShared,
  }),
  z.object({ kind: z.literal('receipt'), receipt, utility, handsOver, takesBack, ifShared }),
]);

const intent = z.object({ purpose: z.enum(['send', 'request']), note: maybe(z.string()) });

const pending = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('which_person'),
    intent,
    amount: money,
    choices: z.array(personId),
  }),
  z.object({
    kind: z.literal('which_amount'),
    intent,
    readings: z.array(money),
    who: z.string(),
  }),
  z.object({
    kind: z.literal('which_purpose'),
    amount: money,
    note: maybe(z.string()),
    who: z.string(),
  }),
  z.object({ kind: z.literal('choose_handle') }),
  z.object({ kind: z.literal('accept_terms') }),
  z.object({ kind: z.literal('confirm_deletion') }),
  z.object({ kind: z.literal('join_address'), fingerprint: z.string() }),
  z.object({
    kind: z.literal('which_product'),
    said: z.string(),
    quantity: z.int(),
    choices: z.array(productId),
  }),
  z.object({
    kind: z.literal('which_choice'),
    productId,
    quantity: z.int(),
    chosen: z.array(z.string()),
  }),
  z.object({
    kind: z.literal('just_added'),
    line: z.object({ productId, choices: z.array(z.string()), quantity: z.int() }),
  }),
  z.object({ kind: z.literal('with_the_shop'), isStuck: maybe(z.literal(true)) }),
]);

export const conversationItem = itemFormat({
  entity: 'Conversation',
  keys: ({ address }: Conversation) => conversationKey(address),
  schema: z.object({
    address,
    version,
    personId: maybe(personId),
    lastInboundAtMs: moment,
    pending: maybe(pending),
    claimCode: maybe(z.string()),
    cart: maybe(cart),
  }),
});

/** A day after their last word the thread is ours again; the rest is for clocks that differ. */
const waitingDays = 2;

/** That a Page's people may have this thread: the conversation knows whether they do. */
export const waitingThreadItem = itemFormat({
  entity: 'WaitingThread',
  keys: ({ address, lastInboundAtMs }: Pick<Conversation, 'address' | 'lastInboundAtMs'>) => ({
    ...waitingThreadKey(address),
    ...expiresAfterDays(waitingDays, lastInboundAtMs),
  }),
  schema: z.object({ address, lastInboundAtMs: moment }),
});

/** Longer than Meta or a queue ever delivers an event again. */
export const handledDays = 30;

export const handledEventItem = itemFormat({
  entity: 'HandledEvent',
  keys: ({ address, eventId, atMs }: { eventId: string; address: Address; atMs: number }) => ({
    ...handledKey(address, eventId),
    ...expiresAfterDays(handledDays, atMs),
  }),
  schema: z.object({ eventId: z.string(), address, atMs: moment }),
});

export const outboxDays = 30;

export const outboxItem = itemFormat({
  entity: 'OutboxItem',
  keys: ({ id, atMs, lastAttemptAtMs }: OutboxItem) => ({
    ...outboxKey(id),
    ...expiresAfterDays(outboxDays, lastAttemptAtMs ?? atMs),
  }),
  schema: z.object({
    id: z.string(),
    version,
    to: address,
    state: z.enum(['waiting', 'sending', 'doubtful', 'sent', 'undeliverable']),
    reply: maybe(reply),
    attempts: z.int(),
    atMs: moment,
    lastAttemptAtMs: maybe(moment),
    messageId: maybe(z.string()),
    why: maybe(z.string()),
  }),
});
