// After a purchase: where it is, the same again, calling it off, asking for money back, talking to people; and the team's side.
import { beforeEach, describe, expect, it } from 'vitest';
import { moveOrder } from '../../../lambdas/domain/orders/move-order.ts';
import { refundOrder } from '../../../lambdas/domain/orders/refund-order.ts';
import { refuseRefund } from '../../../lambdas/domain/orders/refund-wish.ts';
import { handleEvent } from '../../../lambdas/domain/chat/handle-event.ts';
import type { InboundEvent } from '../../../lambdas/domain/chat/inbound-event.ts';
import { giveThreadBack, waitingThreads } from '../../../lambdas/domain/shops/waiting-threads.ts';
import { joesCoffee, usd } from '../../builders/shop-town/joes-coffee.ts';
import {
  type Customer,
  inCart,
  openShopThread,
  ownerCode,
  products,
  type ShopThread,
} from '../../builders/shop-thread.ts';

const dayMs = 24 * 60 * 60 * 1000;

let thread: ShopThread;
let ann: Customer;

beforeEach(async () => {
  thread = await openShopThread();
  ann = thread.customer();
});

async function bought(who = ann, text = 'two lattes and a croissant') {
  await who.says(text);
  await who.says('checkout');
  const order = await who.pays();
  who.hears();
  return order;
}

describe('where is my order', () => {
  it('knows of none at first', async () => {
    await ann.says('where is my order?');
    expect(ann.hears()).toBe('You have no orders here yet.');
  });

  it('tells number, total and state of each, the newest first', async () => {
    const { id, number } = await bought();
    await moveOrder(thread.world, { orderId: id, step: 'preparing' });
    await thread.tell();
    ann.hears();
    await ann.says('where is my order?');
    expect(ann.hears()).toContain(
      `[${number} · $13.34 · being prepared — 2 × Latte, 1 × Croissant]`,
    );
    await ann.says(`where is ${number.toLowerCase()}`);
    expect(ann.hears()).toContain(number);
    await ann.says('where is XXX-000');
    expect(ann.hears()).toContain('You have no order XXX-000 here.');
  });

  it('has nothing to say of drafts, nor of anybody else’s order', async () => {
    const { number } = await bought();
    const bob = thread.customer('Bob Stone');
    await bob.says('a latte');
    await bob.says('checkout');
    bob.hears();
    await bob.says('my orders');
    expect(bob.hears()).toBe('You have no orders here yet.');
    await bob.says(`order ${number}`);
    expect(bob.hears()).toContain(`You have no order ${number} here.`);
  });

  it('is told to whoever is back after a template, whatever they write', async () => {
    const { number } = await bought();
    thread.town.time.nowMs += 2 * dayMs;
    await ann.says('what is it?');
    expect(ann.hears()).toContain(number);
  });
});

describe('the same again', () => {
  it('fills the cart with the last order, once, and with what is still sold', async () => {
    await bought(ann, 'two lattes and a mug');
    await ann.says('same again');
    expect(inCart(await ann.cart())).toEqual(['2 latte, Small, Whole milk', '1 mug']);
    await ann.says('reorder');
    expect(inCart(await ann.cart())).toEqual(['2 latte, Small, Whole milk', '1 mug']);

    await ann.says('empty cart');
    await thread.town.changeProduct(products.mug, { isActive: false });
    ann.hears();
    await ann.says('the usual');
    expect(ann.hears()).toContain('No longer on the menu: Mug.');
    expect(inCart(await ann.cart())).toEqual(['2 latte, Small, Whole milk']);
  });

  it('needs an order before', async () => {
    await ann.says('same again');
    expect(ann.hears()).toContain('You have not bought anything here yet');
  });

  it('is not somebody else’s order, whatever a button says', async () => {
    const order = await bought();
    const eve = thread.customer('Eve Moss');
    for (const kind of ['reorder', 'ask_refund', 'cancel_order'])
      await eve.does({ kind: 'postback', payload: `v1:shop:${kind}:${order.id}` });
    expect(await eve.cart()).toBeUndefined();
    expect((await thread.town.order(order.id)).version).toBe(order.version);
  });
});

