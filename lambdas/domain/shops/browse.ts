// Looking around: the categories, what is in one, and what some words find, ten cards at a time.
import { type Card, type QuickReply, type Reply, say } from '../chat/reply.ts';
import { answer, type Turn } from '../chat/turn.ts';
import type { Product, ProductId } from './product.ts';
import { searchProducts } from './find-products.ts';
import { writeShopPayload } from './shop-payloads.ts';
import type { Shopping } from './shopping.ts';
import { toCart, toMenu, toShop } from './shop-replies.ts';
import { priceFor } from './shop-words.ts';

/** Messenger's carousel holds ten; one of them may be “More”. */
const mostCards = 10;

/** Messenger takes thirteen; two lead elsewhere. */
const mostCategories = 11;

export function showMenu({ shop }: Shopping, words = 'What would you like?'): Turn {
  if (shop.categories.length === 0)
    return answer(say('There is nothing on the menu yet. Come back soon!', [toShop]));
  const quickReplies = shop.categories.slice(0, mostCategories).map(categoryReply);
  const rest = shop.categories.slice(mostCategories);
  const others = rest.length === 0 ? '' : `\nThere is also: ${rest.join(', ')}. Just write one.`;
  return answer(
    say(`${words} Pick one, or write what you want: “two flat whites”.${others}`, [
      ...quickReplies,
      toCart,
    ]),
  );
}

function categoryReply(name: string): QuickReply {
  return { title: name, payload: writeShopPayload({ kind: 'category', name }) };
}

export async function showCategory(
  shopping: Shopping,
  { name, after }: { readonly name: string; readonly after?: string },
): Promise<Turn> {
  const { world, shop } = shopping;
  if (!shop.categories.includes(name))
    return showMenu(shopping, 'That is not on the menu any more.');
  const page = await world.products.ofCategory(shop.id, name, {
    limit: mostCards - 1,
    ...(after === undefined ? {} : { after }),
  });
  if (page.things.length === 0)
    return showMenu(shopping, after === undefined ? `Nothing in ${name} today.` : 'That was all.');
  const cards = await productCards(shopping, page.things);
  if (page.next === undefined) return answer(carousel(cards));
  const more = writeShopPayload({ kind: 'category', name, after: page.next });
  return answer(carousel([...cards, moreCard(name, more)]));
}

/** A category's name finds its own page; `skip` counts those that were shown. */
export async function showFound(
  shopping: Shopping,
  { words, skip = 0 }: { readonly words: readonly string[]; readonly skip?: number },
): Promise<Turn> {
  const { world, shop } = shopping;
  const found = await searchProducts(world, shop, words);
  return found.length === 0
    ? nothingFound(shopping, words)
    : showProducts(shopping, found, { words, skip });
}

export async function showProducts(
  shopping: Shopping,
  products: readonly Product[],
  { words, skip = 0 }: { readonly words: readonly string[]; readonly skip?: number },
): Promise<Turn> {
  const left = products.slice(skip);
  if (left.length <= mostCards) return answer(carousel(await productCards(shopping, left)));
  const shown = left.slice(0, mostCards - 1);
  const payload = writeShopPayload({ kind: 'search', words, skip: skip + shown.length });
  const cards = await productCards(shopping, shown);
  return answer(carousel([...cards, moreCard(words.join(' '), payload)]));
}

export function nothingFound(shopping: Shopping, words: readonly string[]): Turn {
  return showMenu(shopping, `I did not find “${words.join(' ').slice(0, 60)}” on our menu.`);
}

function carousel(cards: readonly Card[]): Reply {
  return cards.length === 0
    ? say('That was all.', [toMenu, toCart])
    : { kind: 'cards', cards: cards.slice(0, mostCards) };
}

export async function productCards(
  { world, shop, person }: Shopping,
  products: readonly Product[],
): Promise<Card[]> {
  const levels = await world.stock.levels(
    shop.id,
    products.map(({ id }) => id),
  );
  return products.map((product) => productCard(product, { levels, reader: person }));
}

function productCard(
  product: Product,
  {
    levels,
    reader,
  }: { readonly levels: ReadonlyMap<ProductId, number>; readonly reader: Shopping['person'] },
): Card {
  const { id: productId, version } = product;
  const isSoldOut = (levels.get(productId) ?? 1) < 1;
  const begin = { kind: 'choose', productId, version, chosen: [] } as const;
  const words = [
    isSoldOut ? 'Sold out' : priceWords(product, reader),
    ...(product.description === undefined ? [] : [product.description]),
  ];
  return {
    title: product.name,
    subtitle: words.join(' · '),
    ...(product.imageUrl === undefined ? {} : { imageUrl: product.imageUrl }),
    buttons: isSoldOut
      ? []
      : [
          { kind: 'action', title: 'Add', payload: writeShopPayload({ ...begin, quantity: 1 }) },
          {
            kind: 'action',
            title: 'Add two',
            payload: writeShopPayload({ ...begin, quantity: 2 }),
          },
        ],
  };
}

/** "from $4.25" where a choice costs more. */
function priceWords({ price, options }: Product, reader: Shopping['person']): string {
  const hasExtras = options.some(({ choices }) => choices.some(({ extra }) => extra.minor > 0));
  return `${hasExtras ? 'from ' : ''}${priceFor(reader, price)}`;
}

function moreCard(what: string, payload: string): Card {
  return {
    title: 'More',
    subtitle: `There is more in ${what}.`,
    buttons: [{ kind: 'action', title: 'Show more', payload }],
  };
}
