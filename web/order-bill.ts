// The bill of an order, line by line, as people know it from a till.
import { isZero, type Money, negate } from '../lambdas/domain/money/money.ts';
import { formatMoney } from '../lambdas/domain/money/format-money.ts';
import type { Bill, BillLine, Wish } from '../lambdas/domain/orders/order.ts';
import { type Html, html } from './html.ts';

/** Paths of our own, by product. */
export type Pictures = ReadonlyMap<string, string>;

/** Names are the shop's own and may run right to left: each is kept apart from the words around it. */
export function orderBill(
  { bill, wish }: { readonly bill: Bill; readonly wish: Wish },
  locale: string,
  pictures: Pictures = new Map(),
): Html {
  const say = (amount: Money) => formatMoney(amount, locale);
  return html`<ul class="lines">
${bill.lines.map((line) => billLine(line, say, pictureOf(line, pictures)))}
</ul>
<dl class="sums">
${sums({ bill, wish }).map(([name, amount]) => html`<dt>${name}</dt><dd>${say(amount)}</dd>`)}
<dt class="total">Total</dt><dd class="total">${say(bill.total)}</dd>
</dl>`;
}

function pictureOf({ productId }: BillLine, pictures: Pictures): Html | undefined {
  const path = productId === undefined ? undefined : pictures.get(productId);
  return path === undefined
    ? undefined
    : html`<img src="${path}" alt="" width="48" height="48" loading="lazy">`;
}

function billLine(line: BillLine, say: (amount: Money) => string, picture: Html | undefined): Html {
  const each = line.quantity > 1 ? `${say(line.unitPrice)} each` : undefined;
  const choices = line.choices.map((choice) => html`<bdi>${choice}</bdi> `);
  return html`<li><span class="count">${line.quantity}<span aria-hidden="true"> ×</span></span>
<span class="what">${picture}<bdi>${line.name}</bdi>${choices.length === 0 ? undefined : html`<small class="choices">${choices}</small>`}${each === undefined ? undefined : html`<small>${each}</small>`}</span>
<span class="cost">${say(line.amount)}</span></li>`;
}

/** Only what is there: a pick-up without tip has goods, tax and a total. */
function sums({
  bill,
  wish,
}: {
  readonly bill: Bill;
  readonly wish: Wish;
}): (readonly [string, Money])[] {
  const code = wish.promotionCode === undefined ? 'Discount' : `Discount (${wish.promotionCode})`;
  const tip = wish.tipPercent > 0 ? `Tip (${wish.tipPercent}%)` : 'Tip';
  const parts: (readonly [string, Money])[] = [
    [code, negate(bill.discount)],
    ['Shipping', bill.shipping],
    ['Tax', bill.tax],
    [tip, bill.tip],
  ];
  const there = parts.filter(([, amount]) => !isZero(amount));
  // Goods alone would say the total twice.
  return there.length === 0 ? [] : [['Goods', bill.goods], ...there];
}