describe('cancel', () => {
  it('calls off what is not paid, and keeps the cart', async () => {
    await ann.says('a latte');
    await ann.says('checkout');
    ann.hears();
    await ann.says('cancel my order');
    const [order] = await ann.orders();
    expect(order?.state).toBe('cancelled');
    expect(ann.hears()).toBe(
      `Order ${order?.number} is cancelled. Nothing was charged, and your cart is kept.`,
    );
    expect(inCart(await ann.cart())).toHaveLength(1);
  });

  it('cannot call off what is paid, and offers to ask for the money', async () => {
    const order = await bought();
    await ann.says('cancel');
    expect(ann.hears()).toContain('is paid and received by the shop, so it cannot be called off');
    expect((await thread.town.order(order.id)).state).toBe('paid');
  });

  it('offers to empty the cart where nothing is ordered', async () => {
    await ann.says('a latte');
    await ann.says('cancel');
    expect(ann.hears()).toContain('Nothing is ordered yet');
    await ann.taps('Empty cart');
    expect(await ann.cart()).toBeUndefined();
  });
});

describe('a refund', () => {
  it('is asked of the shop’s people in their own threads, once, and moves no money by itself', async () => {
    const joe = await thread.owner();
    const order = await bought();
    joe.hears();
    const wish = 'refund because it was cold http://evil.com';
    await ann.says(wish, 'm_refund');
    await ann.says(wish, 'm_refund');

    expect(ann.hears()).toBe(
      `I have asked Joe’s Coffee to give you back up to $13.34 for order ${order.number}. They decide; as soon as they do, you hear it here.`,
    );
    const heard = joe.hears();
    expect(heard).toBe(
      `Ann Archer asks for a refund of order ${order.number} ($13.34): “it was cold evil. com”. Write “console” to answer it.`,
    );
    expect((await thread.town.order(order.id)).refunds).toEqual([]);
  });

  it('goes out as a template to whoever of the team has been away', async () => {
    const joe = await thread.owner();
    const order = await bought();
    thread.town.time.nowMs += 2 * dayMs;
    await ann.says('refund');
    const request = thread.sent.findLast(({ to }) => to.psid === joe.psid);
    expect(request).toMatchObject({
      isWindowOpen: false,
      reply: { utility: { name: 'order_update', parameters: [order.number, expect.any(String)] } },
    });
  });

  it('is kept with the order where nobody can be told, and asked twice it is one', async () => {
    const { id } = await bought();
    await ann.says('refund because it was cold');
    expect(ann.hears()).toContain('I have asked Joe’s Coffee to give you back up to $13.34');
    await ann.says('refund because I am bored');
    expect(ann.hears()).toContain('Joe’s Coffee knows already that you want your money back');
    expect((await thread.town.order(id)).refundWish).toMatchObject({
      state: 'open',
      words: 'it was cold',
    });
  });

  it('is answered by the money, whoever sends it', async () => {
    const joe = await thread.owner();
    const { id } = await bought();
    await ann.says('refund');
    joe.hears();
    await refundOrder(thread.world, {
      orderId: id,
      amount: usd(100),
      reason: 'requested_by_customer',
      madeBy: 'm_1',
    });
    await thread.tell();
    expect((await thread.town.order(id)).refundWish?.state).toBe('answered');

    ann.hears();
    await ann.says('refund, the rest was cold too');
    expect(ann.hears()).toContain('I have asked Joe’s Coffee to give you back up to $12.34');
    expect(joe.hears()).toContain('asks for a refund');
  });

  it('is refused in the shop’s own words, told once, and not asked for again', async () => {
    const joe = await thread.owner();
    const { id, number } = await bought();
    await ann.says('refund');
    joe.hears();
    ann.hears();
    const no = { orderId: id, words: 'You have eaten it. See evil.com' };
    expect((await refuseRefund(thread.world, no)).kind).toBe('refused');
    expect((await refuseRefund(thread.world, no)).kind).toBe('not_open');
    await thread.tell();
    expect(ann.hears()).toBe(
      `Joe’s Coffee does not refund order ${number}: “You have eaten it. See evil. com” If you see it otherwise, talk to them.`,
    );
    await ann.says('refund');
    expect(ann.hears()).toContain(`Joe’s Coffee has decided about order ${number}`);
    expect(joe.hears()).toBe('');
    expect((await thread.town.order(id)).refunds).toEqual([]);
  });

  it('needs words for a no, and a wish to say no to', async () => {
    const { id } = await bought();
    expect((await refuseRefund(thread.world, { orderId: id, words: 'No.' })).kind).toBe('not_open');
    await ann.says('refund');
    expect((await refuseRefund(thread.world, { orderId: id, words: ' \u200b ' })).kind).toBe(
      'no_words',
    );
    expect((await thread.town.order(id)).refundWish?.state).toBe('open');
  });

  it('is not asked for what went back already', async () => {
    await thread.owner();
    const { id } = await bought();
    await refundOrder(thread.world, {
      orderId: id,
      amount: 'all',
      reason: 'requested_by_customer',
      madeBy: 'm_1',
    });
    await thread.tell();
    ann.hears();
    await ann.says('refund');
    expect(ann.hears()).toContain('There is no order of yours that could still be refunded.');
  });
});

