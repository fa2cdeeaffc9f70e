// /v1/payment-requests: bills that the shop sends to people who have written to it, and that expire.
import * as z from 'zod/mini';
import { cancelOrder } from '../../lambdas/domain/orders/cancel-order.ts';
import { mostLines, mostOfOne } from '../../lambdas/domain/orders/cart.ts';
import {
  type CustomLine,
  isNobodys,
  type Order,
  type OrderId,
  type WantedLine,
} from '../../lambdas/domain/orders/order.ts';
import { longestCustomName, type Refused } from '../../lambdas/domain/orders/quote.ts';
import { remindOfBill } from '../../lambdas/domain/orders/remind-of-bill.ts';
import { type BillLinks, sendBill } from '../../lambdas/domain/orders/send-bill.ts';
import { findSecretsInText } from '../../lambdas/domain/privacy/redact.ts';
import type { Shop } from '../../lambdas/domain/shops/shop.ts';
import {
  amount,
  given,
  idOf,
  moment,
  momentOf,
  named,
  pageAsked,
  pageBody,
  pageOf,
  pageQuery,
  readAmount,
  words,
} from './fields.ts';
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

const quantity = z.int().check(z.gte(1), z.lte(mostOfOne));

const productLine = z.strictObject({
  product: idOf('prd'),
  choices: z.exactOptional(z.array(words(20)).check(z.maxLength(4))),
  quantity,
});

/** What is not in the catalog: the shop's own words and price, and no stock. */
const customLine = z.strictObject({
  name: words(longestCustomName),
  quantity,
  unit_price: amount,
  /** Whether the shop's tax comes on top; it does unless this says otherwise. */
  taxed: z.exactOptional(z.boolean()),
});

const newRequest = z.strictObject({
  /** Left out: the bill goes out as a link, and whoever opens it first in Messenger becomes its buyer. */
  to: z.exactOptional(
    z.strictObject({
      /** The person's id at your Page, as Messenger gives it: they have written to the shop. */
      psid: z.string().check(z.regex(/^\d{1,40}$/u)),
    }),
  ),
  lines: z.array(z.union([productLine, customLine])).check(z.minLength(1), z.maxLength(mostLines)),
  promotion_code: z.exactOptional(words(40)),
  note: z.exactOptional(words(300)),
  pay_within_hours: z.exactOptional(z.int().check(z.gte(1), z.lte(720))),
});
named.add(newRequest, { id: 'NewPaymentRequest' });

const paymentRequest = z.strictObject({
  id: orderId,
  number: z.string(),
  state: z.enum(orderStates),
  /** Whether it went out as a link; and whether somebody has taken it in Messenger, or was asked there. */
  by_link: z.boolean(),
  claimed: z.boolean(),
  ...bill,
  note: z.exactOptional(z.string()),
  /** Where it is paid, without Messenger too. A key: whoever has it may read the bill and pay it. */
  url: z.exactOptional(z.string()),
  /** Opens it in the shop's thread. */
  messenger_url: z.exactOptional(z.string()),
  created_at: moment,
  reminded_at: z.exactOptional(moment),
  paid_at: z.exactOptional(moment),
  pay_before: z.exactOptional(moment),
});
named.add(paymentRequest, { id: 'PaymentRequest' });

type RequestBody = z.output<typeof paymentRequest>;

function requestBody(order: Order, links?: BillLinks): RequestBody {
  const { id, number, state, wish, sent } = order;
  return {
    id,
    number,
    state,
    by_link: sent?.isByLink === true,
    claimed: !isNobodys(order),
    ...billBody(order.bill),
    created_at: momentOf(order.createdAtMs),
    ...given({
      url: links?.url,
      messenger_url: links?.messengerUrl,
      note: sent?.note ?? wish.note,
      reminded_at: maybeMoment(sent?.remindedAtMs),
      paid_at: maybeMoment(order.paidAtMs),
      pay_before: maybeMoment(sent?.endsAtMs ?? order.payBeforeMs),
    }),
  };
}

async function requestOf(world: ApiWorld, shop: Shop, id: OrderId): Promise<Order | undefined> {
  const found = await orderOf(world, shop, id);
  return found?.source === 'payment_request' ? found : undefined;
}

/** Products first, then what the shop wrote itself. */
function linesOf(asked: z.output<typeof newRequest>['lines']) {
  const lines = asked.flatMap((line): WantedLine[] =>
    'product' in line
      ? [{ productId: line.product, choices: line.choices ?? [], quantity: line.quantity }]
      : [],
  );
  const customLines = asked.flatMap((line): CustomLine[] => {
    if ('product' in line) return [];
    const { name, unit_price: price, taxed = true } = line;
    return [{ name, quantity: line.quantity, unitPrice: readAmount(price), isTaxed: taxed }];
  });
  return { lines, customLines };
}

