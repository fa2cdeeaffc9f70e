// Does one act in a town: what people do begins and is not waited for, what banks and operators do is done at once.
import { leaveReleasedMessages } from '../released-messages.ts';
import { walletPage } from '../cloud/environment.ts';
import { keepSecrets, type Town } from '../town.ts';
import { fieldsIn, redirectOf } from '../people/browser.ts';
import { NotThere, type Phone } from '../people/phone.ts';
import type { Residents } from '../people/residents.ts';
import type { Deed } from './act.ts';
import { atTheCounter } from './at-the-counter.ts';
import { buys, changesBill, opensBill, returns } from './buying.ts';
import { shopCalls } from './shop-calls.ts';
import { bankActs, providerActs } from './banks.ts';

export interface Here {
  readonly town: Town;
  readonly residents: Residents;
  /** Under which the merchant's program wants each thing done once. */
  readonly keys: Map<object, string>;
  /** Of bills that are for whoever opens them. */
  readonly links: { readonly url: string; readonly ref: string }[];
  /** The newest order, for the shopkeeper's program. */
  newestOrder(): string | undefined;
}

const somePin = '258013';

/** Resolves when whoever does it is done, with `false` where something that they look for is not there. */
export async function doDeed(here: Here, deed: Deed): Promise<boolean> {
  try {
    await dispatch(here, deed);
    return true;
  } catch (error) {
    if (!(error instanceof NotThere)) throw error;
    return false;
  }
}

function phoneOf(phones: ReadonlyMap<string, Phone>, handle: string): Phone {
  const phone = phones.get(handle);
  if (phone === undefined) throw new NotThere(handle);
  return phone;
}

const toTheBank = 'Finish the check';

/** Who did not get to their bank's page is led there from the thread. */
async function wayToTheBank({ browser, link }: Phone): Promise<string | undefined> {
  const to = redirectOf(await browser.submits(link(toTheBank), {}));
  return to?.includes('/action/') === true ? to : undefined;
}

/** Whoever is meant, if there is such a button in their thread; else somebody who has one. */
function whoeverCan(phones: ReadonlyMap<string, Phone>, handle: string, title: string): Phone {
  const phone = phoneOf(phones, handle);
  return phone.has(title) ? phone : ([...phones.values()].find((each) => each.has(title)) ?? phone);
}

/** A bill in the thread, or one that lies open in somebody's browser. */
function whoeverBuys(phones: ReadonlyMap<string, Phone>, handle: string): Phone {
  const phone = phoneOf(phones, handle);
  return phone.openBill === undefined ? whoeverCan(phones, handle, 'Review and pay') : phone;
}

async function dispatch(here: Here, deed: Deed): Promise<void> {
  const { town, residents } = here;
  const { wallet, shop } = residents;
  switch (deed.does) {
    case 'says':
      return phoneOf(wallet, deed.who).says(deed.text);
    case 'says_at_shop':
      return phoneOf(shop, deed.who).says(deed.text);
    case 'taps':
      return whoeverCan(wallet, deed.who, deed.title).taps(deed.title);
    case 'taps_at_shop':
      return whoeverCan(shop, deed.who, deed.title).taps(deed.title);
    case 'pays':
      return pays(town, whoeverCan(wallet, deed.who, 'Review and pay'), deed);
    case 'answers_bank':
      return answersBank(town, residents, deed);
    case 'claims':
      return claims(phoneOf(wallet, deed.who), wallet);
    case 'sets_up_payouts':
      return setsUpPayouts(town, whoeverCan(wallet, deed.who, 'Get paid'));
    case 'buys':
      return buys(town, whoeverBuys(shop, deed.who), deed);
    case 'returns':
      return returns(phoneOf(shop, deed.who));
    case 'changes_bill':
      return changesBill(whoeverCan(shop, deed.who, 'Review and pay'), deed.to);
    case 'shop_moves':
    case 'shop_refunds':
    case 'shop_sends_bill':
    case 'shop_makes_link':
    case 'shop_acts_on_bill':
      return shopCalls(here, deed);
    case 'opens_bill':
      return opensBill(here, phoneOf(shop, deed.who), deed.how);
    case 'joe_acts':
      return atTheCounter(here, deed.what);
    case 'dashboard_refunds':
    case 'bank_says':
    case 'bank_disputes':
    case 'bank_decides':
    case 'refund_ends':
    case 'kept_cards_become':
    case 'charge_comes_late':
    case 'bank_thinks':
      return bankActs(here, deed);
    case 'account_changes':
    case 'shop_account':
      return providerActs(here, deed);
    case 'rolls_secret':
      return rollsSecret(town, deed.which);
    case 'deploys':
      return deploys(town, residents);
    case 'passes':
      return undefined;
  }
}

