// At the till of Joe's Coffee: a buyer with a link to their order's page, in a shop town.
import { quickHasher } from './quick-hasher.ts';
import { createHash } from 'node:crypto';
import type { Order, Wish } from '../../lambdas/domain/orders/order.ts';
import { makeLink } from '../../lambdas/domain/links/make-link.ts';
import { setPin } from '../../lambdas/domain/people/pin.ts';
import { isFile, type PageAnswer } from '../../web/page-answer.ts';
import type { PageWorld } from '../../web/page-world.ts';
import { pageRoutes } from '../../web/routes.ts';
import { openShopTown, type ShopTown, type ShopTownOptions } from './shop-town/open-shop-town.ts';
import type { CardName } from './shop-town/provider-books.ts';
import { aBuyer, type ShopBuyer } from './shop-town/shop-buyer.ts';

export const tillPin = '258013';
const own = 'b'.repeat(43);

export interface TillOptions extends ShopTownOptions {
  readonly wish?: Partial<Wish>;
  /** How the card behaves that Joe's account keeps of an earlier order. */
  readonly card?: CardName;
  readonly hasPin?: boolean;
}

export interface Till {
  readonly town: ShopTown;
  readonly world: PageWorld;
  readonly buyer: ShopBuyer;
  /** Of the page, in the button of the thread. */
  readonly url: string;
  order(): Promise<Order>;
  /** `path` follows the page's own, such as `/return`; `browser` is the cookie, their own where none is given. */
  opens(path?: string, browser?: string): Promise<PageAnswer>;
  /** The hidden fields of the page as it is now. */
  formNow(): Promise<Record<string, string>>;
  /** Presses a button: what the page's form hides goes with it, changed by `form`. */
  presses(does: string, form?: Record<string, string>): Promise<PageAnswer>;
  posts(form: Record<string, string>, browser?: string): Promise<PageAnswer>;
  /** Opens any address of ours, as the bank's page leads to it. */
  visits(at: string, browser?: string): Promise<PageAnswer>;
  /** Presses a button at any address of ours. */
  postsTo(at: string, form: Record<string, string>, browser?: string): Promise<PageAnswer>;
  /** A second button of the same order, as the thread may show it. */
  anotherLink(personId?: `per_${string}`): Promise<string>;
}

export async function openTill(options: TillOptions = {}): Promise<Till> {
  const town = await openShopTown(options);
  const world = pageWorldOf(town);
  const buyer = aBuyer(town);
  await world.people.create(buyer.person);
  if (options.hasPin === true) await setPin(world, buyer.person.id, tillPin);
  if (options.card !== undefined) await keepsCard(town, buyer, options.card);
  const { id, address } = await buyer.orders(options.wish);
  if (address === undefined) throw new Error('A buyer has no thread.');
  const anotherLink: Till['anotherLink'] = (personId = buyer.person.id) =>
    makeLink(world, { purpose: { kind: 'order', orderId: id }, personId, address });
  const url = await anotherLink();
  return {
    town,
    world,
    buyer,
    url,
    anotherLink,
    order: () => town.order(id),
    ...visitingOf(world, url),
  };
}

function pageWorldOf(town: ShopTown): PageWorld {
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  const next = () => town.nextNumber();
  return {
    ...town.running,
    providerOrigins: ['https://*.stripe.com'],
    tokens: { newToken: () => `token${next()}`.padEnd(43, 'x'), fingerprint: hash },
    pinHasher: quickHasher(next),
  };
}

/** Bought once before, with the box ticked; from now on the card behaves as it is called. */
async function keepsCard(town: ShopTown, buyer: ShopBuyer, card: CardName): Promise<void> {
  await buyer.buys({}, { keep: true });
  for (const instrument of town.provider.books.instruments.keys())
    town.provider.books.instruments.set(instrument, card);
  town.provider.books.moved.splice(0);
}

function visitingOf(world: PageWorld, url: string) {
  async function visit(
    method: 'GET' | 'POST',
    at: string,
    { form = {}, browser = own }: { form?: Record<string, string>; browser?: string } = {},
  ): Promise<PageAnswer> {
    const { pathname, searchParams } = new URL(at);
    const [, , token = '', rest] = pathname.split('/');
    const route = pageRoutes[`${method} /order/{token}${rest === undefined ? '' : `/${rest}`}`];
    if (route === undefined) throw new Error(`No page at ${method} ${pathname}`);
    const query = Object.fromEntries(searchParams);
    const answer = await route(world, {
      method,
      token,
      browser,
      query,
      form: new URLSearchParams(form),
    });
    if (isFile(answer)) throw new Error(`${pathname} is no page.`);
    return answer;
  }
  const opens = (path = '', browser = own) => visit('GET', url + path, { browser });
  const posts = (form: Record<string, string>, browser = own) =>
    visit('POST', url, { form, browser });
  const formNow = async () => hiddenIn(await opens());
  return {
    opens,
    posts,
    formNow,
    visits: (at: string, browser = own) => visit('GET', at, { browser }),
    postsTo: (at: string, form: Record<string, string>, browser = own) =>
      visit('POST', at, { form, browser }),
    presses: async (does: string, form: Record<string, string> = {}) =>
      posts({ ...(await formNow()), do: does, ...form }),
  };
}

function hiddenIn(page: PageAnswer): Record<string, string> {
  const html = page.kind === 'page' ? page.html : '';
  const fields = [...html.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/gu)];
  return Object.fromEntries(fields.map(([, name = '', value = '']) => [name, value]));
}
