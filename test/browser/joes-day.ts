// A day at Joe's Coffee, so that no list of his console is empty: bought, served, sent, given back, disputed, and a bill left open.
import * as z from 'zod/mini';
import { joesPage } from '../../local/joes-coffee/page.ts';
import { ann as annArcher, joe as joeKeller } from '../../local/seed.ts';
import type { Page } from '../journeys/driver/browser.ts';
import { type Person, person } from '../journeys/driver/person.ts';
import { standInPhone } from '../journeys/driver/stand-in-phone.ts';
import { cards } from '../journeys/driver/steps.ts';
import { days, minutes, type Wallet } from '../journeys/driver/wallet.ts';

export interface JoesDay {
  readonly joe: Person;
  readonly ann: Person;
  /** On the team: she sells and refunds, he only looks. */
  readonly staff: Person;
  readonly reader: Person;
  /** The paths of the orders in the console, by what became of them. */
  readonly orders: Readonly<Record<'wish' | 'dispute' | 'served' | 'shipped', string>>;
  /** A bill that whoever has the link may pay, and where it stands in the console. */
  readonly bill: { readonly url: string; readonly path: string };
}

type Thread = { readonly id?: string; readonly name: string };

/** `hooks`: where Joe's own programs listen. */
export async function joesDay(wallet: Wallet, hooks: string): Promise<JoesDay> {
  const shop = await openShop(wallet);
  const { joe, inConsole } = shop;
  const served = await lastWeek(shop);
  const staff = await joins(shop, { name: 'Maya Reed' }, 'staff');
  const reader = await joins(shop, { name: 'Theo Grant' }, 'reader');
  await does(shop, await inConsole('/console/team'), { act: 'invite', role: 'staff' });
  await addsPrograms(shop, hooks);

  const shipped = await buys(shop, {
    name: 'Lena Fischer',
    cart: 'two ethiopia sidamo and a joe’s mug',
    fields: { ...address, handover: 'ship:standard', code: 'WELCOME10' },
  });
  await does(shop, await inConsole(shipped.path), {
    act: 'ready',
    carrier: 'UPS',
    number: '1Z999AA10123456784',
    url: 'https://www.ups.com/track?num=1Z999AA10123456784',
  });
  const dispute = await buys(shop, {
    name: 'Mia Lopez',
    cart: 'a house blend',
    card: cards.disputed,
  });
  await moves(shop, dispute, ['fulfilled']);
  const gone = await buys(shop, { name: 'Grace Kim', cart: 'three banana breads' });
  await does(shop, await inConsole(gone.path), { act: 'cancel' });
  const wish = await buys(shop, { name: 'Dev Patel', cart: 'a large mocha with oat milk' });
  await wish.buyer.writes('refund because it was cold');
  await joe.sees(/asks for a refund/u);
  const now = await buys(shop, { name: 'Cora Hill', cart: 'an earl grey and an almond croissant' });
  await moves(shop, now, ['preparing']);
  const ann = await buys(shop, {
    ...annArcher,
    cart: 'two flat whites and a croissant',
    saves: true,
  });
  await goesToPay(shop, { name: 'Sam Carter', cart: 'a cold brew' });
  await sendsBill(shop, {
    to: ann.id,
    name1: 'Latte art class, 5 December',
    price1: '38.00',
    times1: '1',
  });
  const bill = await sendsBill(shop, {
    name1: 'Birthday cake, carrot, for 12',
    price1: '46.00',
    times1: '1',
    name2: 'Delivery to Bergen Street',
    price2: '8.00',
    times2: '1',
    note: 'Ready on Saturday from 10. Thank you!',
  });
  const orders = {
    wish: wish.path,
    dispute: dispute.path,
    served: served.path,
    shipped: shipped.path,
  };
  return { joe, ann: ann.buyer, staff, reader, orders, bill };
}

/** Sold some days ago, paid out or ready to be. */
async function lastWeek(shop: OpenShop) {
  const { wallet } = shop;
  await signsIn(shop);
  const served = await buys(shop, { name: 'Noah Brooks', cart: 'two cappuccinos and a muffin' });
  await moves(shop, served, ['preparing', 'ready', 'fulfilled']);
  const part = { act: 'refund', how: 'part', amount: '3.81' };
  await does(shop, await shop.inConsole(served.path), part);
  await wallet.later(days(2));
  await paysOut(wallet);
  await signsIn(shop);
  const office = await buys(shop, { name: 'Olivia Stone', cart: 'seven house blend' });
  await moves(shop, office, ['fulfilled']);
  await wallet.later(days(3));
  await signsIn(shop);
  return served;
}

const address = {
  name: 'Lena Fischer',
  street1: '214 Bergen Street',
  street2: 'Apt 3',
  city: 'Brooklyn',
  state: 'NY',
  postalCode: '11217',
};

interface OpenShop {
  readonly wallet: Wallet;
  readonly joe: Person;
  inConsole(path: string): Promise<Page>;
  /** Somebody's thread with Joe's Coffee. */
  thread(who: Thread): Promise<Person>;
}

async function openShop(wallet: Wallet): Promise<OpenShop> {
  const door = { url: wallet.machine.messengerUrl, pageId: joesPage.id };
  const thread = async (who: Thread) => {
    const phone = await standInPhone(door, who);
    if ((await phone.bubbles()).length === 0) await phone.getStarted();
    return person(who.name, phone);
  };
  const joe = await thread(joeKeller);
  const inConsole = (path: string) => joe.browser.open(`${wallet.machine.url}${path}`);
  return { wallet, joe, inConsole, thread };
}

