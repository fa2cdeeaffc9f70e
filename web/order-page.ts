// The page of one order before it is paid: the bill, what the buyer decides, and the ways to pay.
import { billSeen } from '../lambdas/domain/orders/bill-seen.ts';
import { isZero } from '../lambdas/domain/money/money.ts';
import {
  hasGoods,
  isNobodys,
  type Order,
  type PostalAddress,
} from '../lambdas/domain/orders/order.ts';
import type { SavedCard } from '../lambdas/domain/orders/ports.ts';
import type { Person, PersonId } from '../lambdas/domain/people/person.ts';
import { isOpen, opensAt } from '../lambdas/domain/shops/opening-hours.ts';
import { type Shop, whyNotSelling } from '../lambdas/domain/shops/shop.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { orderBill, type Pictures } from './order-bill.ts';
import { amountsIn } from './order-changes.ts';
import { orderChoices } from './order-choices.ts';
import { fieldsOf, isHandoverSettled, type OrderFields, type Problems } from './order-form.ts';
import { isPinNeededFor, savedCardToOffer } from './order-saved-card.ts';
import { orderStyle } from './order-style.ts';
import { brandsTaken, closedWords, notSellingWords, savedCardWords, say } from './order-words.ts';
import type { PageAnswer } from './page-answer.ts';
import { pinField } from './pin-fields.ts';

/** All that a buyer's page needs to know. */
export interface ShownOrder {
  readonly token: string;
  readonly order: Order;
  readonly shop: Shop;
  readonly buyer: Person;
  readonly savedCard: SavedCard | undefined;
  /** Where this buyer had something sent by this shop before; looked up where a card is saved. */
  readonly usedAddresses?: readonly PostalAddress[];
  /** Of what is on the bill, where the shop has uploaded any. */
  readonly pictures?: Pictures;
  readonly hasPin: boolean;
  /** Whose PIN that is. */
  readonly pinOf: PersonId;
  readonly formTargets: readonly string[];
  readonly fingerprint: (text: string) => string;
  readonly nowMs: number;
  /** Of a bill that went out as a link, where nobody has taken it: it can be opened in the thread instead. */
  readonly messengerUrl?: string;
}

/** What came of the last press of a button. */
export interface OrderNotice {
  readonly kind: 'good' | 'bad';
  readonly text: string;
  readonly status: number;
  readonly problems?: Problems;
  /** As typed, where they were not taken. */
  readonly fields?: OrderFields;
}

export function orderPage(shown: ShownOrder, notice?: OrderNotice): PageAnswer {
  const { order, shop, buyer, token } = shown;
  const fields = notice?.fields ?? fieldsOf(order, shop);
  const problems = notice?.problems ?? {};
  const shut = whyShut(shown);
  return layout({
    title: `Your order from ${shop.name}`,
    status: notice?.status ?? 200,
    formTargets: shown.formTargets,
    style: orderStyle,
    body: html`<div class="order">
${shopHead(shown)}${wordsOfShop(order)}${said(notice)}${shut === undefined || notice?.kind === 'bad' ? undefined : html`<p class="bad" role="status">${shut}</p>`}
<form method="post" action="/order/${token}" class="sides" autocomplete="on">
<input type="hidden" name="seen" value="${seenIn(shown)}"><input type="hidden" name="was" value="${amountsIn(order.bill)}">
<section class="card bill" aria-label="Your bill">${orderBill(order, buyer.locale, shown.pictures)}</section>
${orderChoices({ shop, fields, problems, locale: buyer.locale, hasGoods: hasGoods(order.wish) })}
${shut === undefined ? payBar(shown) : undefined}
</form>
${brandsLine(shown)}${otherWays(shown)}
</div>`,
  });
}

/** Which bill a form was made for: short, however long the bill is. */
export function seenIn({ order, fingerprint }: Pick<ShownOrder, 'order' | 'fingerprint'>): string {
  return fingerprint(billSeen(order));
}

function shopHead({ shop, order }: ShownOrder): Html {
  return html`<div class="shop"><h1><bdi>${shop.name}</bdi></h1><p class="soft">${order.source === 'payment_request' ? 'Sent you a bill' : 'Your order'} · ${order.number}</p></div>`;
}

function wordsOfShop({ sent }: Order): Html | undefined {
  return sent?.note === undefined ? undefined : html`<p class="good" dir="auto">${sent.note}</p>`;
}

/** Told before anybody has filled in a form for nothing. */
function whyShut({ order, shop, buyer, nowMs }: ShownOrder): string | undefined {
  const why = whyNotSelling(shop);
  if (why !== undefined) return notSellingWords(why, shop.name);
  // What the shop asks for itself is paid at night, too.
  if (order.source === 'payment_request' || isOpen(shop, nowMs)) return undefined;
  return closedWords(shop, opensAt(shop, nowMs), buyer.locale);
}

function said(notice: OrderNotice | undefined): Html | undefined {
  if (notice === undefined) return undefined;
  const role = notice.kind === 'bad' ? 'alert' : 'status';
  return html`<p class="${notice.kind}" role="${role}">${notice.text}</p>`;
}

/** In tree order after "Update": Enter in a field recounts, and never pays. */
function payBar(shown: ShownOrder): Html | undefined {
  const { order, shop, buyer, hasPin } = shown;
  if (!isHandoverSettled(order.wish, shop)) return undefined;
  if (isZero(order.bill.total))
    return html`<section class="pay" aria-label="Pay"><button name="do" value="pay">Order for ${say(order.bill.total, buyer.locale)}</button></section>`;
  const total = say(order.bill.total, buyer.locale);
  const card = savedCardToOffer(shown);
  if (card === undefined)
    return html`<section class="pay" aria-label="Pay"><button name="do" value="pay" formnovalidate>Pay ${total} with card</button>
<p class="soft">You enter the card on Stripe’s page and come back here.</p></section>`;
  return html`<section class="pay" aria-label="Pay">${hasPin && isPinNeededFor(shown) ? pinField('Your PIN') : undefined}
<button name="do" value="pay_saved">Pay ${total} with ${savedCardWords(card.instrument)}</button>
<button class="quiet" name="do" value="pay" formnovalidate>Another card</button>
<p class="soft">Another card is entered on Stripe’s page.</p></section>`;
}

function brandsLine({ shop, buyer }: ShownOrder): Html | undefined {
  const brands = brandsTaken(shop, buyer.locale);
  return brands === undefined
    ? undefined
    : html`<p class="soft brands"><bdi>${shop.name}</bdi> takes ${brands}.</p>`;
}

function otherWays({ token, savedCard, order, messengerUrl }: ShownOrder): Html {
  const one = (value: string, words: string) =>
    html`<form method="post" action="/order/${token}"><button class="quiet" name="do" value="${value}">${words}</button></form>`;
  return html`<div class="after">${savedCard === undefined ? undefined : one('forget_card', 'Forget this card')}${isNobodys(order) ? undefined : one('cancel', 'Cancel order')}${messengerUrl === undefined ? undefined : html`<a class="button quiet" rel="noreferrer" href="${messengerUrl}">Open in Messenger instead</a>`}</div>`;
}
