// What staff do with an order: each act answers with the page as it then is, or with what stands against it.
import { readTypedAmount } from '../../lambdas/domain/console/typed-amount.ts';
import type { Money } from '../../lambdas/domain/money/money.ts';
import { cancelOrder } from '../../lambdas/domain/orders/cancel-order.ts';
import { moveOrder } from '../../lambdas/domain/orders/move-order.ts';
import type { Order, RefundReason, Tracking } from '../../lambdas/domain/orders/order.ts';
import { refundOrder } from '../../lambdas/domain/orders/refund-order.ts';
import { refuseRefund } from '../../lambdas/domain/orders/refund-wish.ts';
import type { PageAnswer } from '../page-answer.ts';
import type { Said } from './console-layout.ts';
import type { ConsoleRequest, ConsoleWorld, Visitor } from './console-world.ts';
import { notFound } from './door.ts';
import { isNonce } from './nonce.ts';
import { answerTheBank } from './evidence-acts.ts';
import type { TypedEvidence } from './evidence-form.ts';
import { handSteps, type HandStep } from './order-forms.ts';
import { type Done, orderOf, orderPage } from './order-page.ts';
import { price } from './order-words.ts';
import { speakerOf } from './speaker-of.ts';

type Act =
  | { readonly done: Done }
  | { readonly why: string; readonly order: Order; readonly evidence?: TypedEvidence };

interface Asked {
  readonly order: Order;
  readonly form: URLSearchParams;
  readonly visitor: Visitor;
  readonly request: ConsoleRequest;
}

export async function actOnOrder(
  world: ConsoleWorld,
  request: ConsoleRequest,
  visitor: Visitor,
): Promise<PageAnswer> {
  const order = await orderOf(world, request, visitor);
  if (order === undefined) return notFound(visitor, '/console/orders');
  const act = await doIt(world, { order, form: request.form, visitor, request });
  if ('done' in act) {
    const to = `${world.publicUrl}/console/orders/${order.id}?done=${act.done}`;
    return { kind: 'redirect', to };
  }
  const said: Said = { kind: 'bad', text: act.why };
  const { evidence } = act;
  return orderPage(world, visitor, {
    order: act.order,
    said,
    ...(evidence === undefined ? {} : { evidence }),
  });
}

async function doIt(world: ConsoleWorld, asked: Asked): Promise<Act> {
  const { order, form } = asked;
  const wanted = form.get('do') ?? '';
  const step = handSteps.find((each) => each === wanted);
  if (step !== undefined) return move(world, asked, step);
  switch (wanted) {
    case 'refund':
      return refund(world, asked);
    case 'refuse':
      return refuse(world, asked);
    case 'cancel':
      return giveAllBack(world, asked);
    case 'close':
      return close(world, order);
    case 'evidence':
      return evidence(world, asked);
    default:
      return { why: 'Nothing was done.', order };
  }
}

async function evidence(world: ConsoleWorld, { order, request }: Asked): Promise<Act> {
  const act = await answerTheBank(world, order, request);
  return act.kind === 'sent' ? { done: 'evidence' } : act;
}

async function move(world: ConsoleWorld, { order, form }: Asked, step: HandStep): Promise<Act> {
  const tracking = step === 'ready' ? readTracking(form) : undefined;
  if (typeof tracking === 'string') return { why: tracking, order };
  const moved = await moveOrder(world, {
    orderId: order.id,
    step,
    ...(tracking === undefined ? {} : { tracking }),
  });
  if (moved.kind === 'not_possible')
    return {
      why: 'The order has moved on meanwhile. This is how it stands now.',
      order: moved.order,
    };
  return { done: step.endsWith('_undone') ? 'undone' : 'moved' };
}

