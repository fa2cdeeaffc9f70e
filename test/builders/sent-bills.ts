// Bills that Joe sends as links: people who open them in his thread, and browsers that open them on our page.
import { quickHasher } from './quick-hasher.ts';
import { linksTo, sendBill, type BillToSend } from '../../lambdas/domain/orders/send-bill.ts';
import type { Order } from '../../lambdas/domain/orders/order.ts';
import type { Shop } from '../../lambdas/domain/shops/shop.ts';
import type { PageAnswer } from '../../web/page-answer.ts';
import type { PageWorld } from '../../web/page-world.ts';
import { pageRoutes } from '../../web/routes.ts';
import { openShopThread, type ShopThread } from './shop-thread.ts';
import { usd } from './shop-town/joes-coffee.ts';

export interface BrowserOfPayer {
  gets(path?: string): Promise<PageAnswer>;
  /** Presses a button: what the page's form hides goes with it. */
  presses(does: string, form?: Record<string, string>): Promise<PageAnswer>;
  /** Back from the provider's page. */
  returns(): Promise<PageAnswer>;
}

export interface SentBillScene extends ShopThread {
  readonly url: string;
  /** What m.me hands over of the link into the thread. */
  readonly ref: string;
  order(): Promise<Order>;
  browser(mark: string | undefined): BrowserOfPayer;
  anotherUrl(): Promise<string>;
  /** Pays on the provider's page that an answer leads to, and lets the news in. */
  paysAt(answer: PageAnswer): Promise<void>;
}

export const aDeposit = { name: 'Deposit', quantity: 2, unitPrice: usd(1500), isTaxed: false };

export const htmlOf = (answer: PageAnswer) => (answer.kind === 'page' ? answer.html : '');
export const statusOf = (answer: PageAnswer) => (answer.kind === 'page' ? answer.status : 303);

export async function sentBill(
  bill: Partial<BillToSend> = {},
  ofShop: Partial<Shop> = {},
): Promise<SentBillScene> {
  const thread = await openShopThread({ shop: ofShop });
  const { town, world } = thread;
  const shop = await town.shop();
  const wish = { lines: [], customLines: [aDeposit], madeBy: 'form_1', ...bill };
  const sent = await sendBill(world, { shop, ...wish });
  if (sent.kind !== 'sent') throw new Error(`Not sent: ${sent.kind}`);
  const { url, messengerUrl = '' } = sent.links;
  const order = () => town.order(sent.order.id);
  const pages = pageWorldOf(thread);
  return {
    ...thread,
    url,
    ref: messengerUrl === '' ? '' : (new URL(messengerUrl).searchParams.get('ref') ?? ''),
    order,
    browser: (mark) => browserOf(pages, { url, id: sent.order.id, mark }),
    anotherUrl: async () => (await linksTo(world, shop, await order())).url,
    async paysAt(answer) {
      if (answer.kind !== 'redirect') throw new Error(`Led nowhere: ${htmlOf(answer)}`);
      town.provider.hands.payAt(answer.to);
      await thread.tell();
    },
  };
}

function pageWorldOf({ town, world }: ShopThread): PageWorld {
  return {
    ...town.running,
    ...world,
    savedCards: town.world.savedCards,
    shopProvider: town.running.shopProvider,
    lastWord: town.running.lastWord,
    providerOrigins: ['https://*.stripe.com'],
    pinHasher: quickHasher(),
  };
}

function browserOf(
  world: PageWorld,
  {
    url,
    id,
    mark,
  }: { readonly url: string; readonly id: string; readonly mark: string | undefined },
): BrowserOfPayer {
  const token = url.slice(url.lastIndexOf('/') + 1);
  const browser = mark?.padEnd(43, '0');
  const ask = async (method: 'GET' | 'POST', at: string, form: Record<string, string> = {}) => {
    const [path = '', rest] = at.split('/');
    const route = pageRoutes[`${method} /order/{token}${rest === undefined ? '' : `/${rest}`}`];
    if (route === undefined) throw new Error(`No page ${at}`);
    const request = { method, token: path, browser, query: {}, form: new URLSearchParams(form) };
    const answer = await route(world, request);
    if (answer.kind !== 'page' && answer.kind !== 'redirect') throw new Error('No page');
    return answer;
  };
  return {
    gets: (rest = '') => ask('GET', `${token}${rest}`),
    async presses(does, form = {}) {
      const page = htmlOf(await ask('GET', token));
      const hidden = [...page.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/gu)];
      const fields = Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value]));
      return ask('POST', token, { ...fields, do: does, ...form });
    },
    returns: () => ask('GET', `${id}/return`),
  };
}
