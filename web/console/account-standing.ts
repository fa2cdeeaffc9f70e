// Whether the shop can be paid, in words: what Stripe still wants to know, and the button that leads there.
import type { MerchantAccount } from '../../lambdas/domain/shops/shop.ts';
import { type Html, html } from '../html.ts';
import { ofSession } from './console-layout.ts';
import type { Visitor } from './console-world.ts';

export const payoutsPath = '/console/payouts';

export function accountStanding(visitor: Visitor): Html {
  const { account } = visitor.shop;
  const { title, text, button } = wordsOf(account);
  return html`<section class="card"><h2>${title}</h2><p>${text}</p>
${missing(account)}
${actForm(visitor, 'onboard', html`<button${account?.status === 'active' ? html` class="quiet"` : undefined}>${button}</button>`)}
${account === undefined ? undefined : actForm(visitor, 'refresh', html`<button class="quiet">Ask Stripe again</button>`)}</section>`;
}

interface Words {
  readonly title: string;
  readonly text: string;
  readonly button: string;
}

function wordsOf(account: MerchantAccount | undefined): Words {
  switch (account?.status) {
    case undefined:
      return {
        title: 'Not begun yet',
        text: 'Stripe takes the payments for you and pays them to your bank account. It first wants to know who you are.',
        button: 'Begin at Stripe',
      };
    case 'started':
      return {
        title: 'Not finished yet',
        text: 'Stripe still needs something before it takes payments for you.',
        button: 'Go on at Stripe',
      };
    case 'active':
      return {
        title: 'Ready',
        text: 'Stripe takes payments for you and pays them to your bank account by the schedule that you chose there.',
        button: 'Change my details at Stripe',
      };
    case 'restricted':
      return {
        title: 'Stopped by Stripe',
        text: 'Stripe takes no payments for you until it has what it asks for. People who want to buy are told that the shop cannot take payments now; orders that are paid stay as they are.',
        button: 'Give Stripe what it asks for',
      };
    case 'left':
      return {
        title: 'No longer connected',
        text: 'The account was disconnected at Stripe, so nothing can be bought, and orders from before can be paid back on Stripe’s Dashboard alone. You can begin anew, with a new account.',
        button: 'Begin anew at Stripe',
      };
  }
}

function missing(account: MerchantAccount | undefined): Html | undefined {
  if (account === undefined || account.missing.length === 0) return undefined;
  const words = account.missing.map((each) => each.replaceAll(/[._]+/gu, ' '));
  return html`<p>What it asks for:</p><ul>${words.map((each) => html`<li>${each}</li>`)}</ul>`;
}

function actForm(visitor: Visitor, act: string, button: Html): Html {
  return html`<form method="post" action="${payoutsPath}">${ofSession(visitor)}<input type="hidden" name="do" value="${act}">${button}</form>`;
}