/** Undefined: not told. A sentence: what is wrong with it. */
function readTracking(form: URLSearchParams): Tracking | string | undefined {
  const carrier = trimmed(form, 'carrier', 60);
  const number = trimmed(form, 'number', 80);
  const url = trimmed(form, 'url', 500);
  if (carrier === '' && number === '' && url === '') return undefined;
  if (number === '') return 'Write the tracking number too, or leave all three fields empty.';
  if (url !== '' && !(URL.canParse(url) && new URL(url).protocol === 'https:'))
    return 'The address to follow the parcel must begin with https://.';
  return { number, ...(carrier === '' ? {} : { carrier }), ...(url === '' ? {} : { url }) };
}

function trimmed(form: URLSearchParams, name: string, longest: number): string {
  return (form.get(name) ?? '').replaceAll(/\s+/gu, ' ').trim().slice(0, longest);
}

const reasons: readonly RefundReason[] = ['requested_by_customer', 'duplicate', 'fraudulent'];

async function refund(world: ConsoleWorld, asked: Asked): Promise<Act> {
  const { order, form } = asked;
  const reason = reasons.find((each) => each === form.get('reason'));
  if (reason === undefined) return { why: 'Choose why you give the money back.', order };
  const amount = await amountOf(world, asked);
  if (typeof amount === 'string' && amount !== 'all') return { why: amount, order };
  return giveBack(world, asked, { amount, reason });
}

async function refuse(world: ConsoleWorld, { order, form }: Asked): Promise<Act> {
  const outcome = await refuseRefund(world, { orderId: order.id, words: form.get('words') ?? '' });
  switch (outcome.kind) {
    case 'refused':
      return { done: 'refused' };
    case 'no_words':
      return { why: 'Write what the buyer is to be told.', order: outcome.order };
    case 'not_open':
      return { why: 'It was answered meanwhile. This is how it stands now.', order: outcome.order };
  }
}

async function amountOf(world: ConsoleWorld, asked: Asked): Promise<Money | string> {
  const { form, visitor } = asked;
  if (form.get('how') === 'all') return 'all';
  if (form.get('how') !== 'part') return 'Choose whether all or a part of it goes back.';
  const read = readTypedAmount(form.get('amount') ?? '', await speakerOf(world, visitor));
  return read.kind === 'amount' ? read.amount : `${read.why} Nothing was refunded.`;
}

async function giveAllBack(world: ConsoleWorld, asked: Asked): Promise<Act> {
  return giveBack(world, asked, { amount: 'all', reason: 'cancelled_by_shop', cancel: true });
}

async function giveBack(
  world: ConsoleWorld,
  asked: Asked,
  what: { readonly amount: Money | string; readonly reason: RefundReason; readonly cancel?: true },
): Promise<Act> {
  const { order, form, visitor } = asked;
  const nonce = form.get('nonce') ?? '';
  if (!isNonce(nonce)) return { why: 'Open the page again and try once more.', order };
  const outcome = await refundOrder(world, {
    orderId: order.id,
    amount: typeof what.amount === 'string' ? 'all' : what.amount,
    reason: what.reason,
    madeBy: `console:${visitor.member.personId}:${nonce}`,
    ...(what.cancel === true ? { cancel: true } : {}),
  });
  switch (outcome.kind) {
    case 'asked':
      return { done: what.cancel === true ? 'cancelled' : 'refund' };
    case 'too_much':
      return {
        why: `Only ${price(outcome.left)} is left to give back. Nothing was refunded.`,
        order: outcome.order,
      };
    case 'not_refundable':
      return { why: 'There is nothing to give back as it stands now.', order: outcome.order };
  }
}

async function close(world: ConsoleWorld, order: Order): Promise<Act> {
  const outcome = await cancelOrder(world, { orderId: order.id, actor: 'shop' });
  switch (outcome.kind) {
    case 'cancelled':
      return { done: 'cancelled' };
    case 'closing':
      return { done: 'closing' };
    case 'too_late':
      return {
        why: 'It is paid by now. You can still cancel it and give the money back.',
        order: outcome.order,
      };
  }
}
