// Paying for an order from its page: never what was not shown, never twice, and words for all that can come of it.
import { billSeen } from '../lambdas/domain/orders/bill-seen.ts';
import { checkOut, type CheckOutOutcome } from '../lambdas/domain/orders/check-out.ts';
import { isBeingPaid, isPaid, type OrderId, type Wish } from '../lambdas/domain/orders/order.ts';
import { isOpenDraft, requoteOrder } from '../lambdas/domain/orders/requote-order.ts';
import { declineWords } from '../lambdas/domain/payments/decline-words.ts';
import { passPin } from '../lambdas/domain/people/pass-pin.ts';
import { amountsIn, changesSince } from './order-changes.ts';
import { isSameWish, type OrderFields, readOrderForm } from './order-form.ts';
import { type OrderNotice, orderPage, seenIn, type ShownOrder } from './order-page.ts';
import { isPinNeededFor, savedCardToOffer } from './order-saved-card.ts';
import { orderStatePage } from './order-state-page.ts';
import {
  closedWords,
  namesInARow,
  notSellingWords,
  refusalWords,
  refusedByShopWords,
  type RefusedWhy,
} from './order-words.ts';
import type { PageAnswer } from './page-answer.ts';
import type { PageRequest, PageWorld } from './page-world.ts';
import { pinProblem } from './pin-fields.ts';

type PayingBy = 'checkout' | 'saved_card';

interface Paying {
  readonly shown: ShownOrder;
  readonly by: PayingBy;
}

/** The bill that was seen, with what was typed beside it, or a page that shows the new one. */
export async function payOrder(
  world: PageWorld,
  request: PageRequest,
  { shown, by }: Paying,
): Promise<PageAnswer> {
  if (!isOpenDraft(shown.order, shown.nowMs)) return goBackToPaying(world, shown);
  const was = request.form.get('was') ?? '';
  if (request.form.get('seen') !== seenIn(shown)) return orderPage(shown, newBill(shown, was));
  const { fields, problems, wish } = readOrderForm(request.form, shown);
  if (wish === undefined)
    return orderPage(shown, {
      kind: 'bad',
      text: 'Please look at what is marked below. Nothing was charged.',
      status: 422,
      problems,
      fields,
    });
  const counted = await recount(world, { shown, wish, fields });
  if ('page' in counted) return counted.page;
  return pay(world, request, { shown: counted.shown, by });
}

/**
 * What was chosen beside "Pay" and not counted yet is counted first. Where it makes another bill, that one is shown;
 * where it does not (a note, an address for a price that was shown), there is nothing new to see.
 */
async function recount(
  world: PageWorld,
  {
    shown,
    wish,
    fields,
  }: { readonly shown: ShownOrder; readonly wish: Wish; readonly fields: OrderFields },
): Promise<{ readonly shown: ShownOrder } | { readonly page: PageAnswer }> {
  if (isSameWish(shown.order.wish, wish)) return { shown };
  const outcome = await requoteOrder(world, shown.order.id, wish);
  const now = { ...shown, order: outcome.order };
  switch (outcome.kind) {
    case 'not_open':
      return { page: noLongerADraft(now) };
    case 'refused':
      return { page: orderPage(now, refused(outcome, fields)) };
    case 'requoted': {
      const was = amountsIn(shown.order.bill);
      if (was === amountsIn(outcome.order.bill)) return { shown: now };
      const text = changesSince(was, outcome.order.bill, shown.buyer.locale);
      return {
        page: orderPage(now, {
          kind: 'good',
          text: `${text} Nothing was charged yet: please look and pay again.`,
          status: 409,
        }),
      };
    }
  }
}

async function pay(
  world: PageWorld,
  request: PageRequest,
  { shown, by }: Paying,
): Promise<PageAnswer> {
  if (by === 'saved_card') {
    const problem = await whyNotSavedCard(world, request, shown);
    if (problem !== undefined) return orderPage(shown, { kind: 'bad', text: problem, status: 422 });
  }
  return goAndPay(world, { shown, by });
}

/** Undefined where the saved card may be charged; in words where not. */
async function whyNotSavedCard(
  world: PageWorld,
  { form }: PageRequest,
  shown: ShownOrder,
): Promise<string | undefined> {
  if (savedCardToOffer(shown) === undefined)
    return 'This card cannot be used for this order. Please pay with card on Stripe’s page. Nothing was charged.';
  if (!isPinNeededFor(shown)) return undefined;
  const pin = form.get('pin') ?? '';
  // The page may not have asked yet, for an address that was typed since: that is no guess.
  if (pin === '') return 'Enter your PIN to pay this with your card. Nothing was charged.';
  const pass = await passPin(world, shown.pinOf, { pin });
  return pass.kind === 'passed' ? undefined : pinProblem(pass, world.clock.now());
}

