// /console/orders/{order}: one order with all that is known of it, and what can be done with it now.
import { isLegal } from '../../lambdas/domain/orders/order-steps.ts';
import {
  isOrderId,
  hasGoods,
  type Order,
  type PostalAddress,
  type Refund,
} from '../../lambdas/domain/orders/order.ts';
import type { OrderEntry } from '../../lambdas/domain/orders/ports.ts';
import { isAnswerAwaited } from '../../lambdas/domain/orders/send-evidence.ts';
import { leftToRefund } from '../../lambdas/domain/orders/refundable.ts';
import { mayActAs } from '../../lambdas/domain/console/roles.ts';
import { isPositive } from '../../lambdas/domain/money/money.ts';
import { type Html, html } from '../html.ts';
import type { PageAnswer } from '../page-answer.ts';
import { billTable } from './bill-table.ts';
import { consolePage, doneWords, type Said } from './console-layout.ts';
import type { ConsoleRequest, ConsoleWorld, Visitor } from './console-world.ts';
import { notFound } from './door.ts';
import { evidenceForm, type TypedEvidence } from './evidence-form.ts';
import { cancelForm, handlingForms, type OrderForm, refundForm, wishForms } from './order-forms.ts';
import {
  disputeStates,
  moment,
  paymentWords,
  price,
  refundReasons,
  refundStates,
  statePill,
  stepWords,
} from './order-words.ts';
import { threadOfBuyer } from './threads.ts';
import { type Untold, untoldOf, untoldPill, untoldWarning } from './untold.ts';

const path = '/console/orders';

/** The order that a request names, where it is one of this shop's; drafts of carts are their buyers' own affair. */
export async function orderOf(
  world: Pick<ConsoleWorld, 'orders'>,
  request: ConsoleRequest,
  visitor: Visitor,
): Promise<Order | undefined> {
  const id = request.params['order'] ?? '';
  if (!isOrderId(id)) return undefined;
  const order = await world.orders.get(id);
  if (order?.shopId !== visitor.shop.id) return undefined;
  const isCart = order.source === 'cart' && order.state === 'draft';
  return isCart && order.attempt === 1 ? undefined : order;
}

export async function showOrder(
  world: ConsoleWorld,
  request: ConsoleRequest,
  visitor: Visitor,
): Promise<PageAnswer> {
  const order = await orderOf(world, request, visitor);
  if (order === undefined) return notFound(visitor, path);
  return orderPage(world, visitor, { order, ...doneWords(done, request.query) });
}

const done = {
  moved: 'Saved. The buyer is told in the thread.',
  undone: 'Taken back.',
  refund: 'The refund is on its way. The buyer is told in the thread.',
  refused: 'The buyer is told in the thread that you do not refund it.',
  cancelled: 'The order is cancelled.',
  closing: 'The order is closed, unless Stripe says that it was just paid.',
  evidence: 'The evidence is with the bank.',
} as const;

export type Done = keyof typeof done;

export async function orderPage(
  world: ConsoleWorld,
  visitor: Visitor,
  shown: { readonly order: Order; readonly said?: Said; readonly evidence?: TypedEvidence },
): Promise<PageAnswer> {
  const { order, said } = shown;
  const entries = await world.orders.journalOf(order.id);
  const untold = await untoldOf(world, order, entries);
  const form = { visitor, order, nonce: world.tokens.newToken() };
  const mayAct = mayActAs(visitor.member.role, 'staff');
  return consolePage(visitor, path, {
    title: `Order ${order.number}`,
    ...(said === undefined ? {} : { said }),
    body: html`<div class="head"><h1>Order ${order.number}</h1>${statePill(order)}</div>
<div class="columns order"><div>
${order.state === 'conflicted' ? held : undefined}
${untoldWarning(untold)}
${await threadOfBuyer(world, visitor, order)}
${disputeCard(visitor, order, { mayAct, nowMs: world.clock.now(), typed: shown.evidence })}
${wishCard(form, mayAct)}
${mayAct ? handlingForms(form) : undefined}
${billCard(order)}
${refundsCard(order)}
${mayAct && canRefund(order) ? refundForm({ ...form, left: leftToRefund(order) }) : undefined}
${mayAct ? cancelForm(form, isLegal('cancelled_by_shop', order.state)) : undefined}
</div><div>${aboutCard(visitor, order)}${storyCard(visitor, entries, untold)}</div></div>`,
  });
}

const held = html`<p class="bad">Stripe reports another amount than this order asked for. Do not hand anything over: the operator has been told.</p>`;

function wishCard(form: OrderForm, mayAct: boolean): Html | undefined {
  const { visitor, order } = form;
  const { refundWish: wish } = order;
  if (wish === undefined) return undefined;
  const isOpen = wish.state === 'open';
  const left = leftToRefund(order);
  return html`<section class="card wish"><h2>${isOpen ? 'Refund asked' : 'Refund was asked'}</h2>
<p>${order.buyerName} asked for money back on ${moment(visitor.shop, wish.wishedAtMs)}.</p>
${wish.words === undefined ? undefined : html`<p class="note">${wish.words}</p>`}
${wish.refusal === undefined ? undefined : html`<p>You said no: “${wish.refusal}”</p>`}
${isOpen && mayAct && canRefund(order) ? wishForms({ ...form, left }) : undefined}</section>`;
}

