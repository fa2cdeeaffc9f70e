// Joining a chat at a shop to an account of the wallet: two acts at two ends, and nothing by a guess, a forwarded link or a crash.
import { beforeEach, describe, expect, it } from 'vitest';
import { pinGuarding } from '../../../lambdas/domain/orders/pin-guarding.ts';
import { type Customer, openShopThread, type ShopThread } from '../../builders/shop-thread.ts';
import { joesCoffee } from '../../builders/shop-town/joes-coffee.ts';

const minuteMs = 60 * 1000;

let thread: ShopThread;
let ann: Customer;
let annsWallet: Customer;

beforeEach(async () => {
  thread = await openShopThread();
  ann = thread.customer('Ann Archer');
  annsWallet = await thread.member('Ann Archer', 'ann');
});

async function linkOf(who = ann): Promise<string> {
  await who.says('link my wallet');
  const url = new URL(who.link('Open my wallet'));
  expect(url.origin + url.pathname).toBe(`https://m.me/${thread.world.settings.pageId}`);
  return url.searchParams.get('ref') ?? '';
}

const opens = (who: Customer, ref: string) => who.does({ kind: 'referral', ref });

async function join(): Promise<void> {
  await opens(annsWallet, await linkOf());
  await annsWallet.taps('Join');
  await ann.taps('Yes, that is me');
  for (const each of [ann, annsWallet]) each.hears();
}

const isJoined = async () => (await ann.person()).joinedTo !== undefined;

async function bothEnds() {
  const [customer, member] = [await ann.person(), await annsWallet.person()];
  return { joinedTo: customer.joinedTo?.personId, joined: member.joined ?? [], customer, member };
}

async function bought(who = ann) {
  await who.says('two lattes and a croissant');
  await who.says('checkout');
  const order = await who.pays();
  who.hears();
  return order;
}

describe('joining', () => {
  it('takes the link, the tap in the wallet and the tap at the shop; both threads are told', async () => {
    const ref = await linkOf();
    expect(ref).toMatch(/^join-[\w-]{43}$/u);
    await opens(annsWallet, ref);
    expect(annsWallet.hears()).toContain(
      'Join a chat with Joe’s Coffee as “Ann Archer” to your account Ann Archer (@ann)?',
    );
    expect(await isJoined()).toBe(false);

    await annsWallet.taps('Join');
    expect(annsWallet.hears()).toContain('Confirm it in your chat with Joe’s Coffee');
    expect(ann.hears()).toContain('Ann Archer (@ann) says that this chat is theirs.');
    expect(await isJoined()).toBe(false);

    await ann.taps('Yes, that is me');
    expect(ann.hears()).toContain('Joined: this chat is Ann Archer (@ann)’s now.');
    expect(annsWallet.hears()).toContain('Joined: your chat with Joe’s Coffee');
    const { joinedTo, joined, customer, member } = await bothEnds();
    expect(joinedTo).toBe(member.id);
    expect(joined).toEqual([{ shopId: joesCoffee.id, personId: customer.id }]);
  });

  it('rides on Get Started, too', async () => {
    const ref = await linkOf();
    await annsWallet.does({ kind: 'postback', payload: 'v1:start', ref });
    expect(annsWallet.hears()).toContain('Join a chat with Joe’s Coffee');
  });

  it('waits for an account where there is none', async () => {
    const ref = await linkOf();
    const nobody = await thread.member('Cora', 'cora');
    const { handle: _handle, ...person } = await nobody.person();
    const before = await nobody.person();
    await thread.world.people.save({ ...person, version: before.version + 1 }, before);

    await opens(nobody, ref);
    expect(nobody.hears()).toContain('you need an account first');
    await nobody.says('@cora');
    await opens(nobody, ref);
    expect(nobody.hears()).toContain('Join a chat with Joe’s Coffee');
  });

  it('keeps the order under way, the orders before, and the conversation', async () => {
    const { number } = await bought();
    await ann.says('a latte');
    await ann.says('checkout');
    await join();
    const order = await ann.pays();
    expect(order.state).toBe('paid');

    ann.hears();
    await ann.says('where is my order');
    expect(ann.hears()).toContain(number);
    await ann.says('same again');
    expect(await ann.cart()).toBeDefined();
    await annsWallet.says('where is my order?');
    const heard = annsWallet.hears();
    expect(heard).toContain('Joe’s Coffee:');
    expect(heard).toContain(`${number} · $13.34 · paid and received by the shop`);
    expect(heard).toContain(order.number);
  });

  it('leaves whoever is of the team what they are', async () => {
    const joe = await thread.owner();
    const joesWallet = await thread.member('Joe Brew', 'joe');
    await opens(joesWallet, await linkOf(joe));
    await joesWallet.taps('Join');
    await joe.taps('Yes, that is me');
    await joe.says('console');
    expect(joe.link('Open the console')).toContain('/console/sign-in/');
    await bought();
    expect(joe.hears()).toContain('New order');
  });
});

