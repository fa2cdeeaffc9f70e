// What each order of a month brought: its amount, Tender's part, Stripe's part, and what is left.
import { latestMonths, type Month } from '../../lambdas/domain/console/month.ts';
import { type Money, negate, sum } from '../../lambdas/domain/money/money.ts';
import type { ShopMovement } from '../../lambdas/domain/orders/shop-money.ts';
import type { OrderId } from '../../lambdas/domain/orders/order.ts';
import type { Found } from '../../lambdas/domain/payments/ports.ts';
import type { Page } from '../../lambdas/domain/shops/ports.ts';
import type { Shop } from '../../lambdas/domain/shops/shop.ts';
import { type Html, html } from '../html.ts';
import { payoutsPath } from './account-standing.ts';
import { moment, price } from './order-words.ts';
import { beginsNowhere, quietStripe } from './payout-list.ts';

export interface Fees {
  readonly shop: Shop;
  readonly month: Month;
  readonly nowMs: number;
  readonly found: Found<Page<ShopMovement>>;
  /** The numbers of orders of this shop. */
  readonly numbers: ReadonlyMap<OrderId, string>;
  /** Makes the address of the following page. */
  readonly older: (after: string) => string;
}

export function feeCard(fees: Fees): Html {
  const { shop } = fees;
  return html`<section class="part"><h2>Sales and fees</h2>
<p class="soft">Tender keeps ${shop.feePercent}% of each order’s total. When you give money back, its part of the fee comes back too.</p>
${monthForm(fees)}
${rows(fees)}</section>`;
}

const monthsShown = 12;

function monthForm({ shop, month, nowMs }: Fees): Html {
  const latest = latestMonths(shop.timeZone, nowMs, monthsShown);
  const all = latest.some(({ text }) => text === month.text) ? latest : [...latest, month];
  const name = new Intl.DateTimeFormat('en-US', {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return html`<form method="get" action="${payoutsPath}" class="inline"><label class="field">Month<select name="month">${all.map(({ text }) => html`<option value="${text}"${text === month.text ? html` selected` : undefined}>${name.format(Date.parse(`${text}-01T00:00:00Z`))}</option>`)}</select></label><button class="quiet">Show</button></form>`;
}

function rows(fees: Fees): Html {
  const { found, older } = fees;
  switch (found.kind) {
    case 'unknown':
      return quietStripe;
    case 'not_found':
      return beginsNowhere;
    case 'found': {
      const { things, next } = found.thing;
      // What goes to the bank stands among the payouts.
      const shown = things.filter(({ kind }) => kind !== 'payout' && kind !== 'payout_failed');
      return html`${shown.length === 0 ? html`<p class="soft">Nothing was sold or given back in this month${next === undefined ? '' : ' so far on this page'}.</p>` : html`${totals(shown, next === undefined)}<ol class="list">${shown.map((each) => movementRow(fees, each))}</ol>`}
${next === undefined ? undefined : html`<p class="more"><a href="${older(next)}">Earlier in this month</a></p>`}`;
    }
  }
}

function totals(shown: readonly ShopMovement[], isLast: boolean): Html {
  const currencies = [...new Set(shown.map(({ net }) => net.currency))];
  const line = (name: string, of: (movement: ShopMovement) => Money, tone = '') =>
    html`<tr class="${tone}"><th scope="row">${name}</th><td class="right">${currencies.map(
      (currency, index) => {
        const all = shown.map(of).filter((each) => each.currency === currency);
        return html`${index === 0 ? undefined : html`<br>`}${price(sum(all, currency))}`;
      },
    )}</td></tr>`;
  return html`<section class="card"><h3>${isLast ? 'Altogether' : 'Those below, without the earlier ones'}</h3><table><tbody>
${line('Sold, less what was given back', ({ amount }) => amount)}
${line('Tender’s part', ({ operatorFee }) => negate(operatorFee))}
${line('Stripe’s part', ({ providerFee }) => negate(providerFee))}
${line('Yours', ({ net }) => net, 'sum')}</tbody></table></section>`;
}

function movementRow({ shop, numbers }: Fees, movement: ShopMovement): Html {
  const { orderId, net, atMs } = movement;
  const number = orderId === undefined ? undefined : numbers.get(orderId);
  const inside = html`<span class="title">${titleOf(movement, number)}</span><span class="right title">${price(net)}</span>
<span class="small-print">${moment(shop, atMs)}${parts(movement)}</span>`;
  return number === undefined
    ? html`<li><div class="row">${inside}</div></li>`
    : html`<li><a href="/console/orders/${orderId}">${inside}</a></li>`;
}

function titleOf({ kind, amount }: ShopMovement, number: string | undefined): string {
  const of = number === undefined ? '' : ` · ${number}`;
  switch (kind) {
    case 'sale':
      return number === undefined ? 'Sold outside of Tender' : `Order${of}`;
    case 'sale_failed':
      return `Payment that the bank refused${of}`;
    case 'refund':
      return `Refund${of}`;
    case 'refund_failed':
      return `Refund that came back${of}`;
    case 'dispute':
      return `${amount.minor < 0 ? 'Taken for a dispute' : 'Given back after a dispute'}${of}`;
    case 'fee_back':
      return `Tender’s part, given back${of}`;
    case 'provider_fee':
      return 'A fee of Stripe’s own';
    case 'payout':
    case 'payout_failed':
    case 'other':
      return `Something else${of}`;
  }
}

/** "· $12.79 less $0.13 for Tender and $0.67 for Stripe". */
function parts({ amount, operatorFee, providerFee }: ShopMovement): string {
  const fees = [
    ...(operatorFee.minor > 0 ? [`${price(operatorFee)} for Tender`] : []),
    ...(providerFee.minor > 0 ? [`${price(providerFee)} for Stripe`] : []),
  ];
  return fees.length === 0 || amount.minor === 0
    ? ''
    : ` · ${price(amount)} less ${fees.join(' and ')}`;
}
