// The words by which a product is found, and the same folding for the words that people search with.
import { foldText } from '../money/fold-text.ts';
import type { Product } from './product.ts';

/** Words of the name and the category, as typed and in the singular; without accents, lower case, two letters or more. */
export function searchWordsOf(product: Pick<Product, 'name' | 'category'>): string[] {
  const words = foldWords(`${product.name} ${product.category}`);
  return [...new Set(words.flatMap((word) => [word, singularOf(word)]))].filter(isSearchable);
}

/** Every word of a text, folded, one-letter words with them: "Joe’s Café, 2" is joes, cafe, 2. */
export function foldWords(text: string): string[] {
  return foldText(text)
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll("'", '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

export function isSearchable(word: string): boolean {
  return Array.from(word).length >= 2;
}

/** What a coffee shop sells with an -ie of its own. */
const endingInIe = new Set(['brownies', 'cookies', 'smoothies', 'veggies']);

/** "lattes" is latte, "berries" berry, "sandwiches" sandwich; English only, and never shorter than three letters. */
export function singularOf(word: string): string {
  if (word.length < 4 || !/^[a-z]+$/u.test(word)) return word;
  if (/(?:ss|us|is)$/u.test(word)) return word;
  if (word.endsWith('ies') && word.length > 4 && !endingInIe.has(word))
    return `${word.slice(0, -3)}y`;
  if (/(?:ch|sh|ss|x|zz)es$/u.test(word)) return word.slice(0, -2);
  return word.endsWith('s') ? word.slice(0, -1) : word;
}
