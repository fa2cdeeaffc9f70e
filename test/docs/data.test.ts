// docs/data.md says what the code does: its items, keys, access patterns and costs are compared with the real ones.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { newDocumentClient } from '../../lambdas/adapters/dynamodb/client.ts';
import { entities } from '../../lambdas/adapters/dynamodb/item-format.ts';
import { dynamoStores, type Stores } from '../../lambdas/adapters/dynamodb/stores.ts';
import { say } from '../../lambdas/domain/chat/reply.ts';
import { measureWriteUnits, writeUnitsTable } from '../bench/write-units.ts';
import { aBill, aLine, anOrderDraft, checkoutStarted, orderPaid } from '../builders/orders.ts';
import { aMember, anAddress } from '../builders/people.ts';
import { anAskedRequest, noonMs, wholeLife } from '../builders/payments.ts';
import { aPicture, aProduct, aShop } from '../builders/shops.ts';
import { localConnection, makeTables } from '../builders/tables.ts';
import { everyThing } from '../golden/every-thing.ts';

const page = readFileSync(`${import.meta.dirname}/../../docs/data.md`, 'utf8');

/** The cells of the rows under `heading`. */
function rowsUnder(heading: string): string[][] {
  const section = page.split(/^(?=#{2,3} )/m).find((each) => each.startsWith(`${heading}\n`));
  const rows = (section ?? '').split('\n').filter((line) => line.startsWith('| '));
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** Whether a key is one of those that a cell draws, such as `PAY#<payment>` or `REQ#<request>`. */
function isDrawn(key: string, cell: string): boolean {
  const drawings = [...cell.matchAll(/`([^`]+)`/g)].map(([, drawing = '']) => drawing);
  return drawings.some((drawing) =>
    new RegExp(`^${drawing.replaceAll(/<[^>]+>/g, '[^#:]+')}$`).test(key),
  );
}

describe('the items in docs/data.md', () => {
  it.each([
    ['### Users', entities.users],
    ['### Transactions', entities.transactions],
  ])('%s are those that the code knows', (heading, known) => {
    expect(rowsUnder(heading).map(([entity]) => entity)).toEqual(
      expect.arrayContaining([...known]),
    );
    expect(rowsUnder(heading)).toHaveLength(known.length);
  });

  it.each(everyThing)('$name has the keys that are drawn', ({ entity, write }) => {
    const rows = [...rowsUnder('### Users'), ...rowsUnder('### Transactions')];
    const [, pk = '', sk = ''] = rows.find(([name]) => name === entity) ?? [];
    const item: Record<string, unknown> = { ...write() };

    expect(isDrawn(String(item['pk']), pk)).toBe(true);
    expect(isDrawn(String(item['sk']), sk)).toBe(true);
  });
});

describe('the access patterns in docs/data.md', () => {
  const asked: string[] = [];
  let stores: Stores;
  beforeAll(async () => {
    const url = inject('dynamoDbUrl');
    const { names } = await makeTables(url);
    const documents = newDocumentClient(localConnection(url));
    documents.middlewareStack.add(
      (next, context) => (args) => {
        asked.push(String(context.commandName).replace('Command', ''));
        return next(args);
      },
      { step: 'finalizeRequest' },
    );
    stores = dynamoStores(documents, names);
    await fill(stores);
  });

  const rows = rowsUnder('## Access patterns').map(([store, call, asks]) => ({
    store,
    call,
    asks,
  }));

  it('are all that the stores can do', () => {
    const calls = Object.entries(stores).flatMap(([store, methods]) =>
      Object.entries(methods)
        .filter(([, method]) => typeof method === 'function')
        .map(([call]) => `${store}.${call}`),
    );
    expect(rows.map(({ store, call }) => `${store}.${call}`).toSorted()).toEqual(calls.toSorted());
  });

  it.each(rows)('$store.$call asks $asks', async ({ store = '', call = '', asks }) => {
    asked.length = 0;
    const doIt = calls[`${store}.${call}`];
    if (doIt === undefined) throw new Error(`This test does not call ${store}.${call} yet.`);
    await doIt(stores);

    expect(asked.map(operationOf).join(', ')).toBe(asks);
  });
});

describe('the costs in docs/data.md', () => {
  it('are those of the items that are written today', () => {
    const told = /<!-- write units -->\n\n(?<table>[^]*?)\n\n<!-- end/.exec(page)?.groups?.[
      'table'
    ];

    expect(told).toBe(writeUnitsTable(measureWriteUnits()));
  });

  it('stay within three items a step of money, but where a request is answered', () => {
    const ofMoney = measureWriteUnits().filter(({ story }) => !story.includes('product'));
    for (const { story, items } of ofMoney) {
      expect(items).toBeLessThanOrEqual(story.includes('request') ? 4 : 3);
    }
  });
});

/** The name of the operation on the wire, from the name of the client's command. */
function operationOf(command: string): string {
  const names: Record<string, string> = {
    Get: 'GetItem',
    Put: 'PutItem',
    Update: 'UpdateItem',
    Delete: 'DeleteItem',
    BatchGet: 'BatchGetItem',
    TransactWrite: 'TransactWriteItems',
  };
  return names[command] ?? command;
}

const bob = aMember({ name: 'Bob Stone', handle: 'bob' });
const life = wholeLife({
  payee: { kind: 'claim', claimCode: 'c0de', calledName: 'Bob' },
  payerId: bob.id,
});
const [drafted] = life;
const asking = anAskedRequest({ payerId: bob.id });
const address = anAddress();
const event = { eventId: 'm_1', address, replies: [say('hello')], atMs: noonMs };

/** Something to find for each call. */
async function fill(stores: Stores): Promise<void> {
  await stores.people.create(bob);
  for (const change of life) await stores.payments.commit(change);
  const payee = { kind: 'person', personId: bob.id } as const;
  for (const change of wholeLife({ payee }).slice(0, 3)) await stores.payments.commit(change);
  await stores.requests.commit(asking);
  await stores.conversations.commit(event, { address, version: 1, lastInboundAtMs: noonMs });
  const waiting = { pageId: '9999', psid: '1' };
  await stores.conversations.commit(
    { ...event, address: waiting },
    {
      address: waiting,
      version: 1,
      lastInboundAtMs: noonMs,
      pending: { kind: 'with_the_shop' },
    },
  );
  await stores.providerEvents.begin('evt_1', noonMs);
  await stores.shops.create(shop);
  await stores.products.save(latte, undefined);
  await stores.stock.set(shop.id, latte.id, 3);
  const sold = orderPaid(checkout.order, 'pi_1');
  for (const change of [orderDraft, checkout, sold, counted]) await stores.orders.commit(change);
}

const id = drafted?.payment.id ?? 'pay_';
const pin = { personId: bob.id, version: 1, salt: 's', hash: 'h', failures: 0 };
const link = {
  fingerprint: 'f1',
  version: 1,
  purpose: { kind: 'settings' },
  personId: bob.id,
  address,
  createdAtMs: noonMs,
  expiresAtMs: noonMs,
} as const;
const session = {
  fingerprint: 'f1',
  version: 1,
  shopId: 'shp_joe',
  personId: bob.id,
  createdAtMs: noonMs,
  lastUsedAtMs: noonMs,
} as const;
const passkey = {
  memberId: 'mem_1',
  credentialId: 'c1',
  version: 1,
  personId: bob.id,
  shopId: 'shp_joe',
  name: 'Phone',
  publicKey: 'k',
  counter: 0,
  createdAtMs: noonMs,
} as const;
const challenge = {
  fingerprint: 'f2',
  purpose: 'add',
  boundTo: 'f1',
  expiresAtMs: noonMs,
} as const;
const bubble = { id: 'm_2:1', version: 1, to: address, state: 'waiting', attempts: 0 } as const;
const report = { id: 'rep_1', reporterId: bob.id, reportedId: 'per_eve', atMs: noonMs } as const;

const shop = aShop();
const latte = aProduct({ shopId: shop.id });
const orderDraft = anOrderDraft({
  source: 'payment_request',
  shopId: shop.id,
  number: 'K7M-2QX',
});
const checkout = checkoutStarted(orderDraft.order);
const { buyerId } = orderDraft.order;
const instrument = { id: 'pm_1', brand: 'visa', last4: '4242' };
const picture = aPicture({ shopId: shop.id });
const savedCard = { shopId: shop.id, buyerId, customerId: 'cus_1', instrument };
const counted = anOrderDraft({ shopId: shop.id, bill: aBill([aLine(latte.id)]) });

const calls: Readonly<Record<string, (stores: Stores) => Promise<unknown>>> = {
  'people.byAddress': ({ people }) => people.byAddress(bob.addresses[0] ?? address),
  'people.byId': ({ people }) => people.byId(bob.id),
  'people.byIds': ({ people }) => people.byIds([bob.id, 'per_eve']),
  'people.byHandle': ({ people }) => people.byHandle('bob'),
  'people.byNameKey': ({ people }) => people.byNameKey('bob', 5),
  'people.create': ({ people }) => people.create(aMember()),
  'people.saveBoth': async ({ people }) => {
    const [one, other] = [aMember(), aMember()];
    const change = (person: typeof one) => ({
      person: { ...person, version: 2 },
      before: person,
    });
    await people.saveBoth(change(one), change(other));
  },
  'people.save': ({ people }) => people.save({ ...bob, version: 2, handle: 'bobby' }, bob),
  'contacts.of': ({ contacts }) => contacts.of(bob.id),
  'contacts.tieBetween': ({ contacts }) => contacts.tieBetween(bob.id, 'per_eve'),
  'contacts.remember': ({ contacts }) =>
    contacts.remember(bob.id, { personId: 'per_eve', lastPaidAtMs: 1 }),
  'blocks.block': ({ blocks }) => blocks.block(bob.id, 'per_eve', 1),
  'blocks.unblock': ({ blocks }) => blocks.unblock(bob.id, 'per_eve'),
  'blocks.isBlockedBetween': ({ blocks }) => blocks.isBlockedBetween(bob.id, 'per_eve'),
  'blocks.blockedBy': ({ blocks }) => blocks.blockedBy(bob.id),
  'consoleSessions.get': ({ consoleSessions }) => consoleSessions.get('f1'),
  'consoleSessions.save': ({ consoleSessions }) => consoleSessions.save(session),
  'consoleSessions.end': ({ consoleSessions }) => consoleSessions.end('f1'),
  'passkeys.get': ({ passkeys }) => passkeys.get('mem_1', 'c1'),
  'passkeys.ofMember': ({ passkeys }) => passkeys.ofMember('mem_1'),
  'passkeys.save': ({ passkeys }) => passkeys.save(passkey),
  'passkeys.remove': ({ passkeys }) => passkeys.remove('mem_1', 'c1'),
  'passkeys.keepChallenge': ({ passkeys }) => passkeys.keepChallenge(challenge),
  'passkeys.takeChallenge': ({ passkeys }) => passkeys.takeChallenge('f2'),
  'reports.add': ({ reports }) => reports.add(report),
  'pins.of': ({ pins }) => pins.of(bob.id),
  'pins.save': ({ pins }) => pins.save(pin),
  'conversations.open': ({ conversations }) => conversations.open(address, 'm_1'),
  'conversations.of': ({ conversations }) => conversations.of(address),
  'conversations.commit': ({ conversations }) =>
    conversations.commit(
      { ...event, eventId: 'm_3' },
      { address, version: 2, lastInboundAtMs: noonMs },
    ),
  'conversations.withTheShop': ({ conversations }) => conversations.withTheShop('9999'),
  'outbox.get': ({ outbox }) => outbox.get('m_1:1'),
  'outbox.save': ({ outbox }) => outbox.save({ ...bubble, atMs: noonMs }),
  'outbox.confirm': ({ outbox }) => outbox.confirm('m_1:1', 'm_echo'),
  'outbox.ofEvent': ({ outbox }) => outbox.ofEvent('m_1'),
  'links.get': ({ links }) => links.get('f1'),
  'links.save': ({ links }) => links.save(link),
  'payments.get': ({ payments }) => payments.get(id),
  'payments.commit': ({ payments }) => payments.commit(wholeLife()[0] ?? life[0]!),
  'payments.spendingOf': ({ payments }) => payments.spendingOf(bob.id),
  'payments.ofPerson': ({ payments }) => payments.ofPerson(bob.id, { limit: 5 }),
  'payments.heldFor': ({ payments }) => payments.heldFor(bob.id, 5),
  'payments.byClaimCode': ({ payments }) => payments.byClaimCode('c0de'),
  'payments.journalOf': ({ payments }) => payments.journalOf(id),
  'requests.get': ({ requests }) => requests.get(asking.request.id),
  'requests.byIds': ({ requests }) => requests.byIds([asking.request.id]),
  'requests.commit': ({ requests }) => requests.commit(anAskedRequest()),
  'requests.ofPerson': ({ requests }) => requests.ofPerson(bob.id, { limit: 5 }),
  'requests.journalOf': ({ requests }) => requests.journalOf(asking.request.id),
  'providerEvents.begin': ({ providerEvents }) => providerEvents.begin('evt_2', noonMs),
  'providerEvents.settle': ({ providerEvents }) => providerEvents.settle('evt_1', 'moved_on'),
  'providerEvents.unsettled': ({ providerEvents }) => providerEvents.unsettled(['evt_1', 'evt_2']),
  'shops.get': ({ shops }) => shops.get(shop.id),
  'shops.byPage': ({ shops }) => shops.byPage(shop.pageId),
  'shops.byAccount': ({ shops }) => shops.byAccount(shop.account?.accountId ?? ''),
  'shops.create': ({ shops }) => shops.create(aShop()),
  'shops.save': ({ shops }) => shops.save({ ...shop, version: 2, isPaused: true }, shop),
  'products.get': ({ products }) => products.get(shop.id, latte.id),
  'products.byIds': ({ products }) => products.byIds(shop.id, [latte.id]),
  'products.ofShop': ({ products }) => products.ofShop(shop.id, { limit: 5 }),
  'products.ofCategory': ({ products }) => products.ofCategory(shop.id, 'Coffee', { limit: 5 }),
  'products.byWord': ({ products }) => products.byWord(shop.id, 'flat', 5),
  'products.save': ({ products }) => products.save({ ...latte, version: 2, name: 'Tea' }, latte),
  'stock.levels': ({ stock }) => stock.levels(shop.id, [latte.id]),
  'stock.set': ({ stock }) => stock.set(shop.id, latte.id, 2),
  'orders.get': ({ orders }) => orders.get(orderDraft.order.id),
  'orders.commit': ({ orders }) => orders.commit(checkoutStarted(counted.order)),
  'orders.byNumber': ({ orders }) => orders.byNumber(shop.id, 'K7M-2QX'),
  'orders.ofShop': ({ orders }) => orders.ofShop(shop.id, { limit: 5 }),
  'orders.billsOf': ({ orders }) => orders.billsOf(shop.id, { limit: 5 }),
  'orders.ofBuyer': ({ orders }) => orders.ofBuyer(shop.id, buyerId, 5),
  'orders.byIntent': ({ orders }) => orders.byIntent('pi_1'),
  'orders.journalOf': ({ orders }) => orders.journalOf(orderDraft.order.id),
  'pictures.get': ({ pictures }) => pictures.get(picture.id),
  'pictures.put': ({ pictures }) => pictures.put(picture),
  'pictures.keep': ({ pictures }) => pictures.keep(picture.shopId, picture.id),
  'pictures.remove': ({ pictures }) => pictures.remove(picture.shopId, picture.id),
  'savedCards.of': ({ savedCards }) => savedCards.of(shop.id, buyerId),
  'savedCards.save': ({ savedCards }) => savedCards.save(savedCard),
  'savedCards.forget': ({ savedCards }) => savedCards.forget(shop.id, buyerId),
  'dueIndex.dueBefore': ({ dueIndex }) =>
    dueIndex.dueBefore(0, noonMs, { end: 'earliest', limit: 5 }),
};
