// What is on the shop's balance, and what was paid out to its bank when.
import type { Money } from '../../lambdas/domain/money/money.ts';
import type {
  PayoutTrouble,
  ShopBalance,
  ShopPayout,
  ShopPayoutState,
} from '../../lambdas/domain/orders/shop-money.ts';
import type { Found } from '../../lambdas/domain/payments/ports.ts';
import type { Page } from '../../lambdas/domain/shops/ports.ts';
import { type Html, html } from '../html.ts';
import { payoutsPath } from './account-standing.ts';
import { price } from './order-words.ts';

export function balanceCard(found: Found<ShopBalance>): Html {
  if (found.kind !== 'found') return card('Balance', quietStripe);
  const { available, pending } = found.thing;
  return card(
    'Balance',
    html`<table><tbody><tr><th scope="row">Can be paid out now</th><td class="right">${amounts(available)}</td></tr>
<tr><th scope="row">Paid by buyers, on its way to you</th><td class="right">${amounts(pending)}</td></tr></tbody></table>`,
  );
}

function amounts(all: readonly Money[]): Html {
  // Currencies in which there is nothing are of no interest, unless there is nothing at all.
  const some = all.filter(({ minor }) => minor !== 0);
  const shown = some.length > 0 ? some : all.slice(0, 1);
  return html`${shown.map((each, index) => html`${index === 0 ? undefined : html`<br>`}${price(each)}`)}`;
}

/** `older` makes the address of the following page. */
export function payoutsCard(
  found: Found<Page<ShopPayout>>,
  older: (after: string) => string,
): Html {
  switch (found.kind) {
    case 'unknown':
      return card('Payouts', quietStripe);
    case 'not_found':
      return card('Payouts', beginsNowhere);
    case 'found': {
      const { things, next } = found.thing;
      const rows =
        things.length === 0
          ? html`<p class="soft">None yet. Stripe pays out by itself, some days after a sale.</p>`
          : html`<ol class="list">${things.map(payoutRow)}</ol>`;
      return html`<section class="part"><h2>Payouts</h2>${rows}${next === undefined ? undefined : html`<p class="more"><a href="${older(next)}">Older payouts</a></p>`}</section>`;
    }
  }
}

const states: Readonly<Record<ShopPayoutState, { readonly name: string; readonly tone: string }>> =
  {
    pending: { name: 'Being prepared', tone: '' },
    in_transit: { name: 'On its way', tone: 'todo' },
    paid: { name: 'Paid', tone: 'good' },
    failed: { name: 'Failed', tone: 'bad' },
    canceled: { name: 'Cancelled', tone: '' },
  };

const troubles: Readonly<Record<PayoutTrouble, string>> = {
  account_closed: 'The bank account is closed. Give Stripe another one.',
  account_wrong: 'The bank does not know this account. Look at its number at Stripe.',
  name_wrong: 'The name on the bank account is another one. Put it right at Stripe.',
  bank_refused: 'The bank refused it. Ask your bank, or give Stripe another account.',
  not_enough: 'There was not enough on the balance.',
  other: 'The bank did not take it. Stripe’s Dashboard may say more.',
};

function payoutRow({ amount, state, arrivesAtMs, trouble }: ShopPayout): Html {
  const { name, tone } = states[state];
  const isOver = state === 'failed' || state === 'canceled';
  const when = state === 'paid' ? 'Arrived' : 'Expected';
  return html`<li><div class="row"><span class="title">${price(amount)}</span><span class="right"><span class="pill ${tone}">${name}</span></span>
<span class="small-print">${trouble === undefined ? undefined : html`${troubles[trouble]} The money is on your balance again. `}${isOver ? 'It was to arrive' : when} ${day(arrivesAtMs)}</span></div></li>`;
}

/** Stripe tells a date: midnight in UTC, whatever the shop's clock says. */
function day(atMs: number): string {
  const format = { month: 'short', day: 'numeric', year: 'numeric', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat('en-US', format).format(atMs);
}

function card(title: string, body: Html): Html {
  return html`<section class="card"><h2>${title}</h2>${body}</section>`;
}

export const quietStripe = html`<p class="wrong">Stripe does not answer just now. Load the page again in a moment; nothing is lost.</p>`;

export const beginsNowhere = html`<p>This part of the list is not there any more. <a href="${payoutsPath}">Begin with the newest</a></p>`;
