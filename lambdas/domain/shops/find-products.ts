// Finds in a shop's catalog what somebody asked for by words.
import type { World } from '../world.ts';
import { type Match, matchProducts } from './match-products.ts';
import type { Product } from './product.ts';
import { isSearchable } from './search-words.ts';
import type { Shop } from './shop.ts';

/** More than one asks about, and few enough to look through. */
const mostFound = 50;

/** Each is one look-up: what somebody says of one thing has few words. */
const mostLookUps = 5;

type SearchWorld = Pick<World, 'products'>;

export async function findProduct(
  world: SearchWorld,
  shop: Pick<Shop, 'id'>,
  words: readonly string[],
): Promise<Match> {
  return matchProducts(words, await withAnyOf(world, shop, words));
}

/** Those that have all of the words first; where none has, those that have any. By name. */
export async function searchProducts(
  world: SearchWorld,
  shop: Pick<Shop, 'id'>,
  words: readonly string[],
): Promise<readonly Product[]> {
  const found = await withAnyOf(world, shop, words);
  const match = matchProducts(words, found);
  switch (match.kind) {
    case 'one':
      return match.meant.leftOver.length === 0 && match.meant.isNamed
        ? [match.meant.product, ...byName(found.filter((each) => each !== match.meant.product))]
        : byName(found);
    case 'several':
      return byName(match.products);
    case 'none':
      return byName(found);
  }
}

async function withAnyOf(
  world: SearchWorld,
  shop: Pick<Shop, 'id'>,
  words: readonly string[],
): Promise<Product[]> {
  const wanted = [...new Set(words)].filter(isSearchable).slice(0, mostLookUps);
  const found = await Promise.all(
    wanted.map((word) => world.products.byWord(shop.id, word, mostFound)),
  );
  return [...new Map(found.flat().map((product) => [product.id, product])).values()];
}

function byName(products: readonly Product[]): Product[] {
  return products.toSorted((one, other) => one.name.localeCompare(other.name, 'en'));
}
