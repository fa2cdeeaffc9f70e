// /v1/payment-requests: bills that the shop sends to people who have written to it, and that expire.
import * as z from 'zod/mini';
import {
  cancelRequest,
  requestPayment,
} from '../../lambdas/domain/merchant-api/request-payment.ts';
import type { Order, OrderId } from '../../lambdas/domain/orders/order.ts';
import type { Shop } from '../../lambdas/domain/shops/shop.ts';
import { given, idOf, moment, momentOf, named, words } from './fields.ts';
import { bill, billBody, maybeMoment, orderId, orderStates } from './order-body.ts';
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

const params = z.strictObject({ payment_request: orderId });

const newRequest = z.strictObject({
  to: z.strictObject({
    /** The person's id at your Page, as Messenger gives it: they have written to the shop. */
    psid: z.string().check(z.regex(/^\d{1,40}$/u)),
  }),
  lines: z
    .array(
      z.strictObject({
        product: idOf('prd'),
        choices: z.exactOptional(z.array(words(20)).check(z.maxLength(4))),
        quantity: z.int().check(z.gte(1), z.lte(99)),
      }),
    )
    .check(z.minLength(1), z.maxLength(20)),
  promotion_code: z.exactOptional(words(40)),
  note: z.exactOptional(words(300)),
  pay_within_hours: z.exactOptional(z.int().check(z.gte(1), z.lte(720))),
});
named.add(newRequest, { id: 'NewPaymentRequest' });

const paymentRequest = z.strictObject({
  id: orderId,
  number: z.string(),
  state: z.enum(orderStates),
  ...bill,
  note: z.exactOptional(z.string()),
  /** Where it is paid. */
  url: z.exactOptional(z.string()),
  created_at: moment,
  paid_at: z.exactOptional(moment),
  pay_before: z.exactOptional(moment),
});
named.add(paymentRequest, { id: 'PaymentRequest' });

function requestBody(order: Order, url?: string): z.output<typeof paymentRequest> {
  const { id, number, state, wish } = order;
  return {
    id,
    number,
    state,
    ...billBody(order.bill),
    created_at: momentOf(order.createdAtMs),
    ...given({
      url,
      note: wish.note,
      paid_at: maybeMoment(order.paidAtMs),
      pay_before: maybeMoment(order.payBeforeMs),
    }),
  };
}

async function requestOf(world: ApiWorld, shop: Shop, id: OrderId): Promise<Order | undefined> {
  const found = await orderOf(world, shop, id);
  return found?.source === 'payment_request' ? found : undefined;
}

async function requestNow(
  world: ApiWorld,
  { shop, body, madeBy }: ActCall<typeof nothing, typeof nothing, typeof newRequest>,
): Promise<Result<z.output<typeof paymentRequest>>> {
  const outcome = await requestPayment(world, {
    shop,
    psid: body.to.psid,
    lines: body.lines.map(({ product, choices = [], quantity }) => ({
      productId: product,
      choices,
      quantity,
    })),
    madeBy: `${shop.id}:${madeBy}`,
    ...given({
      promotionCode: body.promotion_code,
      note: body.note,
      payWithinMs:
        body.pay_within_hours === undefined ? undefined : body.pay_within_hours * 3_600_000,
    }),
  });
  switch (outcome.kind) {
    case 'asked':
      return done(requestBody(outcome.order, outcome.url));
    case 'person_unknown':
      return wrongField('to.psid', 'This person has not written to your shop.');
    case 'refused':
      return wrongField(fieldOf[outcome.why], `The shop cannot sell that: ${outcome.why}.`);
  }
}

type Why = Extract<Awaited<ReturnType<typeof requestPayment>>, { kind: 'refused' }>['why'];

const fieldOf: Readonly<Record<Why, string>> = {
  empty: 'lines',
  too_many: 'lines',
  product_gone: 'lines',
  choice_gone: 'lines',
  not_shipped_there: 'lines',
  no_pick_up: 'lines',
  tip_unknown: 'lines',
  promotion_unknown: 'promotion_code',
  too_large: 'lines',
};

async function cancelNow(
  world: ApiWorld,
  { shop, params }: { shop: Shop; params: { payment_request: OrderId } },
): Promise<Result<z.output<typeof paymentRequest>>> {
  const found = await requestOf(world, shop, params.payment_request);
  if (found === undefined) return notFound;
  if (found.state === 'cancelled') return done(requestBody(found));
  const outcome = await cancelRequest(world, found.id);
  if (outcome.kind === 'cancelled' || outcome.kind === 'closing') {
    return done(requestBody(outcome.order));
  }
  return problem('not_possible', `It is ${outcome.order.state} by now.`);
}

export const paymentRequestRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/v1/payment-requests',
    title: 'Ask for a payment',
    about:
      'Makes an itemised bill of products of the catalog, which expires. url leads to it and is shown once; the person also hears of it in their thread. The order it becomes has the same id.',
    scope: 'payment-requests:write',
    params: nothing,
    query: nothing,
    body: newRequest,
    answer: { status: 201, schema: paymentRequest },
    movesMoney: true,
    shownOnce: ['url'],
    act: requestNow,
  }),
  route({
    method: 'GET',
    path: '/v1/payment-requests/{payment_request}',
    title: 'Get a payment request',
    scope: 'payment-requests:read',
    params,
    query: nothing,
    body: nothing,
    answer: { status: 200, schema: paymentRequest },
    act: async (world, { shop, params: { payment_request: id } }) => {
      const found = await requestOf(world, shop, id);
      return found === undefined ? notFound : done(requestBody(found));
    },
  }),
  route({
    method: 'POST',
    path: '/v1/payment-requests/{payment_request}/cancel',
    title: 'Cancel a payment request',
    about:
      'Somebody may be paying right now: then the provider is asked first, and its state tells who was faster.',
    scope: 'payment-requests:write',
    params,
    query: nothing,
    body: nothing,
    answer: { status: 200, schema: paymentRequest },
    problems: ['not_possible'],
    act: cancelNow,
  }),
];