async function pays(
  { stripe }: Town,
  phone: Phone,
  { card, times }: Extract<Deed, { does: 'pays' }>,
): Promise<void> {
  const { browser } = phone;
  const url = phone.link('Review and pay');
  let shown = await browser.opens(url);
  if (shown.status === 200 && !shown.body.includes('name="instrument"')) {
    const setup = redirectOf(await browser.submits(`${url}/card`, {}));
    if (setup?.includes('/setup/') !== true) return;
    await browser.opens(stripe.hands.saveCard(setup, card));
    shown = await browser.opens(url);
  }
  const pin = { pin: somePin, newPin: somePin, newPinAgain: somePin };
  const press = () => browser.submits(url, { ...fieldsIn(shown), ...pin });
  const answers = await Promise.all(Array.from({ length: times }, press));
  phone.bankUrl = answers.map(redirectOf).find((to) => to?.includes('/action/')) ?? phone.bankUrl;
}

async function answersBank(
  { stripe, shopStripe }: Town,
  { wallet, shop }: Residents,
  { isPassed, isWrongAmount }: Extract<Deed, { does: 'answers_bank' }>,
): Promise<void> {
  const phones = [...wallet.values(), ...shop.values()];
  const isAsked = ({ bankUrl, has }: Phone) => bankUrl !== undefined || has(toTheBank);
  const phone = phones.find(isAsked);
  if (phone !== undefined) phone.bankUrl ??= await wayToTheBank(phone);
  if (phone?.bankUrl === undefined) throw new NotThere('a bank that asks');
  const { books, hands } = phone.pageId === walletPage ? stripe : shopStripe;
  const intent = books.intents.get(phone.bankUrl.split('/').at(-1) ?? '');
  if (isWrongAmount === true && intent?.answer.kind === 'needs_action')
    Object.assign(intent, { total: { minor: 777, currency: 'USD' } });
  hands.answerAction(phone.bankUrl, isPassed);
  phone.bankUrl = undefined;
}

function claims(phone: Phone, phones: ReadonlyMap<string, Phone>): void {
  const words = [...phones.values()].flatMap((each) =>
    each.bubbles().map((bubble) => bubble.words),
  );
  const ref = /ref=(claim-\w+)/u.exec(
    words.findLast((each) => each.includes('ref=claim-')) ?? '',
  )?.[1];
  if (ref === undefined) throw new NotThere('a claim link');
  phone.follows(ref);
}

async function setsUpPayouts({ stripe }: Town, { browser, link }: Phone): Promise<void> {
  const url = link('Get paid');
  const to = redirectOf(await browser.submits(url, { pin: somePin }));
  const accountId = to?.split('/').at(-1) ?? '';
  if (!accountId.startsWith('acct_')) throw new NotThere('onboarding');
  stripe.hands.finishOnboarding(accountId);
  await browser.opens(`${url}/return`);
}

/** Messages that the release before has queued are met by the new code. */
function deploys(town: Town, { wallet }: Residents): void {
  const [phone] = wallet.values();
  town.deploy();
  if (phone !== undefined) leaveReleasedMessages(town, phone);
}

function rollsSecret(town: Town, which: Extract<Deed, { does: 'rolls_secret' }>['which']): void {
  const { messenger, keys } = town;
  const next = (key: string) => key.replace(/\d+$/u, (number) => String(Number(number) + 1));
  switch (which) {
    case 'messenger_app': {
      const before = messenger.keys.appSecret;
      messenger.keys.appSecret = next(before);
      return keepSecrets(town, before);
    }
    case 'stripe_webhook': {
      const before = keys.stripeWebhook;
      keys.stripeWebhook = next(before);
      return keepSecrets(town, before);
    }
    case 'page_token':
      messenger.keys.token = next(messenger.keys.token);
      return keepSecrets(town);
  }
}
