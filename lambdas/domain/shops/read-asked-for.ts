// Reads how many of what: "two flat whites and a croissant", "2x latte, large", "a couple of muffins".
import { numberWordsPattern, readNumberWords } from '../money/number-words.ts';
import { foldWords, singularOf } from './search-words.ts';
import type { AskedFor } from './shop-command.ts';

/** More than anybody orders in one sentence. */
const mostThings = 8;

const counts: ReadonlyMap<string, number> = new Map([
  ['a', 1],
  ['an', 1],
  ['another', 1],
  ['one more', 1],
  ['one', 1],
  ['the', 1],
  ['some', 1],
  ['my', 1],
  ['this', 1],
  ['that', 1],
  ['a couple of', 2],
  ['a couple', 2],
  ['couple of', 2],
  ['a pair of', 2],
  ['both', 2],
  ['half a dozen', 6],
  ['a dozen', 12],
  ['dozen', 12],
]);

/** The longest first, so that "a couple of" is not read as "a". */
const countPattern = [...counts.keys()].sort((one, other) => other.length - one.length).join('|');

const leadingCount = new RegExp(
  `^(?:(?<digits>\\d{1,6})\\s*(?:x|×|\\*)?|(?<words>${countPattern})|(?<number>${numberWordsPattern}))(?:\\s+more)?(?:\\s+(?:of|x)(?=\\s))?(?=$|\\s)\\s*(?:(?:of|orders? of|cups? of|glass(?:es)? of|pieces? of)\\s+)?`,
  'iu',
);
const trailingCount = /^(?<thing>.+?)\s*(?:x|×|\*)\s*(?<digits>\d{1,6})$/iu;

/** Words that say nothing about which product or choice. */
const fillers: ReadonlySet<string> = new Set(
  'a an the with and of for in on to go please pls plz me my some size sized cup cups piece pieces it its order takeaway takeout also extra too thanks thank you your cart basket bag now today here there'.split(
    ' ',
  ),
);

export function isFiller(word: string): boolean {
  return fillers.has(word);
}

/** Between two things; "with oat milk and a croissant" is one place, "salt and pepper" is left to the catalog. */
const separator =
  /\s*(?:[,;\n+&]|(?<![\p{L}'])(?:and|plus|as well as|also|then)(?![\p{L}'])|(?<!\p{L})&(?!\p{L}))\s*/iu;

/** Undefined when more was asked for than anybody means. */
export function readAskedFor(text: string): readonly AskedFor[] | undefined {
  const parts = text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length > mostThings) return undefined;
  return parts.map(readOne).filter(({ words }) => words.length > 0);
}

export function readOne(text: string): AskedFor {
  const trailing = trailingCount.exec(text)?.groups;
  if (trailing !== undefined) return asked(Number(trailing['digits']), trailing['thing'] ?? '');
  const leading = leadingCount.exec(text);
  if (leading === null) return asked(undefined, text);
  return asked(countOf(leading.groups ?? {}), text.slice(leading[0].length));
}

/** Whether it begins by saying how many: then "two lattes" is an order, and "latte" alone is not. */
export function saysHowMany(text: string): boolean {
  return readOne(text).quantity !== undefined && !/^(?:the|my|this|that|some|both)\s/iu.test(text);
}

function countOf(groups: Readonly<Record<string, string | undefined>>): number | undefined {
  const { digits, words, number } = groups;
  if (digits !== undefined) return Number(digits);
  if (words !== undefined) return counts.get(words.toLowerCase());
  return number === undefined ? undefined : readNumberWords(number);
}

function asked(quantity: number | undefined, text: string): AskedFor {
  const words = foldWords(text)
    .map(singularOf)
    .filter((word) => !fillers.has(word));
  return quantity === undefined ? { words } : { quantity, words };
}