function canRefund(order: Order): boolean {
  return isLegal('refund_wanted', order.state) && isPositive(leftToRefund(order));
}

function billCard(order: Order): Html {
  const { promotionCode } = order.wish;
  return html`<section class="card"><h2>Bill</h2>
${billTable(order)}
${promotionCode === undefined ? undefined : html`<p class="small-print">Promotion code ${promotionCode}</p>`}
</section>`;
}

function aboutCard(visitor: Visitor, order: Order): Html {
  const { handover, note } = order.wish;
  const option =
    handover.kind === 'shipping'
      ? visitor.shop.shipping.find(({ id }) => id === handover.optionId)?.name
      : undefined;
  return html`<section class="card about"><h2>Buyer</h2>
<p class="title">${order.buyerName}</p>
${note === undefined ? undefined : html`<p class="note">${note}</p>`}
<dl><dt>Handover</dt><dd>${hasGoods(order.wish) ? (handover.kind === 'pick_up' ? 'Pick-up' : (option ?? 'Shipping')) : 'Nothing to hand over'}</dd>
${handover.kind === 'shipping' ? html`<dt>To</dt><dd>${addressLines(handover.to)}</dd>` : undefined}
${order.tracking === undefined ? undefined : html`<dt>Tracking</dt><dd>${trackingWords(order.tracking)}</dd>`}
<dt>Payment</dt><dd>${paymentWords(order)}</dd>
<dt>Ordered</dt><dd>${moment(visitor.shop, order.createdAtMs)}</dd></dl></section>`;
}

function addressLines(to: PostalAddress): Html {
  const lines = [
    to.name,
    to.street1,
    to.street2,
    `${to.city}, ${[to.state, to.postalCode].filter(Boolean).join(' ')}`,
    to.country,
  ].filter((line) => line !== undefined);
  return html`${lines.map((line, index) => html`${index === 0 ? undefined : html`<br>`}${line}`)}`;
}

function trackingWords({ carrier, number, url }: NonNullable<Order['tracking']>): Html {
  const words = [carrier, number].filter(Boolean).join(' ');
  const isSafe = url?.startsWith('https://') === true;
  return isSafe ? html`<a href="${url}" rel="noreferrer">${words}</a>` : html`${words}`;
}

function refundsCard({ refunds }: Order): Html | undefined {
  if (refunds.length === 0) return undefined;
  const tone = (refund: Refund) =>
    refund.state === 'failed' ? 'bad' : refund.state === 'done' ? 'good' : '';
  return html`<section class="card"><h2>Refunds</h2><table>
${refunds.map((refund) => html`<tr><td>${refundReasons[refund.reason]}<br><span class="pill ${tone(refund)}">${refundStates[refund.state]}</span></td><td class="right">${price(refund.amount)}</td></tr>`)}
</table></section>`;
}

interface DisputeShown {
  readonly mayAct: boolean;
  readonly nowMs: number;
  readonly typed: TypedEvidence | undefined;
}

function disputeCard(
  visitor: Visitor,
  order: Order,
  { mayAct, nowMs, typed }: DisputeShown,
): Html | undefined {
  const { dispute } = order;
  if (dispute === undefined) return undefined;
  const isAsked = dispute.state === 'needs_response' && dispute.evidenceSentAtMs === undefined;
  return html`<section class="card"><h2>Dispute</h2>
<p class="${dispute.state === 'needs_response' || dispute.state === 'lost' ? 'bad' : 'good'}">${disputeStates[dispute.state]}</p>
<dl><dt>Amount</dt><dd>${price(dispute.amount)}</dd>
<dt>Stripe’s fee for it</dt><dd>${price(dispute.fee)}</dd>
<dt>The bank’s reason</dt><dd>${dispute.reason.replaceAll('_', ' ')}</dd>
${dispute.respondBeforeMs === undefined ? undefined : html`<dt>Answer before</dt><dd><b>${moment(visitor.shop, dispute.respondBeforeMs)}</b>${isAsked ? html`<br>${timeLeft(dispute.respondBeforeMs - nowMs)}` : undefined}</dd>`}
${dispute.evidenceSentAtMs === undefined ? undefined : html`<dt>Evidence sent</dt><dd>${moment(visitor.shop, dispute.evidenceSentAtMs)}</dd>`}</dl>
${mayAct && isAnswerAwaited(dispute, nowMs) ? evidenceForm({ visitor, order }, typed) : undefined}
</section>`;
}

const hourMs = 60 * 60 * 1000;

/** Rounded down: better early than late. */
function timeLeft(ms: number): string {
  if (ms <= 0) return 'That is over: the bank takes no answer any more.';
  const hours = Math.floor(ms / hourMs);
  const [count, unit] = hours >= 48 ? [Math.floor(hours / 24), 'days'] : [hours, 'hours'];
  return hours < 2 ? 'Less than two hours are left.' : `${count} ${unit} are left.`;
}

function storyCard(
  visitor: Visitor,
  entries: readonly OrderEntry[],
  untold: ReadonlyMap<number, Untold>,
): Html {
  const latestFirst = entries.toReversed();
  return html`<section class="card"><h2>What happened</h2><ol class="story">
${latestFirst.map((entry) => html`<li>${stepWords(entry.step)}${untoldPill(untold.get(entry.sequence))}<time datetime="${new Date(entry.atMs).toISOString()}">${moment(visitor.shop, entry.atMs)}</time></li>`)}
</ol></section>`;
}