describe('what asks for more than a word', () => {
  it('is the join itself: yes, and buttons of other questions, join nothing', async () => {
    await opens(annsWallet, await linkOf());
    await annsWallet.says('yes');
    expect(annsWallet.hears()).toContain('Please tap Join or Not me.');
    await annsWallet.does({ kind: 'postback', payload: 'v1:answer:join:0000000000000000' });
    expect(ann.hears()).not.toContain('says that this chat is theirs');
    await annsWallet.taps('Not me');
    expect(annsWallet.hears()).toContain('nothing was joined');
  });

  it('is not had by a button of the shop before anybody opened the link', async () => {
    const ref = await linkOf();
    const fingerprint = thread.world.tokens.fingerprint(ref.slice('join-'.length));
    await ann.does({ kind: 'postback', payload: `v1:shop:confirm_join:${fingerprint}` });
    expect(await isJoined()).toBe(false);
    // What the tables hold opens nothing either.
    await opens(annsWallet, `join-${fingerprint}`);
    expect(annsWallet.hears()).toContain('That link joins nothing.');
  });
});

describe('a link in other hands', () => {
  it('joins nothing unless who asked for it says yes to whoever opened it', async () => {
    const ref = await linkOf();
    const bob = await thread.member('Bob Stone', 'bob');
    await opens(bob, ref);
    await bob.taps('Join');
    expect(ann.hears()).toContain('Bob Stone (@bob) says that this chat is theirs.');
    await ann.taps('No');
    expect(bob.hears()).toContain('That was refused');
    expect(await isJoined()).toBe(false);

    // Nor later: neither the wallet's button nor the shop's is good for anything now.
    await bob.does({
      kind: 'postback',
      payload:
        bob
          .replies()
          .flatMap(payloadsOf)
          .find((each) => each.includes('join:')) ?? '',
    });
    await ann.taps('Yes, that is me');
    expect(ann.hears()).toContain('That link was used already.');
    expect(await isJoined()).toBe(false);
  });

  it('is good for the first account that wanted it, and for no second', async () => {
    const ref = await linkOf();
    const bob = await thread.member('Bob Stone', 'bob');
    await opens(bob, ref);
    await opens(annsWallet, ref);
    await bob.taps('Join');
    await annsWallet.taps('Join');
    expect(annsWallet.hears()).toContain('Somebody else has used that link.');
    expect(ann.hears()).not.toContain('@ann');
  });

  it('cannot be confirmed in anybody else’s chat', async () => {
    const ref = await linkOf();
    await opens(annsWallet, ref);
    await annsWallet.taps('Join');
    const eve = thread.customer('Eve Moss');
    const payload = ann
      .replies()
      .flatMap(payloadsOf)
      .find((each) => each.includes('confirm_join'));
    await eve.does({ kind: 'postback', payload: payload ?? '' });
    expect((await eve.person()).joinedTo).toBeUndefined();
    expect(eve.hears()).toContain('That link joins nothing.');
    await eve.does({ kind: 'postback', payload: (payload ?? '').replace('confirm', 'refuse') });
    await ann.taps('Yes, that is me');
    expect(await isJoined()).toBe(true);
  });

  it('forwarded as bait names whose chat it is, and one tap takes it apart', async () => {
    const eve = thread.customer('Eve Moss');
    await opens(annsWallet, await linkOf(eve));
    expect(annsWallet.hears()).toContain('as “Eve Moss”');
    await annsWallet.taps('Join');
    await eve.taps('Yes, that is me');

    // Eve can end neither Ann's account nor what Ann is told.
    await eve.says('stop');
    await eve.says('delete my data');
    await eve.taps('Yes, delete');
    const member = await annsWallet.person();
    expect(member.stoppedAtMs).toBeUndefined();
    expect(member.deletionRequestedAtMs).toBeUndefined();

    await annsWallet.taps('Undo');
    expect(annsWallet.hears()).toContain('are apart again');
    expect((await eve.person()).joinedTo).toBeUndefined();
    expect((await annsWallet.person()).joined).toEqual([]);
  });

  it.each(['join-', 'join-x', `join-${'z'.repeat(199)}`, 'join-../../x', 'claim-nothing'])(
    'made up (%s) joins nothing',
    async (ref) => {
      await opens(annsWallet, ref);
      expect(annsWallet.hears()).not.toContain('Join a chat');
    },
  );
});