async function signsIn({ joe, wallet }: OpenShop): Promise<void> {
  await joe.writes('console');
  // Not the link of an earlier time.
  await wallet.settled();
  await (await joe.opens('Open the console')).press('Sign in');
}

/** Sends that form of a page of the console that does `act`, as Joe's browser would. */
async function does(
  { joe }: OpenShop,
  page: Page,
  { act, ...fields }: Readonly<Record<string, string>> & { readonly act: string },
): Promise<Page> {
  const form = page.forms.find(({ values }) =>
    values.some(([name, value]) => name === 'do' && value === act),
  );
  if (form === undefined) throw new Error(`Nothing does ${act} on: ${page.words}`);
  const { href } = new URL(form.action, page.url);
  return joe.browser.post(href, { ...Object.fromEntries(form.values), ...fields });
}

async function joins(shop: OpenShop, who: Thread, role: string): Promise<Person> {
  const { html } = await does(shop, await shop.inConsole('/console/team'), { act: 'invite', role });
  const [, code = ''] = /class="code">(join [^<]+)</u.exec(html) ?? [];
  const member = await shop.thread(who);
  await member.writes(code);
  await shop.wallet.settled();
  return member;
}

async function addsPrograms(shop: OpenShop, hooks: string): Promise<void> {
  const page = () => shop.inConsole('/console/api');
  await does(shop, await page(), { act: 'make-key', name: 'Cash desk', scope: 'orders:write' });
  await does(shop, await page(), { act: 'make-key', name: 'Bookkeeping', scope: 'orders:read' });
  await does(shop, await page(), { act: 'add-endpoint', url: hooks });
}

interface Sale extends Thread {
  readonly cart: string;
  /** What is chosen on the bill. */
  readonly fields?: Readonly<Record<string, string>>;
  readonly card?: string;
  readonly saves?: true;
}

/** Up to Stripe's page. */
async function goesToPay(shop: OpenShop, { id, name, cart, fields }: Sale) {
  await shop.wallet.later(minutes(9));
  const buyer = await shop.thread(id === undefined ? { name } : { id, name });
  await buyer.writes(`order ${cart}`);
  await buyer.sees(/Added to your cart/u);
  await buyer.writes('checkout');
  const { words } = await buyer.sees(/Order [A-Z0-9]{3}-[A-Z0-9]{3}/u);
  const [, number = ''] = /Order ([A-Z0-9]{3}-[A-Z0-9]{3})/u.exec(words) ?? [];
  const bill = await buyer.opens('Review and pay');
  const [form] = bill.forms;
  const chosen =
    fields === undefined || form === undefined
      ? bill
      : await buyer.browser.post(bill.url, {
          ...Object.fromEntries(form.values),
          ...fields,
          do: 'update',
        });
  return { buyer, number, stripe: await chosen.press('Pay $') };
}

async function buys(shop: OpenShop, sale: Sale) {
  const { buyer, number, stripe } = await goesToPay(shop, sale);
  const { card = cards.good, saves } = sale;
  await stripe.press('Pay $', { card, ...(saves === true ? { save: '1' } : {}) });
  await buyer.sees(new RegExp(`received your order ${number}`, 'u'));
  await shop.wallet.settled();
  const { html } = await shop.inConsole('/console/orders');
  const found = new RegExp(
    `href="(/console/orders/(ord_[^"]+))">\\s*<span class="title">${number}`,
    'u',
  );
  const [, path = '', id = ''] = found.exec(html) ?? [];
  if (path === '') throw new Error(`Joe has no order ${number}.`);
  return { buyer, path, id };
}

async function moves(shop: OpenShop, { path }: { path: string }, steps: readonly string[]) {
  for (const act of steps) {
    await shop.wallet.later(minutes(3));
    await does(shop, await shop.inConsole(path), { act });
  }
}

async function sendsBill(shop: OpenShop, fields: Readonly<Record<string, string>>) {
  const form = await shop.inConsole('/console/bills/new');
  const [, nonce = ''] = /name="nonce" value="([^"]+)"/u.exec(form.html) ?? [];
  const [, session = ''] = /name="session" value="([^"]+)"/u.exec(form.html) ?? [];
  const { html } = await shop.joe.browser.post(form.url, {
    session,
    nonce,
    hours: '168',
    ...fields,
  });
  const list = await shop.inConsole('/console/bills');
  const [, path = ''] = /"(\/console\/bills\/ord_[^"]+)"/u.exec(list.html) ?? [];
  const [, link = ''] = /value="[^"]*(\/order\/[\w-]+)"/u.exec(html) ?? [];
  return { path, url: `${shop.wallet.machine.url}${link}` };
}

const requests = z.object({
  requests: z.array(z.object({ stripeAccount: z.nullish(z.string()) })),
});

/** Stripe sends what is on the balance to Joe's bank, which takes it. */
async function paysOut({ stripe, settled }: Wallet): Promise<void> {
  const asked = z.parse(requests, await stripe('requests')).requests;
  const account = asked.find(({ stripeAccount }) => typeof stripeAccount === 'string');
  if (account === undefined) throw new Error('Nothing was asked on an account of a shop.');
  await stripe(`accounts/${account.stripeAccount}/payout`, {});
  await settled();
}
