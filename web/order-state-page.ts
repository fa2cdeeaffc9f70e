// How an order stands once its buyer has gone to pay: the number to read out, what happens next, and what came back.
import { isNobodys, type Order, type Refund } from '../lambdas/domain/orders/order.ts';
import { pageLeft } from '../lambdas/domain/orders/settle-checkout.ts';
import { declineWords } from '../lambdas/domain/payments/decline-words.ts';
import { type Html, html } from './html.ts';
import { backToChat, layout, messagePage } from './layout.ts';
import { orderBill } from './order-bill.ts';
import type { OrderNotice, ShownOrder } from './order-page.ts';
import { type OrderStanding, standingOf } from './order-standing.ts';
import { orderStyle } from './order-style.ts';
import { savedCardWords, say } from './order-words.ts';
import type { PageAnswer } from './page-answer.ts';

/** How often a page that waits for the bank looks again by itself before it leaves that to the person. */
const mostLooks = 10;
const lookSeconds = 4;

export function orderStatePage(
  shown: ShownOrder,
  { notice, status, looks = 0 }: { notice?: OrderNotice; status?: number; looks?: number } = {},
): PageAnswer {
  const { order, token } = shown;
  const standing = standingOf(order, shown.nowMs);
  const waitsForBank = standing.actions.includes('look') && !standing.actions.includes('checkout');
  const isWaiting = waitsForBank && looks < mostLooks;
  return layout({
    title: standing.title,
    status: notice?.status ?? status ?? 200,
    formTargets: shown.formTargets,
    style: orderStyle,
    ...(isWaiting
      ? {
          lookAgain: {
            seconds: lookSeconds,
            at: `/order/${token}/return?look=${looks + 1}`,
          },
        }
      : {}),
    body: html`<div class="order">
${notice === undefined ? undefined : html`<p class="${notice.kind}" role="${notice.kind === 'bad' ? 'alert' : 'status'}">${notice.text}</p>`}
<section class="card">
<p class="mark" aria-hidden="true">${standing.mark}</p>
<h1>${standing.title}</h1>
<p>${isNobodys(order) ? withoutChat(order, standing, shown.shop.name) : standing.text(shown.shop.name)}</p>
${standing.showsNumber ? number(shown, standing) : undefined}
${actions(shown, standing)}
</section>
${money(shown)}${parcel(order)}
<section class="card"><h2><bdi>${shown.shop.name}</bdi> <span class="soft">· ${order.number}</span></h2>${orderBill(order, shown.buyer.locale, shown.pictures)}${paidWith(order)}</section>
</div>`,
  });
}

/**
 * For whoever holds no key: a bank leads back to the order's own address, or in another browser than the buyer's. No names,
 * no amounts, and no number, which somebody might pick up the goods with.
 */
export function orderStateForAnybody(order: Order, nowMs: number): PageAnswer {
  const { title, text, mark } = standingOf(order, nowMs);
  const why =
    order.state === 'draft' && order.reason !== undefined && order.reason !== pageLeft
      ? `${declineWords(order.reason)} `
      : '';
  return messagePage({ title, text: why + text('The shop'), mark, ...pageOf(order) });
}

/** Nobody can be told anything in a chat: this page is where they look. */
function withoutChat(order: Order, { text }: OrderStanding, shop: string): string {
  switch (order.state) {
    case 'paid':
    case 'preparing':
    case 'ready':
    case 'fulfilled': {
      const mail =
        order.payerEmail === undefined
          ? ''
          : ` Where ${shop} has receipts by e-mail switched on, Stripe sends one to ${order.payerEmail}.`;
      return `${shop} has received your payment. Keep this page open or come back to it in this browser: it tells how far your order is.${mail}`;
    }
    case 'cancelled':
    case 'expired':
      return order.refunds.length > 0 || order.paidAtMs !== undefined
        ? text(shop)
        : `Nothing was charged. Ask ${shop} for another bill if you still want to pay.`;
    case 'awaiting_payment':
      return order.trail.intentId === undefined
        ? text(shop)
        : 'Your bank says in some days whether it worked. Do not pay again: this page tells you.';
    case 'draft':
    case 'needs_action':
    case 'conflicted':
      return text(shop);
  }
}