describe('what the team is told', () => {
  it('does not hold up the buyer where Messenger takes nothing for one of them', async () => {
    const joe = await thread.owner();
    await ann.says('hi');
    joe.hears();
    ann.hears();
    thread.failNextSendTo(joe.psid, { kind: 'later', why: 'rate_limited' });

    await expect(ann.says('talk to a person', 'm_talk')).rejects.toThrow('messenger_later');
    expect(ann.hears()).toContain('The people of Joe’s Coffee have this chat now');
    expect(await ann.does({ kind: 'postback', payload: 'v1:shop:menu' })).toBe('answered');
    expect(ann.hears()).not.toBe('');
    // His own queue brings it again.
    const atMs = thread.town.time.nowMs;
    const address = { pageId: joesCoffee.pageId, psid: joe.psid };
    const again = { kind: 'unsent', outboxId: 'm_talk:2' } as const;
    await handleEvent(thread.world, { ...again, id: 'unsent', address, atMs });
    expect(joe.hears()).toContain('wants to talk to a person');
  });
});

describe('talking to a person', () => {
  it('hands the thread over, keeps quiet until the bot is called, and keeps the cart', async () => {
    const joe = await thread.owner();
    await ann.says('a latte');
    ann.hears();
    await ann.says('talk to a person');
    expect(ann.replies().at(-1)).toMatchObject({ handsOver: true });
    expect(ann.hears()).toContain('The people of Joe’s Coffee have this chat now');
    expect(joe.hears()).toContain('Ann Archer wants to talk to a person.');

    for (const text of ['two lattes', 'hello?', 'refund', 'menu']) await ann.says(text);
    await ann.does({ kind: 'attachment' });
    await ann.does({ kind: 'reaction' });
    expect(ann.hears()).toBe('');

    await ann.says('bot');
    expect(ann.hears()).toBe('I am back. What would you like?');
    expect(ann.replies().at(-1)).toMatchObject({ takesBack: true });
    await ann.says('cart');
    expect(ann.hears()).toContain('1 × Latte');
  });

  it('ends with “done”, too, and the thread is taken from nobody who does not have it', async () => {
    await ann.says('human');
    await ann.says('done');
    expect(ann.hears()).toContain('I am back.');
    await ann.says('done');
    expect(ann.replies().at(-1)).not.toHaveProperty('takesBack');
  });

  it('hears “bot” also where Messenger only lets us overhear it, and takes the thread for any answer', async () => {
    const overheard = (text: string, more: { payload?: string } = {}) =>
      ann.does({ kind: 'message', text, redacted: [], isStandby: true, ...more });
    await ann.says('human');
    ann.hears();
    await overheard('two lattes');
    await ann.does({ kind: 'message', text: 'x', redacted: ['card_number'], isStandby: true });
    expect(ann.hears()).toBe('');
    await overheard('bot');
    expect(ann.replies().at(-1)).toMatchObject({
      takesBack: true,
      ifShared: expect.stringContaining('may answer too'),
    });
    ann.hears();

    // They have taken it themselves, and nobody had asked.
    await overheard('hello');
    expect(ann.hears()).toBe('');
    await ann.says('two lattes');
    expect(ann.hears()).toBe('');
    await overheard('Menu', { payload: 'v1:shop:menu' });
    expect(ann.replies().at(-1)).toMatchObject({ takesBack: true });
  });

  it('is known to be stuck where Messenger keeps the thread with them, and is tried again', async () => {
    const waits = () => waitingThreads(thread.world, joesCoffee);
    await ann.says('human');
    expect(await waits()).toMatchObject([{ address: { psid: ann.psid }, isStuck: false }]);
    ann.hears();
    const refused = { kind: 'not_ours', why: 'another_app_owns_thread' } as const;
    thread.failNextSend(refused);
    await ann.says('bot', 'm_bot');
    expect(ann.hears()).toBe('');
    expect(await waits()).toMatchObject([{ isStuck: true }]);

    // Delivered again, it stays so; they hear nothing of the menu meanwhile.
    await ann.says('bot', 'm_bot');
    await ann.says('menu');
    expect(ann.hears()).toBe('');
    expect(await waits()).toMatchObject([{ isStuck: true }]);
    await ann.says('bot');
    expect(ann.hears()).toContain('I am back.');
    expect(await waits()).toEqual([]);
  });

  it('is not held up by news that Messenger lets nobody tell meanwhile', async () => {
    const { id } = await bought();
    await ann.says('human');
    ann.hears();
    thread.failNextSendTo(ann.psid, { kind: 'not_ours', why: 'another_app_owns_thread' });
    await moveOrder(thread.world, { orderId: id, step: 'preparing' });
    await thread.tell();
    expect(ann.hears()).toBe('');
    await ann.says('bot');
    expect(ann.hears()).toContain('I am back.');
    await ann.says('my orders');
    expect(ann.hears()).toContain('being prepared');
  });

  it('ends when its people give it back, in the console or in their inbox, and once', async () => {
    const put: InboundEvent[] = [];
    const world = {
      ...thread.world,
      chatQueue: { put: async (events: readonly InboundEvent[]) => void put.push(...events) },
    };
    const giveBack = async (personId: string) =>
      giveThreadBack(world, joesCoffee, { personId, pressed: 'n1' });
    await ann.says('human');
    ann.hears();
    const { id } = await ann.person();
    expect(await giveBack('per_stranger')).toBe(false);
    expect(await giveThreadBack(world, { pageId: '1' }, { personId: id, pressed: 'n1' })).toBe(
      false,
    );
    expect([await giveBack(id), await giveBack(id)]).toEqual([true, true]);
    for (const event of put) await handleEvent(world, event);

    expect(ann.hears()).toBe(
      'The people of Joe’s Coffee have given this chat back to me. What would you like?',
    );
    expect(ann.replies().at(-1)).toMatchObject({ takesBack: true });
    expect(await giveBack(id)).toBe(false);
    await ann.does({ kind: 'handed_back', by: 'inbox' });
    expect(ann.hears()).toBe('');

    await ann.does({ kind: 'taken_over' });
    await ann.says('a latte');
    expect(ann.hears()).toBe('');
    await ann.does({ kind: 'handed_back', by: 'inbox' });
    expect(ann.hears()).toContain('have given this chat back to me');
    expect(ann.replies().at(-1)).not.toHaveProperty('takesBack');
  });

  it('given back after a day opens no window that Messenger has closed', async () => {
    await ann.says('human');
    const wroteAtMs = thread.town.time.nowMs;
    const address = { pageId: joesCoffee.pageId, psid: ann.psid };
    thread.town.time.nowMs += dayMs + 1;
    expect(await waitingThreads(thread.world, joesCoffee)).toEqual([]);
    thread.failNextSend({ kind: 'window_closed' });
    await ann.does({ kind: 'handed_back', by: 'inbox' });
    expect((await thread.world.conversations.of(address))?.lastInboundAtMs).toBe(wroteAtMs);
  });

  it('is nothing where nobody has ever written', async () => {
    expect(await thread.customer('Dora').does({ kind: 'taken_over' })).toBe('noted');
    const bob = await thread.member('Bob', 'bob');
    expect(await bob.does({ kind: 'handed_back', by: 'inbox' })).toBe('noted');
  });

  it('ends with a button of ours, or after a day', async () => {
    await ann.says('human');
    await ann.does({ kind: 'postback', payload: 'v1:shop:menu' });
    expect(ann.hears()).toContain('What would you like?');
    await ann.says('human');
    thread.town.time.nowMs += dayMs + 1;
    await ann.says('menu');
    expect(ann.hears()).toContain('What would you like?');
  });
});

