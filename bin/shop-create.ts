// `npm run shop:create`: opens a shop on a Page of its own, and prints the code that makes somebody its owner.
import { newDocumentClient } from '../lambdas/adapters/dynamodb/client.ts';
import { dynamoStores } from '../lambdas/adapters/dynamodb/stores.ts';
import { readCurrency } from '../lambdas/domain/money/currency.ts';
import { openShop } from '../lambdas/domain/shops/open-shop.ts';
import { derivedIds, randomTokens } from '../lambdas/wiring/randomness.ts';

const names = ['SHOP_NAME', 'SHOP_PAGE_ID', 'USERS_TABLE', 'TRANSACTIONS_TABLE'] as const;

function fail(words: string): never {
  console.error(words);
  process.exit(1);
}

const text = (name: string, otherwise = '') => process.env[name]?.trim() || otherwise;
const missing = names.filter((name) => text(name) === '');
if (missing.length > 0) {
  fail(
    `Set ${missing.join(', ')} and run this again. The tables' names are outputs of the data stack.`,
  );
}
if (!/^\d{1,20}$/u.test(text('SHOP_PAGE_ID')))
  fail('SHOP_PAGE_ID must be the digits of a Page id.');
const currency =
  readCurrency(text('SHOP_CURRENCY', 'USD')) ?? fail('SHOP_CURRENCY must be one such as USD.');
const country = text('SHOP_COUNTRY', 'US');
if (!/^[A-Z]{2}$/u.test(country)) fail('SHOP_COUNTRY must be two letters, such as US.');
const timeZone = text('SHOP_TIME_ZONE', 'America/New_York');
if (!Intl.supportedValuesOf('timeZone').includes(timeZone)) {
  fail('SHOP_TIME_ZONE must be a name such as America/New_York.');
}
const feePercent = Number(text('SHOP_FEE_PERCENT', '0'));
if (!(feePercent >= 0 && feePercent <= 30)) fail('SHOP_FEE_PERCENT must be from 0 to 30.');

const tables = { users: text('USERS_TABLE'), transactions: text('TRANSACTIONS_TABLE') };
const outcome = await openShop(
  {
    ...dynamoStores(newDocumentClient(), tables),
    ids: derivedIds,
    tokens: randomTokens,
    clock: { now: () => Date.now() },
  },
  {
    name: text('SHOP_NAME'),
    pageId: text('SHOP_PAGE_ID'),
    currency,
    country,
    timeZone,
    feePercent,
  },
);
if (outcome.kind === 'page_taken') {
  fail(`Page ${outcome.shop.pageId} is ${outcome.shop.name}'s already (${outcome.shop.id}).`);
}
console.log(`${outcome.shop.name} is open as ${outcome.shop.id}. Next:

  1. Put the Page's token into the page secret, beside the wallet's: {"tokens": {"${outcome.shop.pageId}": "..."}}
  2. Run \`npm run page:setup\` for it, with PAGE_OF=shop and MESSENGER_PAGE_ID=${outcome.shop.pageId}.
  3. Let its owner write this to the Page, once:  owner ${outcome.ownerCode}`);
