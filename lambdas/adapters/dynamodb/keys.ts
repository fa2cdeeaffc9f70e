// Every key of both tables, in one place: what is looked up by what.
import { createHash } from 'node:crypto';
import type { MemberId } from '../../domain/console/passkey.ts';
import type { OrderId, OrderState } from '../../domain/orders/order.ts';
import type { PaymentId } from '../../domain/payments/payment.ts';
import type { Address } from '../../domain/people/address.ts';
import type { PersonId } from '../../domain/people/person.ts';
import type { RequestId } from '../../domain/requests/request-id.ts';
import type { PictureId } from '../../domain/shops/picture.ts';
import type { ProductId } from '../../domain/shops/product.ts';
import type { ShopId } from '../../domain/shops/shop.ts';

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** No `#` and no `:`, which join parts, and no `~`, which marks a digest. */
const safePart = /^[\w.@+=-]{1,100}$/;

/**
 * Text from outside as part of a key: as it is where that is safe and short, else a digest. Keys so stay within
 * DynamoDB's 1,024 and 2,048 bytes, and no text can pass for two parts.
 */
export function part(text: string): string {
  if (safePart.test(text)) return text;
  return `~${createHash('sha256').update(text.toWellFormed()).digest('base64url')}`;
}

const addressPart = ({ pageId, psid }: Address): string => `ADDRESS#${part(pageId)}:${part(psid)}`;
const personPart = (id: PersonId): string => `PERSON#${part(id)}`;
const paymentPart = (id: PaymentId): string => `PAY#${part(id)}`;
const requestPart = (id: RequestId): string => `REQ#${part(id)}`;
const orderPart = (id: OrderId): string => `ORDER#${part(id)}`;
const shopPart = (id: ShopId): string => `SHOP#${part(id)}`;

// Users

export const personKey = (id: PersonId): Key => ({ pk: personPart(id), sk: 'PERSON' });

export const addressKey = (address: Address): Key => ({ pk: addressPart(address), sk: 'ADDRESS' });

export const handleKey = (handle: string): Key => ({ pk: `HANDLE#${part(handle)}`, sk: 'HANDLE' });

export const nameKey = (name: string, id: PersonId): Key => ({
  pk: `NAME#${part(name)}`,
  sk: part(id),
});

export const contactPrefix = 'CONTACT#';
export const contactKey = (owner: PersonId, contact: PersonId): Key => ({
  pk: personPart(owner),
  sk: `${contactPrefix}${part(contact)}`,
});

export const blockPrefix = 'BLOCK#';
export const blockKey = (owner: PersonId, blocked: PersonId): Key => ({
  pk: personPart(owner),
  sk: `${blockPrefix}${part(blocked)}`,
});

export const pinKey = (id: PersonId): Key => ({ pk: personPart(id), sk: 'PIN' });

/** Of one reporter about one payment, or about the person as such. */
export const reportKey = (report: {
  reportedId: PersonId;
  reporterId: PersonId;
  paymentId?: string;
}): Key => ({
  pk: personPart(report.reportedId),
  sk: `REPORT#${part(report.reporterId)}#${report.paymentId === undefined ? '' : part(report.paymentId)}`,
});

export const conversationKey = (address: Address): Key => ({
  pk: addressPart(address),
  sk: 'CONVERSATION',
});

export const handledKey = (address: Address, eventId: string): Key => ({
  pk: addressPart(address),
  sk: `HANDLED#${part(eventId)}`,
});

/** All bubbles of one group lie together, in the order in which they are to be said. */
export const outboxGroup = (group: string): string => `OUTBOX#${part(group)}`;

/** The number after the last colon of an outbox id orders; an id that is not of ours is a group of its own. */
export function outboxKey(id: string): Key {
  const numbered = /^(?<group>.*):(?<position>\d{1,4})$/su.exec(id)?.groups;
  return {
    pk: outboxGroup(numbered?.['group'] ?? id),
    sk: `BUBBLE#${(numbered?.['position'] ?? '').padStart(4, '0')}`,
  };
}

export const linkKey = (fingerprint: string): Key => ({
  pk: `LINK#${part(fingerprint)}`,
  sk: 'LINK',
});

export const consoleSessionKey = (fingerprint: string): Key => ({
  pk: `CONSOLE#${part(fingerprint)}`,
  sk: 'SESSION',
});

export const passkeysPartition = (id: MemberId): string => `PASSKEYS#${part(id)}`;
export const passkeyKey = (id: MemberId, credentialId: string): Key => ({
  pk: passkeysPartition(id),
  sk: part(credentialId),
});

export const passkeyChallengeKey = (fingerprint: string): Key => ({
  pk: `CHALLENGE#${part(fingerprint)}`,
  sk: 'CHALLENGE',
});

export const shopKey = (id: ShopId): Key => ({ pk: shopPart(id), sk: 'SHOP' });