describe('about oneself and the shop', () => {
  it('forgets whoever asks for it and means it, and nobody else', async () => {
    await ann.says('a latte');
    await ann.says('delete my data');
    await ann.says('no');
    expect((await ann.person()).deletionRequestedAtMs).toBeUndefined();
    await ann.says('delete my data');
    await ann.taps('Yes, delete');
    expect((await ann.person()).deletionRequestedAtMs).toBeDefined();
    expect(await ann.cart()).toBeUndefined();
  });

  it('tells how goods are handed over and where codes go', async () => {
    await ann.says('do you ship?');
    expect(ann.hears()).toBe(
      'You can pick your order up. Joe’s Coffee ships to US, CA. Ground: $5.00 · Overnight: $25.00. You choose on our page when you check out; tips, promotion codes and notes go there, too.',
    );
  });
});

describe('the team', () => {
  it('has an owner by the code, once: nobody else after that, and the same message twice is once', async () => {
    const joe = thread.customer('Joe Brew');
    await joe.says(`owner ${ownerCode.toUpperCase()}`, 'm_code');
    await joe.says(`owner ${ownerCode}`, 'm_code');
    const eve = thread.customer('Eve Moss');
    await eve.says(`owner ${ownerCode}`);

    expect(joe.hears()).toContain('You are the owner of Joe’s Coffee now.');
    expect(eve.hears()).toContain('That code opens nothing here');
    const shop = await thread.town.shop();
    expect(shop.ownerCode).toBeUndefined();
    expect(shop.team.map(({ name, role }) => [name, role])).toEqual([['Joe Brew', 'owner']]);
  });

  it('tells the owner again when the process died between the two writes', async () => {
    const joe = thread.customer('Joe Brew');
    await joe.says(`owner ${ownerCode}`);
    await joe.says(`owner ${ownerCode}`);
    expect(joe.heard().at(-1)).toContain('You are the owner of Joe’s Coffee now.');
    expect((await thread.town.shop()).team).toHaveLength(1);
  });

  it('lets the team alone into the console', async () => {
    const joe = await thread.owner();
    await joe.says('console');
    expect(joe.link('Open the console')).toContain('https://tender.example/console/sign-in/token');
    await ann.says('console');
    expect(ann.hears()).toContain('The console is for the team of Joe’s Coffee.');
  });

  it('takes a new member by an invitation, once and in time', async () => {
    const { fingerprint } = thread.world.tokens;
    await thread.town.changeShop({
      invites: [
        { fingerprint: fingerprint('abc123'), role: 'staff', expiresAtMs: 9e12 },
        { fingerprint: fingerprint('late12'), role: 'staff', expiresAtMs: 1 },
      ],
    });
    await ann.says('join late12');
    expect(ann.hears()).toContain('That code opens nothing here');
    await ann.says('join abc123');
    expect(ann.hears()).toContain('You are one of the staff of Joe’s Coffee now.');
    await thread.customer('Eve Moss').says('join abc123');
    expect((await thread.town.shop()).team).toHaveLength(1);
  });

  it('pauses and opens; strangers do not', async () => {
    const joe = await thread.owner();
    await ann.says('pause');
    expect((await thread.town.shop()).isPaused).toBe(false);
    await joe.says('pause');
    expect((await thread.town.shop()).isPaused).toBe(true);
    await ann.says('hi');
    expect(ann.hears()).toContain('Joe’s Coffee is not taking orders at the moment.');
    await joe.says('open');
    expect((await thread.town.shop()).isPaused).toBe(false);
  });

  it('is not written to after stop', async () => {
    const joe = await thread.owner();
    await joe.says('stop');
    joe.hears();
    await bought();
    expect(joe.hears()).toBe('');
  });
});
