// Joe moves in: his shop on its Page, the menu, an account at Stripe, and Joe as its owner.
import { newDocumentClient } from '../../lambdas/adapters/dynamodb/client.ts';
import { dynamoStores } from '../../lambdas/adapters/dynamodb/stores.ts';
import { createStripeClient } from '../../lambdas/adapters/stripe/client.ts';
import { createShopProvider } from '../../lambdas/adapters/stripe/shop-provider.ts';
import { money } from '../../lambdas/domain/money/money.ts';
import { refreshMerchant } from '../../lambdas/domain/orders/merchant.ts';
import { openShop } from '../../lambdas/domain/shops/open-shop.ts';
import type { Product } from '../../lambdas/domain/shops/product.ts';
import type { Shop } from '../../lambdas/domain/shops/shop.ts';
import type { World } from '../../lambdas/domain/world.ts';
import { derivedIds, randomTokens } from '../../lambdas/wiring/randomness.ts';
import { LOCAL_AWS } from '../cloud/local-cloud.ts';
import type { Machine } from '../machine.ts';
import type { MachineSettings } from '../machine-settings.ts';
import { categories, type MenuItem, menu } from './menu.ts';
import { joesPage } from './page.ts';

type SeedWorld = ReturnType<typeof worldOf>;

/** Answers the code with which Joe becomes the owner. */
export async function seedShop(machine: Machine, settings: MachineSettings): Promise<string> {
  const world = worldOf(machine, settings);
  const opened = await openShop(world, {
    pageId: joesPage.id,
    name: joesPage.name,
    currency: 'USD',
    country: 'US',
    timeZone: 'America/New_York',
    feePercent: 1,
  });
  if (opened.kind === 'page_taken') throw new Error('Joe’s Coffee is open already.');
  const shop = asJoeWantsIt(opened.shop);
  await world.shops.save(shop, opened.shop);
  for (const [index, item] of menu.entries())
    await putOnMenu(world, { shop, item, index, machine });
  if (settings.stripeApiUrl === undefined) await openAccount(world, shop, machine);
  return opened.ownerCode;
}

function worldOf(machine: Machine, settings: MachineSettings) {
  const documents = newDocumentClient({ endpoint: machine.dynamoDbUrl, ...LOCAL_AWS });
  const client = createStripeClient({
    secretKey: async () => settings.stripeSecretKey,
    apiUrl: machine.stripeUrl,
  });
  return {
    ...dynamoStores(documents, {
      users: machine.cloud.tableName('UsersTable'),
      transactions: machine.cloud.tableName('TransactionsTable'),
    }),
    shopProvider: createShopProvider({ client }),
    clock: machine.clock,
    ids: derivedIds,
    tokens: randomTokens,
  } satisfies Partial<World>;
}

function asJoeWantsIt(shop: Shop): Shop {
  return {
    ...shop,
    version: shop.version + 1,
    categories,
    taxPercent: 8.875,
    shipping: [
      { id: 'standard', name: 'Standard, 3–5 days', price: money(500, 'USD') },
      { id: 'express', name: 'Express, tomorrow', price: money(1200, 'USD') },
    ],
    shipsTo: ['US'],
    tips: [10, 15, 20],
    promotions: [{ code: 'WELCOME10', off: { kind: 'percent', percent: 10 } }],
  };
}

interface OnMenu {
  readonly shop: Shop;
  readonly item: MenuItem;
  readonly index: number;
  readonly machine: Machine;
}

async function putOnMenu(world: SeedWorld, { shop, item, index, machine }: OnMenu): Promise<void> {
  // A millisecond apart, so that the list of all keeps the order of the menu.
  const nowMs = world.clock.now() + index;
  const product: Product = {
    id: world.ids.derived('prd', shop.id, item.name),
    shopId: shop.id,
    version: 1,
    name: item.name,
    category: item.category,
    price: money(item.cents, 'USD'),
    imageUrl: `${machine.url}/_chat/pictures/${item.picture}.svg`,
    options: (item.options ?? []).map(({ name, choices }) => ({
      name,
      choices: choices.map(([choice, cents]) => ({ name: choice, extra: money(cents, 'USD') })),
    })),
    isActive: true,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
    ...(item.description === undefined ? {} : { description: item.description }),
  };
  await world.products.save(product, undefined);
  if (item.stock !== undefined) await world.stock.set(shop.id, product.id, item.stock);
}

/** Joe fills in Stripe's own form, as he would. */
async function openAccount(world: SeedWorld, shop: Shop, machine: Machine): Promise<void> {
  const console = `${machine.url}/console`;
  const begun = await world.shopProvider.onboardMerchant({
    shop,
    returnUrl: console,
    refreshUrl: console,
  });
  if (begun.kind !== 'done')
    throw new Error(`Stripe opened no account for ${shop.name}: ${begun.why}`);
  const account = { accountId: begun.accountId, status: 'started', missing: [] } as const;
  await world.shops.save({ ...shop, version: shop.version + 1, account }, shop);
  await fetch(begun.url, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ name: 'Joe Keller', account: '000123456789' }),
  });
  await refreshMerchant(world, shop.id);
}