function pageOf({ address }: Order): { pageId?: string } {
  return address === undefined ? {} : { pageId: address.pageId };
}

function number({ order }: ShownOrder, { way }: OrderStanding): Html {
  const steps =
    way === undefined
      ? undefined
      : html`<ol class="way">${way.map(({ name, isDone }) => html`<li${isDone ? html` class="done"` : undefined}>${name}${isDone ? html`<span aria-hidden="true"> ✓</span>` : undefined}</li>`)}</ol>`;
  return html`<p class="label">Your order number</p><p class="number">${order.number}</p>${steps}`;
}

function actions({ token, order }: ShownOrder, { actions: possible }: OrderStanding): Html {
  const press = (value: string, words: string, isQuiet: boolean) =>
    html`<form method="post" action="/order/${token}"><button${isQuiet ? html` class="quiet"` : undefined} name="do" value="${value}">${words}</button></form>`;
  return html`${possible.map((action): Html => {
    switch (action) {
      case 'checkout':
        return press('continue', 'Continue on Stripe’s page', false);
      case 'bank':
        return press('continue', 'Go to your bank', false);
      case 'look':
        return html`<a class="button quiet" href="/order/${token}/return">Look again</a>`;
      case 'cancel':
        if (isNobodys(order)) return html``;
        return press('cancel', 'Cancel order', true);
      case 'chat':
        return order.address === undefined ? html`` : backToChat(order.address.pageId);
    }
  })}`;
}

function money({ order, buyer }: ShownOrder): Html | undefined {
  const told = order.refunds.map(
    (refund) => html`<li>${refundWords(refund, say(refund.amount, buyer.locale))}</li>`,
  );
  if (order.dispute !== undefined) told.push(html`<li>${disputeWords(order.dispute.state)}</li>`);
  if (told.length === 0) return undefined;
  return html`<section class="card"><h2>Money back</h2><ul class="told">${told}</ul></section>`;
}

function paidWith({ paidAtMs, trail: { card } }: Order): Html | undefined {
  if (paidAtMs === undefined || card === undefined) return undefined;
  return html`<p class="soft">Paid with ${savedCardWords(card)}</p>`;
}

function refundWords({ state }: Refund, amount: string): string {
  switch (state) {
    case 'asked':
    case 'pending':
      return `${amount} is on its way back to your card.`;
    case 'done':
      return `${amount} was given back. Banks take up to ten days to show it.`;
    case 'failed':
      return `${amount} could not be given back to the card. A person is looking at it, and the chat tells you.`;
  }
}

function disputeWords(state: 'needs_response' | 'under_review' | 'won' | 'lost'): string {
  switch (state) {
    case 'needs_response':
    case 'under_review':
      return 'Your bank is asking about this payment. It decides.';
    case 'won':
      return 'Your bank has decided that the payment stands.';
    case 'lost':
      return 'Your bank has given the money back to you.';
  }
}

function parcel({ wish: { handover }, tracking }: Order): Html | undefined {
  if (handover.kind === 'pick_up') return undefined;
  const { name, street1, street2, city, state, postalCode, country } = handover.to;
  const place = [city, state, postalCode].filter((part) => part !== undefined && part !== '');
  const lines = [name, street1, street2, place.join(', '), country];
  return html`<section class="card"><h2>Where it goes</h2>
<address>${lines.flatMap((line) => (line === undefined || line === '' ? [] : [html`<bdi>${line}</bdi><br>`]))}</address>
${tracking === undefined ? undefined : trackingLine(tracking)}</section>`;
}

/** The address is the merchant's: only a plain https one becomes a link. */
function trackingLine({
  carrier,
  number: parcelNumber,
  url,
}: NonNullable<Order['tracking']>): Html {
  const words = html`${carrier === undefined ? 'Parcel' : html`<bdi>${carrier}</bdi>`} <b>${parcelNumber}</b>`;
  const isSafe = url !== undefined && URL.canParse(url) && new URL(url).protocol === 'https:';
  return html`<p>${words}</p>${isSafe ? html`<a class="button quiet" rel="noopener noreferrer" href="${url}">Follow the parcel</a>` : undefined}`;
}
