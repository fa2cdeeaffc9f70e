// Which product and which of its choices somebody means by their words, among those that could be meant.
import type { Product } from './product.ts';
import { isFiller } from './read-asked-for.ts';
import { foldWords, singularOf } from './search-words.ts';

export type Match =
  | { readonly kind: 'one'; readonly meant: Meant }
  | { readonly kind: 'several'; readonly products: readonly Product[] }
  | { readonly kind: 'none' };

export interface Meant {
  readonly product: Product;
  /** One for each option; the first choice where none was said. */
  readonly choices: readonly string[];
  /** Whether the words hold the whole name. */
  readonly isNamed: boolean;
  /** Words that neither name it nor choose anything: it is not what was asked for, or not quite. */
  readonly leftOver: readonly string[];
}

/** `words` are folded and singular, as readAskedFor gives them. */
export function matchProducts(words: readonly string[], candidates: readonly Product[]): Match {
  const named = longestNamed(words, candidates);
  const fitting = named.length > 0 ? named : candidates.filter((each) => fits(words, each));
  const [product, another] = fitting;
  if (product === undefined) return { kind: 'none' };
  if (another !== undefined) return { kind: 'several', products: fitting };
  return { kind: 'one', meant: meantOf(words, product, named.length > 0) };
}

/** "almond croissant" is one, although a croissant is named too. */
function longestNamed(words: readonly string[], candidates: readonly Product[]): Product[] {
  const said = new Set(words);
  const named = candidates.filter((each) => {
    const name = nameWords(each);
    return name.length > 0 && name.every((word) => said.has(word));
  });
  const longest = Math.max(0, ...named.map((each) => nameWords(each).length));
  return named.filter((each) => nameWords(each).length === longest);
}

/** Nothing was said that is not in its name, its category or its choices, and something of the first two was. */
function fits(words: readonly string[], product: Product): boolean {
  const own = [...nameWords(product), ...wordsOf(product.category)];
  const choices = product.options.flatMap(({ name, choices: offered }) => [
    ...wordsOf(name),
    ...offered.flatMap((choice) => wordsOf(choice.name)),
  ]);
  const isOwn = (word: string) => own.some((each) => begins(each, word));
  return words.some(isOwn) && words.every((word) => isOwn(word) || choices.includes(word));
}

/** Of one product: which choices the words make, and what they say beside. */
export function meantOf(words: readonly string[], product: Product, isNamed: boolean): Meant {
  const own = [...nameWords(product), ...(isNamed ? [] : wordsOf(product.category))];
  let rest = words.filter((word) => !own.some((each) => begins(each, word)));
  const choices = product.options.map((option) => {
    const read = readChoice(rest, option);
    rest = rest.filter((word) => !read.used.has(word));
    return read.choice;
  });
  return { product, choices, isNamed, leftOver: rest };
}

/** For each option the choice that the words say, undefined where they say none. Undefined: they say something else, too. */
export function saidChoices(
  words: readonly string[],
  product: Product,
): readonly (string | undefined)[] | undefined {
  let rest = words;
  const said = product.options.map((option) => {
    const read = readChoice(rest, option);
    rest = rest.filter((word) => !read.used.has(word));
    return read.isSure ? read.choice : undefined;
  });
  return rest.length === 0 && said.some((choice) => choice !== undefined) ? said : undefined;
}

function readChoice(words: readonly string[], option: Product['options'][number]) {
  const said = new Set(words);
  const offered = option.choices.map(({ name }) => ({ name, words: wordsOf(name) }));
  const common = new Set([
    ...wordsOf(option.name),
    ...(offered[0]?.words ?? []).filter((word) =>
      offered.every((each) => each.words.includes(word)),
    ),
  ]);
  const scored = offered.map((each) => ({
    ...each,
    score: each.words.filter((word) => said.has(word) && !common.has(word)).length,
  }));
  const best = Math.max(0, ...scored.map(({ score }) => score));
  const [chosen, another] = scored.filter(({ score }) => best > 0 && score === best);
  const isSure = chosen !== undefined && another === undefined;
  const used = new Set([...common, ...(isSure ? chosen.words : [])]);
  return { choice: (isSure ? chosen.name : offered[0]?.name) ?? '', used, isSure };
}

/** Which of several the words mean: "large", "the oat one", or its place. Undefined where it is not one alone. */
export function chooseByWords<Thing extends { readonly name: string }>(
  text: string,
  things: readonly Thing[],
): Thing | undefined {
  const place = /^\s*#?(\d{1,2})\s*[.)]?\s*$/u.exec(text)?.[1];
  if (place !== undefined) return things[Number(place) - 1];
  const words = foldWords(text)
    .map(singularOf)
    .filter((word) => !isFiller(word) && word !== 'one' && word !== 'i');
  const exact = things.find(({ name }) => wordsOf(name).join(' ') === words.join(' '));
  if (exact !== undefined) return exact;
  const [thing, another] = things.filter(
    ({ name }) =>
      words.length > 0 && words.every((word) => wordsOf(name).some((each) => begins(each, word))),
  );
  return another === undefined ? thing : undefined;
}

function nameWords(product: Pick<Product, 'name'>): string[] {
  return wordsOf(product.name).filter((word) => !isFiller(word));
}

function wordsOf(text: string): string[] {
  return foldWords(text).map(singularOf);
}

/** From three letters on, the beginning of a word is the word: "capp", "choc". */
function begins(word: string, said: string): boolean {
  return word === said || (said.length >= 3 && word.startsWith(said));
}
