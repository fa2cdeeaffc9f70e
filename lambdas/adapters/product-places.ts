// Where a product stands in the lists of its shop: by age, by name in its category, and under the words it is found by.
import { nameKeyOf } from '../domain/people/name-keys.ts';
import type { Product } from '../domain/shops/product.ts';
import { searchWordsOf } from '../domain/shops/search-words.ts';

/** Each word is an item that is written and paid for. */
export const mostWords = 20;

/** No longer word is kept or looked for. */
export const longestWord = 50;

const longestName = 60;

/** Enough for the next thirty thousand years. */
const digitsOfMs = 15;

/** Sorts before all that a folded name may hold, so that "latte" comes before "latte macchiato". */
const separator = '\t';

export function placeByAge({ createdAtMs, id }: Pick<Product, 'createdAtMs' | 'id'>): string {
  return `${String(createdAtMs).padStart(digitsOfMs, '0')}${separator}${id}`;
}

export function placeByName({ name, id }: Pick<Product, 'name' | 'id'>): string {
  return `${nameKeyOf(name).slice(0, longestName).toWellFormed()}${separator}${id}`;
}

export function placeByWord(word: string, { id }: Pick<Product, 'id'>): string {
  return `${word}${separator}${id}`;
}

/** The words under which an active product is found. */
export function wordsOf(product: Product): string[] {
  const words = searchWordsOf(product).map((word) => beginningOf(word));
  return [...new Set(words)].slice(0, mostWords);
}

/** A word as far as it counts. */
export function beginningOf(word: string): string {
  return word.slice(0, longestWord).toWellFormed();
}
