// /console/payouts: whether the shop can be paid, what the provider still wants to know, and the way there.
import { refreshMerchant, startOnboarding } from '../../lambdas/domain/orders/merchant.ts';
import type { MerchantAccount, Shop } from '../../lambdas/domain/shops/shop.ts';
import { type Html, html } from '../html.ts';
import type { PageAnswer } from '../page-answer.ts';
import { consolePage, ofSession, type Said } from './console-layout.ts';
import type { ConsoleRequest, ConsoleWorld, Visitor } from './console-world.ts';

const path = '/console/payouts';

export async function showPayouts(
  world: ConsoleWorld,
  _request: ConsoleRequest,
  visitor: Visitor,
): Promise<PageAnswer> {
  return payoutsPage(world, visitor);
}

function payoutsPage(
  world: Pick<ConsoleWorld, 'providerOrigins'>,
  visitor: Visitor,
  said?: Said,
): PageAnswer {
  const { shop } = visitor;
  return consolePage(visitor, path, {
    title: 'Payouts',
    ...(said === undefined ? {} : { said }),
    // The provider's page is where its form ends up.
    formTargets: world.providerOrigins,
    body: html`<h1>Payouts and fees</h1>
<section class="card"><h2>${statusWords(shop.account).title}</h2><p>${statusWords(shop.account).text}</p>
${missing(shop.account)}
${shop.account?.status === 'active' ? actForm(visitor, 'onboard', 'Change my details at Stripe') : actForm(visitor, 'onboard', shop.account === undefined ? 'Begin at Stripe' : 'Go on at Stripe')}
${shop.account === undefined ? undefined : actForm(visitor, 'refresh', 'Ask Stripe again')}</section>
<section class="card"><h2>Fees</h2>${fees(shop)}</section>`,
  });
}

function statusWords(account: MerchantAccount | undefined): { title: string; text: string } {
  switch (account?.status) {
    case undefined:
      return {
        title: 'Not begun yet',
        text: 'Stripe takes the payments for you and pays them to your bank account. It first wants to know who you are.',
      };
    case 'started':
      return {
        title: 'Not finished yet',
        text: 'Stripe still needs something before it takes payments for you.',
      };
    case 'active':
      return {
        title: 'Ready',
        text: 'Stripe takes payments for you and pays them to your bank account by the schedule that you chose there.',
      };
    case 'restricted':
      return {
        title: 'Stopped by Stripe',
        text: 'Stripe takes no payments for you until it has what it asks for.',
      };
    case 'left':
      return {
        title: 'No longer connected',
        text: 'The account was disconnected at Stripe. You can begin anew.',
      };
  }
}

function missing(account: MerchantAccount | undefined): Html | undefined {
  if (account === undefined || account.missing.length === 0) return undefined;
  const words = account.missing.map((each) => each.replaceAll(/[._]+/gu, ' '));
  return html`<p>What it asks for:</p><ul>${words.map((each) => html`<li>${each}</li>`)}</ul>`;
}

function actForm(visitor: Visitor, act: string, name: string): Html {
  return html`<form method="post" action="${path}">${ofSession(visitor)}<input type="hidden" name="do" value="${act}"><button${act === 'refresh' ? html` class="quiet"` : undefined}>${name}</button></form>`;
}

function fees(shop: Shop): Html {
  return html`<p>Tender keeps ${shop.feePercent}% of each order’s total; each order’s page says how much. When you give money back, its part of the fee comes back too.</p>
<p class="soft">Stripe’s own fees, and what it has paid out when, are in your Stripe Dashboard.</p>`;
}

export async function actOnPayouts(
  world: ConsoleWorld,
  { form }: ConsoleRequest,
  visitor: Visitor,
): Promise<PageAnswer> {
  switch (form.get('do') ?? '') {
    case 'onboard':
      return onboard(world, visitor);
    case 'refresh':
      return lookAgain(world, visitor);
    default:
      return payoutsPage(world, visitor, { kind: 'bad', text: 'Nothing was done.' });
  }
}

async function onboard(world: ConsoleWorld, visitor: Visitor): Promise<PageAnswer> {
  const outcome = await startOnboarding(world, {
    shop: visitor.shop,
    urls: {
      returnUrl: `${world.publicUrl}${path}/return`,
      refreshUrl: `${world.publicUrl}${path}`,
    },
  });
  switch (outcome.kind) {
    case 'redirect':
      return { kind: 'redirect', to: outcome.url };
    case 'declined':
      return payoutsPage(world, visitor, {
        kind: 'bad',
        text: 'Stripe does not open an account for this shop. Ask whoever runs Tender.',
      });
    case 'unknown':
      return payoutsPage(world, visitor, quiet);
  }
}

const quiet: Said = {
  kind: 'bad',
  text: 'Stripe does not answer. Please try again in a moment.',
};

/** Coming back proves nothing: the provider is asked. */
export async function backFromOnboarding(
  world: ConsoleWorld,
  _request: ConsoleRequest,
  visitor: Visitor,
): Promise<PageAnswer> {
  return lookAgain(world, visitor);
}

async function lookAgain(world: ConsoleWorld, visitor: Visitor): Promise<PageAnswer> {
  const outcome = await refreshMerchant(world, visitor.shop.id);
  if (outcome === 'unknown') return payoutsPage(world, visitor, quiet);
  return { kind: 'redirect', to: `${world.publicUrl}${path}` };
}
