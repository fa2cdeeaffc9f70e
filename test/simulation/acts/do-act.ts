// Does one act in a town: what people do begins and is not waited for, what banks and operators do is done at once.
import { keepSecrets, type Town } from '../town.ts';
import { fieldsIn, redirectOf, request } from '../people/browser.ts';
import { NotThere, type Phone } from '../people/phone.ts';
import type { Residents } from '../people/residents.ts';
import type { Deed } from './act.ts';
import { buys, returns } from './buying.ts';
import { bankActs, providerActs } from './banks.ts';

export interface Here {
  readonly town: Town;
  readonly residents: Residents;
  /** The newest order, for the shopkeeper's program. */
  newestOrder(): string | undefined;
}

const somePin = '258013';

/** Resolves when whoever does it is done; a person for whom something is not there gives up. */
export async function doDeed(here: Here, deed: Deed): Promise<void> {
  try {
    await dispatch(here, deed);
  } catch (error) {
    if (!(error instanceof NotThere)) throw error;
  }
}

function phoneOf(phones: ReadonlyMap<string, Phone>, handle: string): Phone {
  const phone = phones.get(handle);
  if (phone === undefined) throw new Error(`Nobody is called ${handle}.`);
  return phone;
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
      return phoneOf(wallet, deed.who).taps(deed.title);
    case 'taps_at_shop':
      return phoneOf(shop, deed.who).taps(deed.title);
    case 'pays':
      return pays(town, phoneOf(wallet, deed.who), deed);
    case 'answers_bank':
      return answersBank(town, [phoneOf(wallet, deed.who), phoneOf(shop, deed.who)], deed.isPassed);
    case 'claims':
      return claims(phoneOf(wallet, deed.who), phoneOf(wallet, deed.whose));
    case 'sets_up_payouts':
      return setsUpPayouts(town, phoneOf(wallet, deed.who));
    case 'buys':
      return buys(town, phoneOf(shop, deed.who), deed);
    case 'returns':
      return returns(phoneOf(shop, deed.who));
    case 'shop_moves':
    case 'shop_refunds':
      return calls(here, deed);
    case 'bank_disputes':
    case 'bank_decides':
    case 'refund_ends':
      return bankActs(here, deed);
    case 'account_changes':
    case 'shop_account':
      return providerActs(here, deed);
    case 'rolls_secret':
      return rollsSecret(town, deed.which);
    case 'deploys':
      return town.deploy();
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
  phones: readonly Phone[],
  isPassed: boolean,
): Promise<void> {
  const phone = phones.find(({ bankUrl }) => bankUrl !== undefined);
  if (phone?.bankUrl === undefined) throw new NotThere('a bank that asks');
  const { hands } = phone === phones[0] ? stripe : shopStripe;
  hands.answerAction(phone.bankUrl, isPassed);
  phone.bankUrl = undefined;
}

function claims(phone: Phone, whose: Phone): void {
  const words = whose.bubbles().map((bubble) => bubble.words);
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

/** The merchant's own program, by the API, once each: with a key that it keeps until it is answered. */
async function calls(
  here: Here,
  deed: Extract<Deed, { does: 'shop_moves' | 'shop_refunds' }>,
): Promise<void> {
  const { town, residents } = here;
  const order = here.newestOrder();
  if (order === undefined) throw new NotThere('an order');
  const idempotencyKey = `call-${town.engine.clock.now()}-${deed.does}`;
  const isMove = deed.does === 'shop_moves';
  const path = isMove ? `/v1/orders/${order}/moves` : '/v1/refunds';
  const body = isMove
    ? { to: deed.to }
    : {
        order,
        reason: 'requested_by_customer',
        ...(deed.share === 'some' ? { amount: { amount: 100, currency: 'USD' } } : {}),
        ...(deed.isCancelled ? { cancel_order: true } : {}),
      };
  const headers = {
    authorization: `Bearer ${residents.apiKey}`,
    'content-type': 'application/json',
    'idempotency-key': idempotencyKey,
  };
  for (let tries = 0; tries < 3; tries += 1) {
    const event = request({ method: 'POST', path, headers, body: JSON.stringify(body) });
    if ((await town.cloud.http('merchant-api', event)).status < 500) return;
  }
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
