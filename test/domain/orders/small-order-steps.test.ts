// The small rules around an order's steps: what the shop does with it, its account, its bill by link, whose PIN guards a card.
import { beforeEach, describe, expect, it } from 'vitest';
import { draftOrder } from '../../../lambdas/domain/orders/draft-order.ts';
import { nobody } from '../../../lambdas/domain/orders/nobody.ts';
import { holdBill } from '../../../lambdas/domain/orders/hold-bill.ts';
import {
  hasLeft,
  refreshMerchant,
  startOnboarding,
} from '../../../lambdas/domain/orders/merchant.ts';
import { moveOrder, type MoveOrderSaid } from '../../../lambdas/domain/orders/move-order.ts';
import type { Order } from '../../../lambdas/domain/orders/order.ts';
import { pinGuarding } from '../../../lambdas/domain/orders/pin-guarding.ts';
import type { FoundMerchant, ShopProvider } from '../../../lambdas/domain/orders/ports.ts';
import type { Person, PersonId } from '../../../lambdas/domain/people/person.ts';
import { aPerson } from '../../builders/people.ts';
import { joesCoffee } from '../../builders/shop-town/joes-coffee.ts';
import { aWish, openShopTown, type ShopTown } from '../../builders/shop-town/open-shop-town.ts';
import { standingOrder } from '../../builders/shop-town/standing-order.ts';

const dayMs = 24 * 60 * 60 * 1000;
const tracking = { carrier: 'UPS', number: '1Z999' };

let town: ShopTown;
beforeEach(async () => {
  town = await openShopTown();
});

describe('a draft', () => {
  const wanted = { wish: aWish(), madeBy: 'm_1' };
  const buyer = aPerson({ name: 'Ann Archer' });
  const draft = async (
    more: Partial<Parameters<typeof draftOrder>[1]> = {},
    whose: { readonly buyer?: Person } = { buyer },
  ) => {
    const asked = { shop: await town.shop(), ...wanted, ...whose, ...more };
    const drafted = await draftOrder(town.world, asked);
    if (drafted.kind !== 'drafted') throw new Error(drafted.kind);
    return drafted.order;
  };

  it('of a cart is the buyer’s, and waits for no end but its own', async () => {
    const order = await draft();

    expect(order).toMatchObject({ source: 'cart', buyerId: buyer.id, buyerName: 'Ann Archer' });
    for (const absent of ['address', 'payBeforeMs', 'sent'])
      expect(order).not.toHaveProperty(absent);
    expect((await town.world.orders.journalOf(order.id))[0]?.actor).toBe('buyer');
  });

  it('of a bill for anybody is the shop’s, for so many days, to nobody yet', async () => {
    const order = await draft({ source: 'payment_request', noteOfShop: 'Thanks' }, {});

    expect(order.buyerName).toBe('Whoever has the link');
    expect(order.sent).toEqual({ endsAtMs: order.payBeforeMs, isByLink: true, note: 'Thanks' });
    expect(order.payBeforeMs).toBeGreaterThan(town.time.nowMs);
    expect((await town.world.orders.journalOf(order.id))[0]?.actor).toBe('shop');
    const without = await draft({ source: 'payment_request', madeBy: 'm_2' });
    expect(without.sent).not.toHaveProperty('note');
    expect(without.sent?.isByLink).toBe(false);
  });

  it('made twice is one', async () => {
    expect(await draft()).toEqual(await draft());
    expect(await town.orders()).toHaveLength(1);
  });

  it('finds another number up to eight times, and says so when there is none', async () => {
    let tries = 0;
    const commit = async () => {
      tries += 1;
      return { kind: 'number_taken' } as const;
    };
    const orders = { ...town.world.orders, commit };
    const shop = await town.shop();

    await expect(draftOrder({ ...town.world, orders }, { shop, buyer, ...wanted })).rejects.toThrow(
      /finds no free number/u,
    );
    expect(tries).toBe(8);
  });

  it('that nothing is in the way of and is not written is a bug', async () => {
    const commit = async () => ({ kind: 'conflict' }) as const;
    const orders = { ...town.world.orders, commit };
    const shop = await town.shop();

    await expect(draftOrder({ ...town.world, orders }, { shop, buyer, ...wanted })).rejects.toThrow(
      /conflicts with nothing/u,
    );
  });
});

