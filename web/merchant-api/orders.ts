// /v1/orders: what was bought, and how far it is on its way to the buyer.
import * as z from 'zod/mini';
import { moveOrder } from '../../lambdas/domain/orders/move-order.ts';
import type { Order, OrderId, OrderState } from '../../lambdas/domain/orders/order.ts';
import type { Shop } from '../../lambdas/domain/shops/shop.ts';
import { given, httpsUrl, named, pageAsked, pageBody, pageOf, pageQuery, words } from './fields.ts';
import { order, orderBody, orderId, orderStates } from './order-body.ts';
import { notFound, problem } from './problem.ts';
import { type ApiWorld, done, nothing, type Result, type Route, route } from './route.ts';

const params = z.strictObject({ order: orderId });

const destinations = ['paid', 'preparing', 'ready', 'fulfilled'] as const;
type Destination = (typeof destinations)[number];

const move = z.strictObject({
  to: z.enum(destinations),
  tracking: z.exactOptional(
    z.strictObject({
      carrier: z.exactOptional(words(60)),
      number: words(100),
      url: z.exactOptional(httpsUrl),
    }),
  ),
});
named.add(move, { id: 'OrderMove' });

/** Another shop's order looks like one that never was. */
export async function orderOf(
  world: Pick<ApiWorld, 'orders'>,
  shop: Pick<Shop, 'id'>,
  id: OrderId,
): Promise<Order | undefined> {
  const found = await world.orders.get(id);
  // A cart that nobody has paid is its buyer's own affair.
  const isHidden = found?.state === 'draft' && found.source === 'cart';
  return found?.shopId === shop.id && !isHidden ? found : undefined;
}

type Step = Parameters<typeof moveOrder>[1]['step'];

/** Forwards, or one step back. */
const steps: Readonly<Partial<Record<OrderState, Partial<Record<Destination, Step>>>>> = {
  paid: { preparing: 'preparing', ready: 'ready', fulfilled: 'fulfilled' },
  preparing: { ready: 'ready', fulfilled: 'fulfilled', paid: 'preparing_undone' },
  ready: { fulfilled: 'fulfilled', preparing: 'ready_undone' },
  fulfilled: { ready: 'fulfilled_undone' },
};

async function moveTo(
  world: ApiWorld,
  { shop, id, wish }: { shop: Shop; id: OrderId; wish: z.output<typeof move> },
): Promise<Result<z.output<typeof order>>> {
  const found = await orderOf(world, shop, id);
  if (found === undefined) return notFound;
  // Moved there before, and the answer lost.
  if (found.state === wish.to && wish.tracking === undefined) return done(orderBody(found));
  const step = steps[found.state]?.[wish.to];
  if (step === undefined) {
    return problem('not_possible', `An order that is ${found.state} cannot become ${wish.to}.`);
  }
  const tracking =
    wish.tracking === undefined
      ? undefined
      : {
          number: wish.tracking.number,
          ...given({ carrier: wish.tracking.carrier, url: wish.tracking.url }),
        };
  const moved = await moveOrder(world, { orderId: id, step, ...given({ tracking }) });
  if (moved.kind === 'moved') return done(orderBody(moved.order));
  return problem('not_possible', `The order is ${moved.order.state} by now.`);
}

export const orderRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/v1/orders',
    title: 'List orders',
    about: 'All that were ever checked out, newest first, or those in one state.',
    scope: 'orders:read',
    params: nothing,
    query: z.strictObject({ ...pageQuery, state: z.optional(z.enum(orderStates)) }),
    body: nothing,
    answer: { status: 200, schema: pageOf('OrderPage', order) },
    act: async (world, { shop, query }) => {
      const page = await world.orders.ofShop(shop.id, {
        ...pageAsked(query),
        ...given({ state: query.state }),
      });
      return done(pageBody(page.things.map(orderBody), page.next));
    },
  }),
  route({
    method: 'GET',
    path: '/v1/orders/{order}',
    title: 'Get an order',
    scope: 'orders:read',
    params,
    query: nothing,
    body: nothing,
    answer: { status: 200, schema: order },
    act: async (world, { shop, params: { order: id } }) => {
      const found = await orderOf(world, shop, id);
      return found === undefined ? notFound : done(orderBody(found));
    },
  }),
  route({
    method: 'POST',
    path: '/v1/orders/{order}/moves',
    title: 'Move an order on',
    about:
      'Tells the buyer in their thread. From paid over preparing and ready to fulfilled, any of them left out; or one step back, when it was a mistake. Cancel an order by a refund with cancel_order.',
    scope: 'orders:write',
    params,
    query: nothing,
    body: move,
    answer: { status: 200, schema: order },
    problems: ['not_possible'],
    act: (world, { shop, body, params: { order: id } }) => moveTo(world, { shop, id, wish: body }),
  }),
];
