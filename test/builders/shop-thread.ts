// Threads at Joe's Page on the twins: buyers and staff who write and tap, and hear what the real domain answers and tells.
import { createHash } from 'node:crypto';
import { handleEvent, type HandledAs } from '../../lambdas/domain/chat/handle-event.ts';
import type { InboundContent } from '../../lambdas/domain/chat/inbound-event.ts';
import type { OutboxItem, SendOutcome, SendRequest } from '../../lambdas/domain/chat/ports.ts';
import type { Reply } from '../../lambdas/domain/chat/reply.ts';
import type { ChatWorld } from '../../lambdas/domain/chat/turn.ts';
import { type AnnounceWorld, announceEntry } from '../../lambdas/domain/journal/announce-entry.ts';
import type { Cart } from '../../lambdas/domain/orders/cart.ts';
import { billSeen } from '../../lambdas/domain/orders/bill-seen.ts';
import { checkOut } from '../../lambdas/domain/orders/check-out.ts';
import type { Order } from '../../lambdas/domain/orders/order.ts';
import type { Person } from '../../lambdas/domain/people/person.ts';
import type { Product } from '../../lambdas/domain/shops/product.ts';
import { aMember } from './people.ts';
import { coffee, joesCoffee, mug, usd } from './shop-town/joes-coffee.ts';
import { openShopTown, type ShopTown, type ShopTownOptions } from './shop-town/open-shop-town.ts';
import { urlsFor } from './shop-town/shop-buyer.ts';
import { buttonsOf, tappablesOf, textOf } from './town/bubbles.ts';

const milk: Product['options'][number] = {
  name: 'Milk',
  choices: [
    { name: 'Whole milk', extra: usd(0) },
    { name: 'Oat milk', extra: usd(60) },
  ],
};

function product(id: string, name: string, changes: Partial<Product> = {}): Product {
  return { ...coffee, options: [], ...changes, id: `prd_${id}`, name };
}

export const latte = product('latte', 'Latte', { options: [...coffee.options, milk] });
const menu: readonly Product[] = [
  latte,
  product('chai', 'Chai latte', {
    category: 'Tea',
    price: usd(475),
    options: [...coffee.options, milk],
  }),
  product('espresso', 'Espresso', { price: usd(275) }),
  product('croissant', 'Croissant', { category: 'Bakery', price: usd(325) }),
  product('almond', 'Almond croissant', { category: 'Bakery', price: usd(425) }),
  product('blueberry', 'Blueberry muffin', { category: 'Bakery', price: usd(350) }),
  product('banana', 'Banana muffin', { category: 'Bakery', price: usd(375) }),
  ...Array.from({ length: 14 }, (_, index) =>
    product(`bag${index}`, `Roast ${String.fromCodePoint(65 + index)}`, {
      category: 'Beans',
      price: usd(1400 + index),
    }),
  ),
];

export interface Customer {
  readonly psid: string;
  says(text: string, id?: string): Promise<HandledAs>;
  does(content: InboundContent, id?: string): Promise<HandledAs>;
  taps(title: string): Promise<HandledAs>;
  link(title: string): string;
  heard(): string[];
  /** What was said since they last looked, as one text. */
  hears(): string;
  replies(): readonly Reply[];
  cart(): Promise<Cart | undefined>;
  person(): Promise<Person>;
  orders(): Promise<Order[]>;
  /** Pays the newest order of theirs at Checkout. */
  pays(): Promise<Order>;
}

export interface ShopThread {
  readonly town: ShopTown;
  readonly world: ChatWorld & AnnounceWorld;
  customer(name?: string): Customer;
  /** Somebody in the wallet's own thread, with an account there. */
  member(name: string, handle: string): Promise<Customer>;
  owner(): Promise<Customer>;
  /** Tells everybody what has happened since. */
  tell(): Promise<void>;
  failNextSend(outcome: SendOutcome): void;
  failNextSendTo(psid: string, outcome: SendOutcome): void;
  readonly sent: readonly SendRequest[];
}

export const ownerCode = 'k3v9x2m4q8w1z7t5';

export async function openShopThread(options: ShopTownOptions = {}): Promise<ShopThread> {
  const town = await openShopTown({
    ...options,
    shop: {
      categories: ['Coffee', 'Tea', 'Bakery', 'Beans', 'Things'],
      ownerCode: hash(ownerCode),
      ...options.shop,
    },
  });
  for (const each of menu) await town.world.products.save(each, undefined);
  const sent: SendRequest[] = [];
  const nextSends: NextSend[] = [];
  const names = new Map<string, string>();
  const toOthers: Pick<OutboxItem, 'id' | 'to'>[] = [];
  const world = worldOf(town, { sent, nextSends, names, toOthers });
  let told = 0;
  const tell = async () => {
    for (const { id: outboxId, to } of toOthers.splice(0)) {
      const atMs = town.time.nowMs;
      await handleEvent(world, { kind: 'unsent', id: outboxId, address: to, atMs, outboxId });
    }
    await town.settle();
    for (; told < town.entries.length; told += 1) {
      const entry = town.entries[told];
      if (entry !== undefined) await announceEntry(world, entry);
    }
  };
  const customer = (name = 'Ann Archer') => {
    const psid = `77${String(town.nextNumber()).padStart(15, '0')}`;
    names.set(psid, name);
    return makeCustomer({ town, world, sent, psid, tell });
  };
  return {
    town,
    world,
    sent,
    tell,
    customer,
    async member(name, handle) {
      const psid = `88${String(town.nextNumber()).padStart(15, '0')}`;
      const { pageId } = world.settings;
      const person = aMember({ name, handle, addresses: [{ pageId, psid }] });
      await world.people.create(person);
      return makeCustomer({ town, world, sent, psid, pageId, tell });
    },
    failNextSend: (outcome) => void nextSends.push({ outcome }),
    failNextSendTo: (psid, outcome) => void nextSends.push({ psid, outcome }),
    async owner() {
      const joe = customer('Joe Brew');
      await joe.says(`owner ${ownerCode}`);
      joe.hears();
      return joe;
    },
  };
}