export const pagePartition = (pageId: string): string => `PAGE#${part(pageId)}`;
export const waitingPrefix = 'WAITING#';
export const waitingThreadKey = ({ pageId, psid }: Address): Key => ({
  pk: pagePartition(pageId),
  sk: `${waitingPrefix}${part(psid)}`,
});

export const shopPageKey = (pageId: string): Key => ({ pk: `PAGE#${part(pageId)}`, sk: 'SHOP' });

export const shopAccountKey = (accountId: string): Key => ({
  pk: `ACCOUNT#${part(accountId)}`,
  sk: 'SHOP',
});

export const productKey = (shopId: ShopId, id: ProductId): Key => ({
  pk: shopPart(shopId),
  sk: `PRODUCT#${part(id)}`,
});

export const pictureKey = (id: PictureId): Key => ({
  pk: `PICTURE#${part(id)}`,
  sk: 'PICTURE',
});

export const stockKey = (shopId: ShopId, id: ProductId): Key => ({
  pk: shopPart(shopId),
  sk: `STOCK#${part(id)}`,
});

/** Lists of a shop's products; what is in them is sorted by its place there (product-places.ts). */
export const catalogKey = (shopId: ShopId, place = ''): Key => ({
  pk: `CATALOG#${part(shopId)}`,
  sk: place,
});
export const categoryKey = (shopId: ShopId, category: string, place = ''): Key => ({
  pk: `CATEGORY#${part(shopId)}:${part(category)}`,
  sk: place,
});
export const searchWordKey = (shopId: ShopId, place = ''): Key => ({
  pk: `WORDS#${part(shopId)}`,
  sk: place,
});

export const savedCardKey = (shopId: ShopId, buyerId: PersonId): Key => ({
  pk: personPart(buyerId),
  sk: `CARD#${part(shopId)}`,
});

// Transactions

export const paymentKey = (id: PaymentId): Key => ({ pk: paymentPart(id), sk: 'PAYMENT' });

export const requestKey = (id: RequestId): Key => ({ pk: requestPart(id), sk: 'REQUEST' });

export const orderKey = (id: OrderId): Key => ({ pk: orderPart(id), sk: 'ORDER' });
/** Of whatever lies with an order. */
export const orderKeyOf = (pk: string): Key => ({ pk, sk: 'ORDER' });

export const journalPrefix = 'JOURNAL#';
export const paymentJournalKey = (id: PaymentId, sequence: number): Key => ({
  pk: paymentPart(id),
  sk: journalSort(sequence),
});
export const requestJournalKey = (id: RequestId, sequence: number): Key => ({
  pk: requestPart(id),
  sk: journalSort(sequence),
});
export const orderJournalKey = (id: OrderId, sequence: number): Key => ({
  pk: orderPart(id),
  sk: journalSort(sequence),
});
const journalSort = (sequence: number): string =>
  `${journalPrefix}${String(sequence).padStart(8, '0')}`;

export const spendingKey = (id: PersonId): Key => ({ pk: personPart(id), sk: 'SPENDING' });

export const claimKey = (claimCode: string): Key => ({
  pk: `CLAIM#${part(claimCode)}`,
  sk: 'CLAIM',
});

export const orderNumberKey = (shopId: ShopId, number: string): Key => ({
  pk: `NUMBER#${part(shopId)}:${part(number)}`,
  sk: 'NUMBER',
});

export const orderIntentKey = (intentId: string): Key => ({
  pk: `INTENT#${part(intentId)}`,
  sk: 'INTENT',
});

export const eventKey = (eventId: string): Key => ({ pk: `EVENT#${part(eventId)}`, sk: 'EVENT' });

// Indexes of Transactions

/** Partitions of byPayer and byPayee. What is still open lies apart, so that it is found without reading all the rest. */
export const indexPartition = {
  payments: (id: PersonId): string => `PAYMENTS#${part(id)}`,
  held: (id: PersonId): string => `HELD#${part(id)}`,
  openRequests: (id: PersonId): string => `OPEN_REQUESTS#${part(id)}`,
  requests: (id: PersonId): string => `REQUESTS#${part(id)}`,
  orders: (buyer: PersonId, shop: ShopId): string => `ORDERS#${part(buyer)}#${part(shop)}`,
  shopOrders: (id: ShopId): string => `SHOP_ORDERS#${part(id)}`,
  shopBills: (id: ShopId): string => `SHOP_BILLS#${part(id)}`,
  shopOrdersIn: (id: ShopId, state: OrderState): string => `SHOP_ORDERS#${part(id)}#${state}`,
} as const;

export const dueShards = 8;

/** Spreads what is due over eight partitions of the index, the same one for one id for ever. */
export function dueShardOf(subject: string): string {
  const first = createHash('sha256').update(subject).digest()[0] ?? 0;
  return dueShard(first % dueShards);
}

export const dueShard = (shard: number): string => `DUE#${shard}`;

/** The id of whatever a key of the due index leads to. */
export const subjectOfKey = (pk: string): string => pk.slice(pk.indexOf('#') + 1);