/** The same for ever, whichever button led here: see order-key.ts. */
function urlsOf({ publicUrl }: PageWorld, orderId: OrderId) {
  const here = `${publicUrl}/order/${orderId}`;
  return { success: `${here}/return`, cancel: `${here}/cancel`, back: `${here}/return` };
}

function answerTo(before: ShownOrder, outcome: CheckOutOutcome): PageAnswer {
  const shown = 'order' in outcome ? { ...before, order: outcome.order } : before;
  const { shop, buyer } = shown;
  const not = (text: string, status = 409) =>
    orderPage(shown, { kind: 'bad', text: `${text} Nothing was charged.`, status });
  switch (outcome.kind) {
    case 'redirect':
    case 'needs_action':
      return { kind: 'redirect', to: outcome.url };
    case 'paid':
      return orderStatePage(shown);
    case 'pending':
      return orderStatePage(shown, { status: 202 });
    case 'unknown':
      return orderStatePage(shown, { status: shown.order.method === 'checkout' ? 502 : 202 });
    case 'not_open':
      return noLongerADraft(shown);
    case 'bill_changed':
      return orderPage(shown, newBill(shown, amountsIn(before.order.bill)));
    case 'declined':
      return declined(shown, outcome.reason);
    case 'sold_out':
      return not(
        `${namesInARow(outcome.names, buyer.locale)} just sold out, or there is less left than you want. Change the cart in the chat and check out again.`,
      );
    case 'closed':
      return not(closedWords(shop, outcome.opensAtMs, buyer.locale));
    case 'not_selling':
      return orderPage(shown, {
        kind: 'bad',
        text: notSellingWords(outcome.why, shop.name),
        status: 409,
      });
    case 'refused_by_shop':
      return not(refusedByShopWords(shop, outcome.why));
    case 'shop_silent':
      return not(
        `${shop.name} did not answer whether it can take this order. Please try again in a moment.`,
        502,
      );
  }
}

function declined(shown: ShownOrder, reason: string): PageAnswer {
  const text = `${declineWords(reason)} Nothing was charged. Please try another card.`;
  const notice: OrderNotice = { kind: 'bad', text, status: 402 };
  return isOpenDraft(shown.order, shown.nowMs)
    ? orderPage(shown, notice)
    : orderStatePage(shown, { notice });
}

function newBill(shown: ShownOrder, was: string): OrderNotice {
  const text = changesSince(was, shown.order.bill, shown.buyer.locale);
  return { kind: 'bad', text: `${text} Nothing was charged.`, status: 409 };
}

/** Cancelled, run out or paid in another window: told how it stands. */
function noLongerADraft(shown: ShownOrder): PageAnswer {
  const { order, nowMs } = shown;
  if (isOpenDraft(order, nowMs)) return orderPage(shown);
  return orderStatePage(shown, { status: isPaid(order.state) ? 200 : 409 });
}

/** Pressed again, or back from Stripe's page by the browser: led to where the payment waits, or told how it stands. */
export async function goBackToPaying(world: PageWorld, shown: ShownOrder): Promise<PageAnswer> {
  const { order } = shown;
  if (!isBeingPaid(order)) return noLongerADraft(shown);
  return goAndPay(world, { shown, by: order.method ?? 'checkout' });
}

async function goAndPay(world: PageWorld, { shown, by }: Paying): Promise<PageAnswer> {
  const { order } = shown;
  const outcome = await checkOut(world, {
    orderId: order.id,
    billSeen: billSeen(order),
    customerWish: by,
    urls: urlsOf(world, order.id),
  });
  return answerTo(shown, outcome);
}

/** The shop's prices and rules have no bill for this wish: the field that it is about says why, or the top of the page. */
export function refused(
  { why, what }: { readonly why: RefusedWhy; readonly what?: string },
  fields: OrderFields,
): OrderNotice {
  const { field, text } = refusalWords(why, what);
  if (field === undefined)
    return { kind: 'bad', text: `${text} Nothing was charged.`, status: 422, fields };
  return {
    kind: 'bad',
    text: 'Please look at what is marked below. Nothing was changed.',
    status: 422,
    problems: { [field]: text },
    fields,
  };
}