interface NextSend {
  readonly psid?: string;
  readonly outcome: SendOutcome;
}

function takeNext(nextSends: NextSend[], { to }: SendRequest): SendOutcome | undefined {
  const at = nextSends.findIndex(({ psid = to.psid }) => psid === to.psid);
  return at === -1 ? undefined : nextSends.splice(at, 1)[0]?.outcome;
}

function worldOf(
  town: ShopTown,
  kept: {
    readonly sent: SendRequest[];
    readonly nextSends: NextSend[];
    readonly names: ReadonlyMap<string, string>;
    readonly toOthers: Pick<OutboxItem, 'id' | 'to'>[];
  },
): ChatWorld & AnnounceWorld {
  return {
    ...town.world,
    tokens: {
      newToken: () => `token${town.nextNumber()}`.padEnd(43, 'x'),
      fingerprint: hash,
    },
    profiles: {
      profileOf: async ({ psid }) => ({ name: kept.names.get(psid) ?? 'Nobody', locale: 'en_US' }),
    },
    resendQueue: {
      sayAgain: async (item) => {
        if (item.attempts === 0) kept.toOthers.push(item);
      },
    },
    messenger: {
      typing: async () => undefined,
      async send(request) {
        const outcome =
          takeNext(kept.nextSends, request) ??
          ({ kind: 'sent', messageId: `m_${town.nextNumber()}` } as const);
        if (outcome.kind === 'sent') kept.sent.push(request);
        return outcome;
      },
    },
  };
}

interface Standing {
  readonly town: ShopTown;
  readonly world: ChatWorld;
  readonly sent: readonly SendRequest[];
  readonly psid: string;
  /** Joe's where none is given. */
  readonly pageId?: string;
  tell(): Promise<void>;
}

function makeCustomer(standing: Standing): Customer {
  const { town, world, sent, psid, tell, pageId = joesCoffee.pageId } = standing;
  const address = { pageId, psid };
  let looked = 0;
  const replies = () => sent.filter(({ to }) => to.psid === psid).map(({ reply }) => reply);
  const heard = () => replies().map(textOf);
  const does = async (content: InboundContent, id = `m_in${town.nextNumber()}`) => {
    town.time.nowMs += 1;
    const handledAs = await handleEvent(world, { ...content, id, address, atMs: town.time.nowMs });
    await tell();
    return handledAs;
  };
  const person = async () => {
    const found = await world.people.byAddress(address);
    if (found === undefined) throw new Error('Not known yet.');
    return found;
  };
  const orders = async () => world.orders.ofBuyer(joesCoffee.id, (await person()).id, 20);
  return {
    psid,
    does,
    replies,
    heard,
    person,
    orders,
    says: (text, id) => does({ kind: 'message', text, redacted: [] }, id),
    hears() {
      const news = heard().slice(looked);
      looked += news.length;
      return news.join('\n');
    },
    async taps(title) {
      const found = replies()
        .flatMap(tappablesOf)
        .findLast((each) => each.title === title);
      if (found === undefined) throw new Error(`No ${title}: ${heard().join(' | ')}`);
      const { payload } = found;
      return does(
        found.isQuickReply
          ? { kind: 'message', text: title, redacted: [], payload }
          : { kind: 'postback', payload },
      );
    },
    link(title) {
      const found = replies()
        .flatMap(buttonsOf)
        .findLast((each) => each.kind === 'link' && each.title === title);
      if (found?.kind !== 'link') throw new Error(`No link ${title}: ${heard().join(' | ')}`);
      return found.url;
    },
    cart: async () => (await world.conversations.of(address))?.cart,
    async pays() {
      const [order] = await orders();
      if (order === undefined) throw new Error('Nothing to pay.');
      const outcome = await checkOut(town.running, {
        orderId: order.id,
        billSeen: billSeen(order),
        customerWish: 'checkout',
        urls: urlsFor(order.id),
      });
      if (outcome.kind !== 'redirect') throw new Error(`Led nowhere: ${outcome.kind}`);
      town.provider.hands.payAt(outcome.url);
      await tell();
      return town.order(order.id);
    },
  };
}

/** Of a cart, as short as may be. */
export function inCart(cart: Cart | undefined): string[] {
  return (cart?.lines ?? []).map(({ productId, choices, quantity }) =>
    [`${quantity} ${productId.slice(4)}`, ...choices].join(', '),
  );
}

export const products = { coffee, latte, mug } as const;

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
