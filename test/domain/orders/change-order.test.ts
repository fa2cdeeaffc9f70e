// Several change one order at once: each decides on what it reads, and reads again when another was quicker.
import { expect, it } from 'vitest';
import { changeOrder } from '../../../lambdas/domain/orders/change-order.ts';
import type { Order } from '../../../lambdas/domain/orders/order.ts';
import type { OrderStore } from '../../../lambdas/domain/orders/ports.ts';
import { nextOrder } from '../../builders/orders.ts';
import { openShopTown } from '../../builders/shop-town/open-shop-town.ts';
import { standingOrder } from '../../builders/shop-town/standing-order.ts';

const decide = (order: Order) => nextOrder(order, 'held');

/** `answers` are of the first commits; later ones go through. */
async function among(answers: readonly Awaited<ReturnType<OrderStore['commit']>>[]) {
  const town = await openShopTown();
  const order = await standingOrder(town);
  const calls: string[] = [];
  const left = [...answers];
  const orders: OrderStore = {
    ...town.world.orders,
    get: async (id) => {
      calls.push('get');
      return town.world.orders.get(id);
    },
    commit: async (change) => {
      calls.push('commit');
      return left.shift() ?? town.world.orders.commit(change);
    },
  };
  return { order, calls, world: { orders } };
}

it('an order that was just read is not read again', async () => {
  const { world, order, calls } = await among([]);

  const changed = await changeOrder(world, order, decide);

  expect(changed).toMatchObject({ isOurs: true, soldOut: [], order: { version: 2 } });
  expect(calls).toEqual(['commit']);
});

it('an order is read by its id, and again when another was quicker', async () => {
  const { world, order, calls } = await among([{ kind: 'conflict' }]);

  expect(await changeOrder(world, order.id, decide)).toMatchObject({ isOurs: true });
  expect(calls).toEqual(['get', 'commit', 'get', 'commit']);
});

it('six times another was quicker: that is a storm to come back after', async () => {
  const { world, order, calls } = await among(Array.from({ length: 9 }, () => conflict()));

  await expect(changeOrder(world, order, decide)).rejects.toThrow('tried again later');
  expect(calls.filter((call) => call === 'commit')).toHaveLength(6);

  function conflict() {
    return { kind: 'conflict' } as const;
  }
});

it('nothing is written where nothing is decided, or where there is no order', async () => {
  const { world, order, calls } = await among([]);

  expect(await changeOrder(world, order, () => undefined)).toEqual({
    order,
    isOurs: false,
    soldOut: [],
  });
  expect(await changeOrder(world, 'ord_none', decide)).toBeUndefined();
  expect(calls).toEqual(['get']);
});

it('what there is too little of is told, and the order is as it was', async () => {
  const { world, order } = await among([{ kind: 'sold_out', productIds: ['prd_mug'] }]);

  expect(await changeOrder(world, order, decide)).toEqual({
    order,
    isOurs: false,
    soldOut: ['prd_mug'],
  });
});

it('only a draft takes a number: that one is taken later is a bug', async () => {
  const { world, order } = await among([{ kind: 'number_taken' }]);

  await expect(changeOrder(world, order, decide)).rejects.toThrow('has a number already');
});