describe('the shop moves an order', () => {
  const move = async (order: Order, said: Omit<MoveOrderSaid, 'orderId'>) => {
    const { kind, order: moved } = await moveOrder(town.world, { orderId: order.id, ...said });
    expect(await town.order(order.id)).toEqual(moved);
    return { kind, moved };
  };

  it('on, notes when it was handed over, and back again as it was', async () => {
    const order = await standingOrder(town, { state: 'paid', paidAtMs: 1 });
    await move(order, { step: 'preparing' });
    await move(order, { step: 'ready' });
    town.time.nowMs += 5000;
    const { moved } = await move(order, { step: 'fulfilled' });
    expect(moved).toMatchObject({ state: 'fulfilled', fulfilledAtMs: town.time.nowMs });

    const { moved: back } = await move(order, { step: 'fulfilled_undone' });
    expect(back.state).toBe('ready');
    expect(back).not.toHaveProperty('fulfilledAtMs');
  });

  it.each(['ready', 'fulfilled'] as const)('as %s with what it was sent by', async (step) => {
    const order = await standingOrder(town, { state: 'preparing', paidAtMs: 1 });
    if (step === 'fulfilled') await move(order, { step: 'ready' });

    expect((await move(order, { step, tracking })).moved.tracking).toEqual(tracking);
    expect((await move(order, { step: `${step}_undone` })).moved.tracking).toEqual(
      step === 'ready' ? undefined : tracking,
    );
  });

  it('as handed over, by what it was sent by before', async () => {
    const order = await standingOrder(town, { state: 'preparing', paidAtMs: 1 });
    await move(order, { step: 'ready', tracking });

    expect((await move(order, { step: 'fulfilled' })).moved.tracking).toEqual(tracking);
  });

  it('without a tracking where none is given, or nothing is sent yet', async () => {
    const order = await standingOrder(town, { state: 'paid', paidAtMs: 1 });
    expect((await move(order, { step: 'preparing', tracking })).moved).not.toHaveProperty(
      'tracking',
    );
    const { moved } = await move(order, { step: 'ready' });
    expect(moved).not.toHaveProperty('tracking');
    expect(moved).not.toHaveProperty('fulfilledAtMs');
  });

  it('nowhere that it cannot go, and not one that is not there', async () => {
    const order = await standingOrder(town, { state: 'cancelled' });
    expect(await move(order, { step: 'ready' })).toEqual({ kind: 'not_possible', moved: order });

    await expect(moveOrder(town.world, { orderId: 'ord_none', step: 'ready' })).rejects.toThrow(
      'Order ord_none is not there.',
    );
  });
});