describe('late, twice and at once', () => {
  it('is over after fifteen minutes, at either end', async () => {
    const ref = await linkOf();
    thread.town.time.nowMs += 16 * minuteMs;
    await opens(annsWallet, ref);
    expect(annsWallet.hears()).toContain('That link is too old.');

    await opens(annsWallet, await linkOf());
    await annsWallet.taps('Join');
    thread.town.time.nowMs += 16 * minuteMs;
    await ann.taps('Yes, that is me');
    expect(ann.hears()).toContain('That link is too old.');
    expect(await isJoined()).toBe(false);
  });

  it('tapped twice is joined once, and an old Yes joins nothing again after an undo', async () => {
    await join();
    await ann.taps('Yes, that is me');
    expect(ann.hears()).toContain('Joined: this chat is');
    expect((await annsWallet.person()).joined).toHaveLength(1);

    await ann.says('unlink');
    expect(annsWallet.hears()).toContain('are apart again');
    await ann.taps('Yes, that is me');
    expect(ann.hears()).toContain('That link was used already.');
    expect(await isJoined()).toBe(false);
  });

  it('lets one of two links win, whichever are confirmed at once', async () => {
    const bob = await thread.member('Bob Stone', 'bob');
    await opens(annsWallet, await linkOf());
    await annsWallet.taps('Join');
    const first = ann
      .replies()
      .flatMap(payloadsOf)
      .findLast((each) => each.includes('confirm_'));
    await opens(bob, await linkOf());
    await bob.taps('Join');
    const second = ann
      .replies()
      .flatMap(payloadsOf)
      .findLast((each) => each.includes('confirm_'));
    expect(first).not.toBe(second);

    await Promise.all(
      [first, second].map((payload = '') => ann.does({ kind: 'postback', payload })),
    );

    const holders = [await annsWallet.person(), await bob.person()].filter(
      ({ joined = [] }) => joined.length > 0,
    );
    expect(holders.map(({ id }) => id)).toEqual([(await ann.person()).joinedTo?.personId]);
  });

  it('does not join what is joined, nor two chats of one shop to one account', async () => {
    await join();
    await ann.says('this is me');
    expect(ann.hears()).toContain('This chat is joined to Ann Archer (@ann).');

    const other = thread.customer('Ann Archer');
    await opens(annsWallet, await linkOf(other));
    expect(annsWallet.hears()).toContain('Another chat with that shop is joined to your account.');
  });

  it('does not join a chat to who is gone, nor who is gone to a chat', async () => {
    const ref = await linkOf();
    await opens(annsWallet, ref);
    await annsWallet.taps('Join');
    const before = await annsWallet.person();
    const gone = { ...before, version: before.version + 1, deletionRequestedAtMs: 1 };
    await thread.world.people.save(gone, before);
    await ann.taps('Yes, that is me');
    expect(await isJoined()).toBe(false);
  });

  it('is told in full by the run after one that died before it could tell', async () => {
    await opens(annsWallet, await linkOf());
    await annsWallet.taps('Join');
    const [payload = ''] = ann
      .replies()
      .flatMap(payloadsOf)
      .filter((each) => each.includes('confirm_'));
    const { conversations } = thread.world;
    const { commit } = conversations;
    Object.assign(conversations, {
      commit: async () => {
        throw new Error('The process died.');
      },
    });
    await expect(ann.does({ kind: 'postback', payload }, 'm_died')).rejects.toThrow('died');
    Object.assign(conversations, { commit });
    expect(await isJoined()).toBe(true);
    ann.hears();

    await ann.does({ kind: 'postback', payload }, 'm_died');
    await ann.does({ kind: 'postback', payload }, 'm_died');
    expect(ann.hears()).toContain('Joined: this chat is Ann Archer (@ann)’s now.');
    expect(annsWallet.heard().filter((each) => each.startsWith('Joined:'))).toHaveLength(1);
  });
});

