// What an order or a bill comes to, line by line, as the console shows it.
import { isZero } from '../../lambdas/domain/money/money.ts';
import type { Order } from '../../lambdas/domain/orders/order.ts';
import { type Html, html } from '../html.ts';
import { price } from './order-words.ts';

export function billTable({ bill, fee }: Pick<Order, 'bill' | 'fee'>): Html {
  const extra = [
    ['Discount', bill.discount, '−'],
    ['Shipping', bill.shipping, ''],
    ['Tax', bill.tax, ''],
    ['Tip', bill.tip, ''],
  ] as const;
  return html`<table>
${bill.lines.map(
  (line) =>
    html`<tr><td>${line.quantity} × <b>${line.name}</b>${line.choices.length === 0 ? undefined : html`<br><span class="small-print">${line.choices.join(', ')}</span>`}</td><td class="right">${price(line.amount)}</td></tr>`,
)}
${extra.filter(([, amount]) => !isZero(amount)).map(([name, amount, sign]) => html`<tr><td>${name}</td><td class="right">${sign}${price(amount)}</td></tr>`)}
<tr class="sum"><th scope="row">Total</th><td class="right">${price(bill.total)}</td></tr>
${isZero(fee) ? undefined : html`<tr><td class="small-print">Tender’s fee, out of the total</td><td class="right small-print">${price(fee)}</td></tr>`}
</table>`;
}