describe('the shop’s account', () => {
  const found = (thing: FoundMerchant) => async () => ({ kind: 'found', thing }) as const;
  const telling = (merchant: ShopProvider['lookUp']['merchant']) => ({
    ...town.world,
    shopProvider: {
      ...town.world.shopProvider,
      lookUp: { ...town.world.shopProvider.lookUp, merchant },
    },
  });
  const active = { status: 'active', missing: [] } as const;

  it('is as it is told, and is written only where that is news', async () => {
    const before = await town.shop();
    expect(await refreshMerchant(telling(found(active)), joesCoffee.id)).toBe('refreshed');
    expect(await town.shop()).toEqual(before);

    const restricted = { status: 'restricted', missing: ['tos', 'bank'] } as const;
    const world = telling(found({ ...restricted, shopId: joesCoffee.id }));
    await refreshMerchant(world, joesCoffee.id);
    const after = await town.shop();
    expect(after).toMatchObject({ account: restricted, version: before.version + 1 });
    await refreshMerchant(world, joesCoffee.id);
    expect(await town.shop()).toEqual(after);

    const fewer = { ...restricted, missing: ['tosbank'] };
    await refreshMerchant(telling(found(fewer)), joesCoffee.id);
    expect((await town.shop()).account).toMatchObject({ missing: ['tosbank'] });
  });

  it('has left where it is there no more, and misses what it missed', async () => {
    const missing = ['tos'];
    await town.changeShop({ account: { accountId: 'acct_joe', status: 'restricted', missing } });

    await refreshMerchant(
      telling(async () => ({ kind: 'not_found' })),
      joesCoffee.id,
    );

    expect((await town.shop()).account).toMatchObject({ status: 'left', missing });
  });

  it('stays as it is where nobody answers, or it is another shop’s', async () => {
    const before = await town.shop();
    const silent = telling(async () => ({ kind: 'unknown', why: 'no_answer' }));
    expect(await refreshMerchant(silent, joesCoffee.id)).toBe('unknown');
    const others = telling(found({ status: 'restricted', missing: [], shopId: 'shp_other' }));
    expect(await refreshMerchant(others, joesCoffee.id)).toBe('no_account');

    expect(await town.shop()).toEqual(before);
  });

  it('that was replaced while the old one was looked up is not changed by it', async () => {
    const newer = { accountId: 'acct_new', status: 'started', missing: [] } as const;
    const world = telling(async () => {
      await town.changeShop({ account: newer });
      return { kind: 'found', thing: { status: 'restricted', missing: ['tos'] } };
    });
    await refreshMerchant(world, joesCoffee.id);

    expect((await town.shop()).account).toEqual(newer);
  });

  it('that everybody changes all the time is tried six times, and then later', async () => {
    let saves = 0;
    const world = telling(found({ status: 'restricted', missing: [] }));
    const save = async () => {
      saves += 1;
      return 'conflict' as const;
    };

    await expect(
      refreshMerchant({ ...world, shops: { ...world.shops, save } }, joesCoffee.id),
    ).rejects.toMatchObject({ reason: 'conversation_moved' });
    expect(saves).toBe(6);
  });

  it('is opened anew where the old one has left, and else gone on with', async () => {
    const asked: Parameters<ShopProvider['onboardMerchant']>[0][] = [];
    const onboardMerchant: ShopProvider['onboardMerchant'] = async (request) => {
      asked.push(request);
      return { kind: 'done', url: 'https://provider.test/1', accountId: 'acct_2' };
    };
    const world = { ...town.world, shopProvider: { ...town.world.shopProvider, onboardMerchant } };
    const urls = { returnUrl: 'https://tender.example/a', refreshUrl: 'https://tender.example/b' };
    const start = async () => startOnboarding(world, { shop: await town.shop(), urls });

    expect(await start()).toEqual({ kind: 'redirect', url: 'https://provider.test/1' });
    expect((await town.shop()).account).toEqual({
      accountId: 'acct_2',
      status: 'started',
      missing: [],
    });
    await town.changeShop({ account: { accountId: 'acct_2', status: 'left', missing: [] } });
    await start();

    expect(asked.map(({ accountId }) => accountId)).toEqual(['acct_joe', undefined]);
  });

  it('is lost to an order where it has left, or is another one now', async () => {
    const order = await standingOrder(town);
    expect(await hasLeft(town.world, order)).toBe(false);
    await town.changeShop({ account: { accountId: 'acct_new', status: 'active', missing: [] } });
    expect(await hasLeft(town.world, order)).toBe(true);
    await town.changeShop({ account: { accountId: 'acct_joe', status: 'left', missing: [] } });
    expect(await hasLeft(town.world, order)).toBe(true);
  });
});