async function requestNow(
  world: ApiWorld,
  { shop, body, madeBy }: ActCall<typeof nothing, typeof nothing, typeof newRequest>,
): Promise<Result<RequestBody>> {
  const hours = body.pay_within_hours;
  // What is said in a thread is Meta's to read, too.
  if (findSecretsInText(body.note ?? '').length > 0)
    return wrongField('note', 'The note seems to hold a card or account number. Leave it out.');
  const outcome = await sendBill(world, {
    shop,
    ...linesOf(body.lines),
    madeBy: `${shop.id}:${madeBy}`,
    ...given({
      to: body.to === undefined ? undefined : { pageId: shop.pageId, psid: body.to.psid },
      promotionCode: body.promotion_code,
      note: body.note,
      payWithinMs: hours === undefined ? undefined : hours * 3_600_000,
    }),
  });
  switch (outcome.kind) {
    case 'sent':
      return done(requestBody(outcome.order, outcome.links));
    case 'person_unknown':
      return wrongField('to.psid', 'This person has not written to your shop.');
    case 'refused':
      return wrongField(fieldOf[outcome.why], `The shop cannot sell that: ${outcome.why}.`);
  }
}

const fieldOf: Readonly<Record<Refused['why'], string>> = {
  empty: 'lines',
  too_many: 'lines',
  product_gone: 'lines',
  choice_gone: 'lines',
  custom_line_wrong: 'lines',
  not_shipped_there: 'lines',
  no_pick_up: 'lines',
  tip_unknown: 'lines',
  promotion_unknown: 'promotion_code',
  too_large: 'lines',
};

async function remindNow(
  world: ApiWorld,
  { shop, params: { payment_request: id } }: ActCall<typeof params, typeof nothing, typeof nothing>,
): Promise<Result<RequestBody>> {
  const found = await requestOf(world, shop, id);
  if (found === undefined) return notFound;
  const outcome = await remindOfBill(world, id);
  switch (outcome.kind) {
    case 'reminded':
    case 'reminded_before':
      return done(requestBody(outcome.order));
    case 'nobody_to_remind':
      return problem('not_possible', 'Nobody has taken it in Messenger: send the link again.');
    case 'not_open':
      return problem('not_possible', `It is ${outcome.order.state} by now.`);
  }
}

async function cancelNow(
  world: ApiWorld,
  { shop, params }: { shop: Shop; params: { payment_request: OrderId } },
): Promise<Result<RequestBody>> {
  const found = await requestOf(world, shop, params.payment_request);
  if (found === undefined) return notFound;
  if (found.state === 'cancelled') return done(requestBody(found));
  const outcome = await cancelOrder(world, { orderId: found.id, actor: 'shop' });
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
      'Makes an itemised bill of products of the catalog and of lines of your own, which expires. With to, the person hears of it in their thread. Without, it is for whoever opens it first: messenger_url in your thread, url anywhere. Both are keys and are shown once. The order it becomes has the same id.',
    scope: 'payment-requests:write',
    params: nothing,
    query: nothing,
    body: newRequest,
    answer: { status: 201, schema: paymentRequest },
    movesMoney: true,
    shownOnce: ['url', 'messenger_url'],
    act: requestNow,
  }),
  route({
    method: 'GET',
    path: '/v1/payment-requests',
    title: 'List payment requests',
    about: 'Newest first, whatever became of them.',
    scope: 'payment-requests:read',
    params: nothing,
    query: z.strictObject(pageQuery),
    body: nothing,
    answer: { status: 200, schema: pageOf('PaymentRequestPage', paymentRequest) },
    act: async (world, { shop, query }) => {
      const page = await world.orders.billsOf(shop.id, pageAsked(query));
      return done(
        pageBody(
          page.things.map((each) => requestBody(each)),
          page.next,
        ),
      );
    },
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
    path: '/v1/payment-requests/{payment_request}/remind',
    title: 'Remind of a payment request',
    about:
      'Shows the bill in the thread once more. Once for each bill: asked again, nothing more is sent.',
    scope: 'payment-requests:write',
    params,
    query: nothing,
    body: nothing,
    answer: { status: 200, schema: paymentRequest },
    problems: ['not_possible'],
    act: remindNow,
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
