// The forms of one order: on to the next step and back, refund, cancel.
import type { Money } from '../../lambdas/domain/money/money.ts';
import { isLegal, type OrderStep } from '../../lambdas/domain/orders/order-steps.ts';
import type { Order } from '../../lambdas/domain/orders/order.ts';
import { decimalText } from '../../lambdas/domain/money/format-money.ts';
import { type Html, html } from '../html.ts';
import { ofSession } from './console-layout.ts';
import type { Visitor } from './console-world.ts';
import { price, refundReasons } from './order-words.ts';

export interface OrderForm {
  readonly visitor: Visitor;
  readonly order: Order;
  /** Pressed twice, a form carries the same one: what it asks for is done once. */
  readonly nonce: string;
}

function fields({ visitor }: Pick<OrderForm, 'visitor'>, act: string): Html {
  return html`${ofSession(visitor)}<input type="hidden" name="do" value="${act}">`;
}

const action = ({ id }: Order) => `/console/orders/${id}`;

/** The steps that a shop takes by hand, and those that take them back. */
export const handSteps = [
  'preparing',
  'ready',
  'fulfilled',
  'preparing_undone',
  'ready_undone',
  'fulfilled_undone',
] as const satisfies readonly OrderStep[];

export type HandStep = (typeof handSteps)[number];

export function handlingForms(form: OrderForm): Html | undefined {
  const { order } = form;
  const may = (step: HandStep) => isLegal(step, order.state);
  const isShipping = order.wish.handover.kind === 'shipping';
  const undo = handSteps.find((step) => step.endsWith('_undone') && may(step));
  if (!handSteps.some(may)) return undefined;
  const next = { isQuiet: order.state === 'paid' };
  return html`<section class="card"><h2>Next</h2>
${may('preparing') ? stepForm(form, 'preparing', { name: 'Start preparing' }) : undefined}
${may('ready') ? (isShipping ? shipForm(form) : stepForm(form, 'ready', { name: 'Ready for pick-up', ...next })) : undefined}
${may('fulfilled') ? stepForm(form, 'fulfilled', { name: isShipping ? 'Delivered' : 'Handed over', isQuiet: order.state !== 'ready' }) : undefined}
${undo === undefined ? undefined : stepForm(form, undo, { name: undoName(undo, isShipping), isQuiet: true })}
</section>`;
}

/** By what the order is called now. */
function undoName(step: HandStep, isShipping: boolean): string {
  switch (step) {
    case 'preparing_undone':
      return 'Undo “preparing”';
    case 'ready_undone':
      return isShipping ? 'Undo “shipped”' : 'Undo “ready”';
    case 'fulfilled_undone':
      return 'Undo “done”';
    case 'preparing':
    case 'ready':
    case 'fulfilled':
      return 'Undo';
  }
}

function stepForm(
  form: OrderForm,
  step: HandStep,
  button: { readonly name: string; readonly isQuiet?: boolean },
): Html {
  const quiet = button.isQuiet === true ? html` class="quiet"` : undefined;
  return html`<form method="post" action="${action(form.order)}">${fields(form, step)}<button${quiet}>${button.name}</button></form>`;
}

function shipForm(form: OrderForm): Html {
  return html`<form method="post" action="${action(form.order)}">${fields(form, 'ready')}
<div class="pair"><label class="field">Carrier<input type="text" name="carrier" maxlength="60" autocomplete="off"></label>
<label class="field">Tracking number<input type="text" name="number" maxlength="80" autocomplete="off"></label></div>
<label class="field">Where the buyer can follow it <small>An https address; may stay empty</small><input type="url" name="url" maxlength="500" placeholder="https://"></label>
<button class="quiet">Shipped</button></form>`;
}

export function refundForm(form: OrderForm & { readonly left: Money }): Html {
  const { left, order, nonce } = form;
  const reasons = ['requested_by_customer', 'duplicate', 'fraudulent'] as const;
  return html`<section class="card"><details><summary>Refund…</summary>
<form method="post" action="${action(order)}">${fields(form, 'refund')}<input type="hidden" name="nonce" value="${nonce}">
<label class="choice"><input type="radio" name="how" value="all" checked> All of it: ${price(left)}</label>
<label class="choice"><input type="radio" name="how" value="part"> A part of it</label>
<label class="field">How much, if a part <small>At most ${decimalText(left)} ${left.currency}</small><input type="text" name="amount" inputmode="decimal" maxlength="20" autocomplete="off"></label>
<label class="field">Why<select name="reason">${reasons.map((each) => html`<option value="${each}">${refundReasons[each]}</option>`)}</select></label>
<button>Refund</button><p class="small-print">Refunds cannot be taken back. They reach the card in 5 to 10 days.</p></form></details></section>`;
}

/** Longer words are not shown to people whole. */
const longestRefusal = 140;

/** A buyer's wish: one tap gives all of it back; a no takes words, which the buyer reads. */
export function wishForms(form: OrderForm & { readonly left: Money }): Html {
  const { left, order, nonce } = form;
  return html`<form method="post" action="${action(order)}">${fields(form, 'refund')}<input type="hidden" name="nonce" value="${nonce}"><input type="hidden" name="how" value="all"><input type="hidden" name="reason" value="requested_by_customer">
<button>Refund ${price(left)}</button></form>
<details><summary>Decline with words…</summary><form method="post" action="${action(order)}">${fields(form, 'refuse')}
<label class="field">What you tell the buyer<input type="text" name="words" maxlength="${longestRefusal}" required autocomplete="off"></label>
<button class="quiet">Decline</button></form></details>`;
}

/** `isPaid`: cancelling gives all of the money back. */
export function cancelForm(form: OrderForm, isPaid: boolean): Html | undefined {
  const { order, nonce } = form;
  const isOpen = isLegal('closing_wanted', order.state);
  if (!isPaid && !isOpen) return undefined;
  const act = isPaid ? 'cancel' : 'close';
  return html`<section class="card"><details><summary>Cancel the order…</summary>
<form method="post" action="${action(order)}">${fields(form, act)}<input type="hidden" name="nonce" value="${nonce}">
<p>${isPaid ? 'The buyer gets all the money back that has not gone back yet, and is told in the thread.' : 'It is not paid yet. If it is being paid at this moment, it stays.'}</p>
<button class="danger">${isPaid ? 'Cancel and give the money back' : 'Cancel the order'}</button></form></details></section>`;
}