describe('what is joined', () => {
  it('is forgotten with the account, and comes back with it', async () => {
    await join();
    await annsWallet.says('delete my data');
    await annsWallet.taps('Yes, delete');
    expect((await ann.person()).deletionRequestedAtMs).toBeDefined();
    await annsWallet.says('hi');
    expect((await ann.person()).deletionRequestedAtMs).toBeUndefined();
    expect((await annsWallet.person()).deletionRequestedAtMs).toBeUndefined();
  });

  it('shows in the wallet with a way out', async () => {
    await annsWallet.says('my shops');
    expect(annsWallet.hears()).toContain('No chat with a shop is joined');
    await join();
    await annsWallet.says('my shops');
    expect(annsWallet.hears()).toBe('Joe’s Coffee: no orders yet');
    await annsWallet.taps('Unlink Joe’s Coffee');
    expect(ann.hears()).toContain('are apart again');
    await annsWallet.taps('Unlink Joe’s Coffee');
    expect(annsWallet.hears()).toContain('nothing was changed');
  });

  it('is not taken apart by a stranger', async () => {
    await join();
    const bob = await thread.member('Bob Stone', 'bob');
    const { id } = await ann.person();
    await bob.does({ kind: 'postback', payload: `v1:leave_shop:${id}` });
    await thread.customer('Eve Moss').says('unlink');
    expect(await isJoined()).toBe(true);
  });
});

describe('the PIN that guards a kept card', () => {
  const guarding = async (orderMadeAtMs: number | undefined, hasOwnPin = false) =>
    pinGuarding(thread.town.world, {
      buyer: await ann.person(),
      savedCard: orderMadeAtMs === undefined ? {} : { orderMadeAtMs },
      hasOwnPin,
    });

  it('is the wallet’s for what was kept since, and nobody’s for what was kept before', async () => {
    await join();
    const { customer, member } = await bothEnds();
    const atMs = customer.joinedTo?.atMs ?? 0;
    expect(await guarding(atMs + 1)).toBeUndefined();
    await thread.town.world.pins.save({
      personId: member.id,
      version: 1,
      salt: 's',
      hash: 'h',
      failures: 0,
    });

    expect(await guarding(atMs + 1)).toBe(member.id);
    expect(await guarding(atMs)).toBeUndefined();
    expect(await guarding(undefined)).toBeUndefined();
    expect(await guarding(atMs + 1, true)).toBe(customer.id);
    await ann.says('unlink');
    expect(await guarding(atMs + 1)).toBeUndefined();
  });
});

function payloadsOf(reply: ReturnType<Customer['replies']>[number]): string[] {
  return reply.kind === 'text' ? (reply.quickReplies ?? []).map(({ payload }) => payload) : [];
}
