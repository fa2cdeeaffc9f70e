// Who lives in a town when a run begins, and the shop there: written straight into the tables, as if they had come long ago.
import {
  memoryCards,
  type MemoryCardName,
} from '../../../lambdas/adapters/memory/provider-cards.ts';
import { makeApiKey } from '../../../lambdas/domain/merchant-api/manage-api-keys.ts';
import { scopes } from '../../../lambdas/domain/merchant-api/api-key.ts';
import type { Person } from '../../../lambdas/domain/people/person.ts';
import { derivedIds } from '../../../lambdas/wiring/randomness.ts';
import { someSettings } from '../../builders/payments.ts';
import { coffee, joesCoffee, mug } from '../../builders/shop-town/joes-coffee.ts';
import { walletPage } from '../cloud/environment.ts';
import type { Town } from '../town.ts';
import { openPhone, type Phone } from './phone.ts';

export const shopPage = joesCoffee.pageId;

/** How somebody is set up when the run begins. */
export interface Resident {
  readonly handle: string;
  readonly name: string;
  readonly card?: MemoryCardName;
  readonly isReadyToBePaid: boolean;
  /** Has never been here: first contact is still to come. */
  readonly isStranger?: boolean;
  /** Wrote in the wallet's thread just before: its 24-hour window is open. */
  readonly isAround: boolean;
}

export interface Residents {
  /** In the wallet's thread, by handle. */
  readonly wallet: ReadonlyMap<string, Phone>;
  /** The same people in the shop's thread. */
  readonly shop: ReadonlyMap<string, Phone>;
  readonly apiKey: string;
  readonly accountId: string;
  /** Who the shopkeeper is at the counter. */
  readonly owner: Person['id'];
  readonly mugs: number;
}

export async function moveIn(
  town: Town,
  who: readonly Resident[],
  mugs: number,
): Promise<Residents> {
  const wallet = new Map<string, Phone>();
  const shop = new Map<string, Phone>();
  for (const resident of who) {
    const { handle, name } = resident;
    const phone = openPhone(town, { name, psid: psidOf(walletPage, handle), pageId: walletPage });
    wallet.set(handle, phone);
    shop.set(handle, openPhone(town, { name, psid: psidOf(shopPage, handle), pageId: shopPage }));
    if (resident.isStranger === true) continue;
    await town.stores.people.create(await personOf(town, resident, phone));
    if (resident.isAround) await comeAround(town, phone, `per_${handle}`);
  }
  const opened = await openShop(town, mugs);
  town.stripe.takeEvents();
  town.shopStripe.takeEvents();
  return { wallet, shop, mugs, ...opened };
}

/** Digits alone, as Meta's are. */
function psidOf(pageId: string, handle: string): string {
  return `${pageId}${Array.from(handle, (letter) => letter.codePointAt(0)).join('')}`;
}

async function comeAround(
  town: Town,
  { pageId, psid }: Phone,
  personId: Person['id'],
): Promise<void> {
  const [address, atMs] = [{ pageId, psid }, town.engine.clock.now()];
  town.messenger.opened(pageId, psid);
  await town.stores.conversations.commit(
    { eventId: 'hello', address, replies: [], atMs },
    { address, version: 1, personId, lastInboundAtMs: atMs },
  );
}

async function personOf(town: Town, resident: Resident, { psid, pageId }: Phone): Promise<Person> {
  const { handle, name, card, isReadyToBePaid } = resident;
  const id = `per_${handle}` as const;
  return {
    id,
    version: 1,
    addresses: [{ pageId, psid }],
    name,
    handle,
    locale: 'en-US',
    currency: 'USD',
    level: 'known',
    findableByName: true,
    instruments: [],
    createdAtMs: town.engine.clock.now(),
    termsAcceptedAtMs: town.engine.clock.now(),
    ...(card === undefined ? {} : await cardOf(town, id, card)),
    ...(isReadyToBePaid ? { recipientAccount: await accountOf(town, id) } : {}),
  };
}

async function cardOf({ stripe }: Town, personId: Person['id'], card: MemoryCardName) {
  const { provider, hands } = stripe;
  const asked = {
    personId,
    tryId: `try_${personId}`,
    returnUrl: 'https://tender.example/x',
    cancelUrl: 'https://tender.example/x',
  };
  const setup = await provider.saveInstrument(asked);
  if (setup.kind !== 'done') throw new Error('No page for a card.');
  hands.saveCard(setup.url, card);
  const found = await provider.lookUp.instrument(setup.url.split('/').at(-1) ?? '');
  if (found.kind !== 'found' || found.thing === 'not_finished') throw new Error('No card.');
  const { customerId, instrument } = found.thing;
  return { customerId, instruments: [instrument] };
}

async function accountOf({ stripe }: Town, personId: Person['id']) {
  const urls = { returnUrl: 'https://tender.example/x', refreshUrl: 'https://tender.example/x' };
  const opened = await stripe.provider.onboardRecipient({ personId, country: 'US', ...urls });
  if (opened.kind !== 'done') throw new Error('No account.');
  stripe.hands.finishOnboarding(opened.accountId);
  return { accountId: opened.accountId, status: 'ready' } as const;
}

async function openShop(town: Town, mugs: number) {
  const { shopStripe, stores, engine, vendors } = town;
  const urls = { returnUrl: 'https://tender.example/x', refreshUrl: 'https://tender.example/x' };
  const opened = await shopStripe.shopProvider.onboardMerchant({ shop: joesCoffee, ...urls });
  if (opened.kind !== 'done') throw new Error('No account for the shop.');
  const { accountId } = opened;
  shopStripe.hands.finishOnboarding(accountId);
  const owner = 'per_joe';
  const joe = { personId: owner, name: 'Joe', role: 'owner', addedAtMs: 0 } as const;
  await stores.shops.create({
    ...joesCoffee,
    team: [joe],
    account: { accountId, status: 'active', missing: [] },
  });
  await stores.products.save(coffee, undefined);
  await stores.products.save(mug, undefined);
  await stores.stock.set(joesCoffee.id, mug.id, mugs);
  const key = await makeApiKey(
    {
      ...stores,
      clock: engine.clock,
      ids: derivedIds,
      tokens: vendors.tokens,
      settings: someSettings,
    },
    { shopId: joesCoffee.id, name: 'till', scopes, madeBy: 'simulation' },
  );
  if (key.kind !== 'made') throw new Error('No key.');
  return { apiKey: key.text, accountId, owner } as const;
}

export const cardNames = Object.keys(memoryCards) as MemoryCardName[];
