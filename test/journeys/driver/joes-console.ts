// Joe's console in his browser: its pages, the forms on them, and what his customers order and pay.
import type { CoffeeShop } from './coffee-shop.ts';
import type { Form } from './parse-html.ts';
import type { Page } from './browser.ts';
import type { Person } from './person.ts';
import { eventually } from './eventually.ts';
import { cards } from './steps.ts';

export interface JoesConsole {
  open(path: string): Promise<Page>;
  /** Where a form of the console sends to, in full. */
  url(path: string): string;
  /** Sends that form of a page that does `act`, as a browser would. */
  does(page: Page, act: string, fields?: Readonly<Record<string, string>>): Promise<Page>;
  product(name: string): Promise<Page>;
  order(number: string): Promise<Page>;
  /** Waits until a page says so. */
  says(path: string | (() => Promise<Page>), words: RegExp): Promise<Page>;
}

export async function openJoesConsole({ joe }: CoffeeShop): Promise<JoesConsole> {
  const signIn = async () => {
    const before = await joe.timesHeard(/console/u);
    await joe.writes('console');
    await eventually(
      async () => ((await joe.timesHeard(/console/u)) > before ? true : undefined),
      () => 'Joe gets no link to the console.',
    );
    return (await joe.opens('Open the console')).press('Sign in');
  };
  const { url: home } = await signIn();
  const url = (path: string) => new URL(path, home).href;
  const open = async (path: string) => {
    const page = await joe.browser.open(url(path));
    if (page.status !== 401) return page;
    // Nobody stays signed in over the days of a story.
    await signIn();
    return joe.browser.open(url(path));
  };
  return {
    open,
    url,
    does(page, act, fields = {}) {
      const form = formThat(page, act);
      const { href } = new URL(form.action, page.url);
      return joe.browser.post(href, { ...Object.fromEntries(form.values), ...fields });
    },
    async product(name) {
      const { html } = await open('/console/catalog');
      const path = [...html.matchAll(/href="(\/console\/catalog\/prd_[^"]+)"[^]*?<\/a>/gu)].find(
        ([link]) => link.includes(`>${name}<`),
      )?.[1];
      if (path === undefined) throw new Error(`No ${name} in the catalog.`);
      return open(path);
    },
    async order(number) {
      const { html } = await open('/console/orders');
      const path = new RegExp(
        `href="(/console/orders/ord_[^"]+)">\\s*<span class="title">${number}`,
        'u',
      ).exec(html)?.[1];
      if (path === undefined) throw new Error(`Joe has no order ${number}.`);
      return open(path);
    },
    says(path, words) {
      let seen = '';
      const look = async () => {
        const page = typeof path === 'string' ? await open(path) : await path();
        seen = page.words;
        return words.test(seen) ? page : undefined;
      };
      return eventually(look, () => `The console does not say ${words}: ${seen}`);
    },
  };
}

function formThat(page: Page, act: string): Form {
  const form = page.forms.find(({ values }) =>
    values.some(([name, value]) => name === 'do' && value === act),
  );
  if (form === undefined) throw new Error(`Nothing does ${act} on: ${page.words}`);
  return form;
}

/** As far as the bill. */
export async function orders(
  buyer: Person,
  text: string,
): Promise<{ readonly bill: Page; readonly number: string }> {
  await buyer.writes(text);
  await buyer.sees(/Added to your cart/u);
  await buyer.writes('checkout');
  const { words } = await buyer.sees(/Order [A-Z0-9]{3}-[A-Z0-9]{3}/u);
  const number = /Order ([A-Z0-9]{3}-[A-Z0-9]{3})/u.exec(words)?.[1] ?? '';
  return { bill: await buyer.opens('Review and pay'), number };
}

/** And paid; answers with its number. */
export async function buys(buyer: Person, text: string): Promise<string> {
  const { bill, number } = await orders(buyer, text);
  await (await bill.press('Pay $')).press('Pay $', { card: cards.good });
  await buyer.sees(new RegExp(`received your order ${number}`, 'u'));
  return number;
}
