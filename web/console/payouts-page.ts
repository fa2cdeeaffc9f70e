// /console/payouts: whether the shop can be paid, its balance, its payouts and its fees, as Stripe tells them at this moment.
import { latestMonths, readMonth } from '../../lambdas/domain/console/month.ts';
import { refreshMerchant, startOnboarding } from '../../lambdas/domain/orders/merchant.ts';
import type { OrderId } from '../../lambdas/domain/orders/order.ts';
import type { ShopMovement } from '../../lambdas/domain/orders/shop-money.ts';
import type { Found } from '../../lambdas/domain/payments/ports.ts';
import type { Page } from '../../lambdas/domain/shops/ports.ts';
import type { Shop } from '../../lambdas/domain/shops/shop.ts';
import { type Html, html } from '../html.ts';
import type { PageAnswer } from '../page-answer.ts';
import { accountStanding, payoutsPath } from './account-standing.ts';
import { consolePage, type Said } from './console-layout.ts';
import type { ConsoleRequest, ConsoleWorld, Visitor } from './console-world.ts';
import { feeCard } from './fee-list.ts';
import { balanceCard, payoutsCard } from './payout-list.ts';

const payoutsAPage = 12;
const movementsAPage = 50;

interface Asked {
  readonly request: Pick<ConsoleRequest, 'query'>;
  readonly visitor: Visitor;
}

export async function showPayouts(
  world: ConsoleWorld,
  request: ConsoleRequest,
  visitor: Visitor,
): Promise<PageAnswer> {
  return payoutsPage(world, { request, visitor });
}

async function payoutsPage(world: ConsoleWorld, asked: Asked, said?: Said): Promise<PageAnswer> {
  const { visitor } = asked;
  return consolePage(visitor, payoutsPath, {
    title: 'Payouts',
    ...(said === undefined ? {} : { said }),
    // The provider's page is where its form ends up.
    formTargets: world.providerOrigins,
    body: html`<h1>Payouts and fees</h1>
${accountStanding(visitor)}
${await moneyOf(world, asked)}`,
  });
}

/** Nothing is asked about an account that is not there, or that shows us nothing any more. */
async function moneyOf(world: ConsoleWorld, { request, visitor }: Asked): Promise<Html> {
  const { shop } = visitor;
  const { account } = shop;
  if (account === undefined || account.status === 'left')
    return html`<p class="soft">Tender keeps ${shop.feePercent}% of each order’s total. Once your account is connected, its balance, payouts and fees stand here.</p>`;
  const nowMs = world.clock.now();
  const month = monthAsked(shop, request.query['month'] ?? '', nowMs);
  const [balance, payouts, found] = await Promise.all([
    world.shopMoney.balance(account.accountId),
    world.shopMoney.payouts(account.accountId, pageAsked(request.query['payouts'], payoutsAPage)),
    world.shopMoney.movements(account.accountId, {
      ...pageAsked(request.query['fees'], movementsAPage),
      ...month,
    }),
  ]);
  const numbers = await numbersOf(world, shop, found);
  const older = (name: 'payouts' | 'fees') => (after: string) =>
    `${payoutsPath}?${new URLSearchParams({ month: month.text, [name]: after }).toString()}`;
  return html`${balanceCard(balance)}
${payoutsCard(payouts, older('payouts'))}
${feeCard({ shop, month, nowMs, found, numbers, older: older('fees') })}`;
}

function monthAsked(shop: Shop, text: string, nowMs: number) {
  const [now] = latestMonths(shop.timeZone, nowMs, 1);
  const month = readMonth(shop.timeZone, text) ?? now;
  if (month === undefined) throw new Error(`There is no month in ${shop.timeZone}`);
  return month;
}

/** What has not the shape of an id of Stripe's begins no page. */
function pageAsked(after: string | undefined, limit: number) {
  return after !== undefined && /^\w{1,80}$/u.test(after) ? { limit, after } : { limit };
}

/** Of this shop's own orders alone, whatever stands in the metadata of a charge. */
async function numbersOf(
  world: Pick<ConsoleWorld, 'orders'>,
  shop: Shop,
  found: Found<Page<ShopMovement>>,
): Promise<ReadonlyMap<OrderId, string>> {
  if (found.kind !== 'found') return new Map();
  const ids = new Set(found.thing.things.flatMap(({ orderId }) => orderId ?? []));
  const orders = await Promise.all([...ids].map((id) => world.orders.get(id)));
  return new Map(
    orders.flatMap((order) =>
      order?.shopId === shop.id ? [[order.id, order.number] as const] : [],
    ),
  );
}

export async function actOnPayouts(
  world: ConsoleWorld,
  request: ConsoleRequest,
  visitor: Visitor,
): Promise<PageAnswer> {
  const asked = { request, visitor };
  switch (request.form.get('do') ?? '') {
    case 'onboard':
      return onboard(world, asked);
    case 'refresh':
      return lookAgain(world, asked);
    default:
      return payoutsPage(world, asked, { kind: 'bad', text: 'Nothing was done.' });
  }
}

async function onboard(world: ConsoleWorld, asked: Asked): Promise<PageAnswer> {
  const outcome = await startOnboarding(world, {
    shop: asked.visitor.shop,
    urls: {
      returnUrl: `${world.publicUrl}${payoutsPath}/return`,
      refreshUrl: `${world.publicUrl}${payoutsPath}`,
    },
  });
  switch (outcome.kind) {
    case 'redirect':
      return { kind: 'redirect', to: outcome.url };
    case 'declined':
      return payoutsPage(world, asked, {
        kind: 'bad',
        text: 'Stripe does not open an account for this shop. Ask whoever runs Tender.',
      });
    case 'unknown':
      return payoutsPage(world, asked, quiet);
  }
}

const quiet: Said = {
  kind: 'bad',
  text: 'Stripe does not answer. Please try again in a moment.',
};

/** Coming back proves nothing: the provider is asked. */
export async function backFromOnboarding(
  world: ConsoleWorld,
  request: ConsoleRequest,
  visitor: Visitor,
): Promise<PageAnswer> {
  return lookAgain(world, { request, visitor });
}

async function lookAgain(world: ConsoleWorld, asked: Asked): Promise<PageAnswer> {
  const outcome = await refreshMerchant(world, asked.visitor.shop.id);
  if (outcome === 'unknown') return payoutsPage(world, asked, quiet);
  return { kind: 'redirect', to: `${world.publicUrl}${payoutsPath}` };
}