describe('a bill that went out as a link', () => {
  const aBill = (changes: Partial<Order> = {}) =>
    standingOrder(
      town,
      {
        source: 'payment_request',
        wish: aWish({ note: 'for Ann', tipPercent: 10 }),
        sent: { isByLink: true, endsAtMs: town.time.nowMs + dayMs },
        dueAtMs: town.time.nowMs + dayMs,
        ...changes,
      },
      'nobodys',
    );
  const hold = async (order: Order, holder: string, anew = false) =>
    (await holdBill(town.world, await town.order(order.id), { holder, anew })).kind;

  it('is held by the first browser, and by another only when that takes it anew, as it was sent', async () => {
    const bill = await aBill();
    expect(await hold(bill, 'ann')).toBe('held');
    const held = await town.order(bill.id);
    expect(await hold(bill, 'ann')).toBe('held');
    expect(await hold(bill, 'ann', true)).toBe('held');
    expect(await town.order(bill.id)).toEqual(held);
    expect(held.wish.note).toBe('for Ann');

    expect(await hold(bill, 'bob')).toBe('not_theirs');
    expect(await hold(bill, 'bob', true)).toBe('held');
    const now = await town.order(bill.id);
    expect(now.sent?.holder).toBe('bob');
    expect(now.wish).not.toHaveProperty('note');
    expect(now.wish.tipPercent).toBe(0);
    expect(await hold(bill, 'ann')).toBe('not_theirs');
  });

  it('is nobody’s to hold where it cannot be sold so any more, has ended, or was taken', async () => {
    const gone = await aBill({
      wish: aWish({ lines: [{ productId: 'prd_gone', choices: [], quantity: 1 }] }),
    });
    expect(await hold(gone, 'ann', true)).toBe('not_open');
    expect(await town.order(gone.id)).toEqual(gone);
    const taken = await standingOrder(town, {
      sent: { isByLink: true, endsAtMs: town.time.nowMs + dayMs, holder: 'ann' },
      dueAtMs: town.time.nowMs + dayMs,
    });
    expect(await hold(taken, 'ann')).toBe('not_theirs');
    const ended = await aBill();
    town.time.nowMs += dayMs;
    expect(await hold(ended, 'ann')).toBe('not_open');
  });
});

it('nobody in particular has no name, no thread and no language that we know', async () => {
  const order = await standingOrder(town, {}, 'nobodys');

  expect(nobody(order)).toMatchObject({
    id: order.buyerId,
    locale: 'en-US',
    findableByName: false,
  });
});

describe('the PIN that guards a card kept at a shop', () => {
  const joined = { id: 'per_buyer', joinedTo: { personId: 'per_wallet', atMs: 1000 } } as const;
  const walletPin = {
    personId: 'per_wallet',
    version: 1,
    salt: 's',
    hash: 'h',
    failures: 0,
  } as const;
  const guarding = async (
    changes: Partial<Parameters<typeof pinGuarding>[1]>,
    hasWalletPin = true,
  ) => {
    const pins = {
      ...town.world.pins,
      of: async (personId: PersonId) =>
        hasWalletPin && personId === 'per_wallet' ? walletPin : undefined,
    };
    return pinGuarding(
      { pins },
      { buyer: joined, savedCard: { orderMadeAtMs: 1001 }, hasOwnPin: false, ...changes },
    );
  };

  it('is their own where they have one', async () => {
    expect(await guarding({ hasOwnPin: true })).toBe('per_buyer');
  });

  it('is that of the account they are joined to, for a card kept since', async () => {
    expect(await guarding({})).toBe('per_wallet');
    expect(await guarding({}, false)).toBeUndefined();
  });

  it('is none for a card kept before, at that moment, or of no time at all', async () => {
    for (const orderMadeAtMs of [999, 1000])
      expect(await guarding({ savedCard: { orderMadeAtMs } })).toBeUndefined();
    expect(await guarding({ savedCard: undefined })).toBeUndefined();
    expect(await guarding({ buyer: { id: 'per_buyer' } })).toBeUndefined();
  });
});
