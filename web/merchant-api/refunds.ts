// /v1/refunds: money that goes back to the buyer, whole or in parts.
import * as z from 'zod/mini';
import { refundOrder } from '../../lambdas/domain/orders/refund-order.ts';
import { formatForTemplate } from '../../lambdas/domain/money/format-money.ts';
import { amount, named, pageOf, readAmount } from './fields.ts';
import { orderId, refund, refundBody } from './order-body.ts';
import { orderOf } from './orders.ts';
import { notFound, problem, wrongField } from './problem.ts';
import {
  type ActCall,
  type ApiWorld,
  done,
  nothing,
  type Result,
  type Route,
  route,
} from './route.ts';

const newRefund = z.strictObject({
  order: orderId,
  /** All that is left, where it is not said. */
  amount: z.exactOptional(amount),
  reason: z.enum(['requested_by_customer', 'duplicate', 'fraudulent']),
  /** Also ends the order: nothing of it will be handed over. */
  cancel_order: z.exactOptional(z.boolean()),
});
named.add(newRefund, { id: 'NewRefund' });

async function refundNow(
  world: ApiWorld,
  { shop, body, madeBy }: ActCall<typeof nothing, typeof nothing, typeof newRefund>,
): Promise<Result<z.output<typeof refund>>> {
  const found = await orderOf(world, shop, body.order);
  if (found === undefined) return notFound;
  if (body.amount !== undefined) {
    const { currency } = found.bill.total;
    if (body.amount.amount === 0) return wrongField('amount.amount', 'Nothing is no refund.');
    if (body.amount.currency !== currency) {
      return wrongField('amount.currency', `The order was paid in ${currency}.`);
    }
  }
  const outcome = await refundOrder(world, {
    orderId: found.id,
    amount: body.amount === undefined ? 'all' : readAmount(body.amount),
    reason: body.reason,
    madeBy: `${shop.id}:${madeBy}`,
    ...(body.cancel_order === true ? { cancel: true } : {}),
  });
  switch (outcome.kind) {
    case 'asked':
      return done(refundBody(outcome.order, outcome.refund));
    case 'too_much':
      return problem(
        'refund_too_large',
        `There is ${formatForTemplate(outcome.left)} left to refund.`,
      );
    case 'not_refundable':
      return problem(
        'not_possible',
        `An order that is ${outcome.order.state} has nothing to refund.`,
      );
  }
}

export const refundRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/v1/refunds',
    title: 'List the refunds of an order',
    scope: 'refunds:read',
    params: nothing,
    query: z.strictObject({ order: orderId }),
    body: nothing,
    answer: { status: 200, schema: pageOf('RefundPage', refund) },
    act: async (world, { shop, query }) => {
      const found = await orderOf(world, shop, query.order);
      if (found === undefined) return notFound;
      return done({ data: found.refunds.map((each) => refundBody(found, each)) });
    },
  }),
  route({
    method: 'POST',
    path: '/v1/refunds',
    title: 'Refund an order',
    about:
      'Asked for at once, done by the bank within days: refund.succeeded or refund.failed tells. Several parts may be refunded, up to the whole.',
    scope: 'refunds:write',
    params: nothing,
    query: nothing,
    body: newRefund,
    answer: { status: 201, schema: refund },
    problems: ['refund_too_large', 'not_possible'],
    movesMoney: true,
    act: refundNow,
  }),
];
