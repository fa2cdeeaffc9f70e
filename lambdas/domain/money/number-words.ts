// Reads English number words, "twenty" to "nine hundred and ninety-nine thousand", as digits.

// biome-ignore format: a table reads best in rows
const small: ReadonlyMap<string, number> = new Map(Object.entries({
  zero: 0, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12,
  thirteen: 13, fourteen: 14, fifteen: 15, sixteen: 16, seventeen: 17, eighteen: 18, nineteen: 19,
}));
const tens: ReadonlyMap<string, number> = new Map(
  Object.entries({
    twenty: 20,
    thirty: 30,
    forty: 40,
    fourty: 40,
    fifty: 50,
    sixty: 60,
    seventy: 70,
    eighty: 80,
    ninety: 90,
  }),
);
const notes: ReadonlyMap<string, number> = new Map(Object.entries({ fiver: 5, tenner: 10 }));

const word = [...small.keys(), ...tens.keys(), 'hundred', 'thousand'].join('|');

/** Where number words stand in a text: one word or several, "and" and "a hundred" with them. */
export const numberWordsPattern = `(?:an? (?=hundred|thousand|fiver|tenner))?(?:${word}|fiver|tenner)(?:(?:[ -]| and )(?:${word}))*`;

/** "two hundred and five" is 205. What is no single number ("two fifty", "twenty thirty") is undefined. Below one million. */
export function readNumberWords(text: string): number | undefined {
  const parts = text
    .toLowerCase()
    .split(/[ -]+/u)
    .filter((part) => part !== 'and' && part !== 'a' && part !== 'an');
  const [first = ''] = parts;
  if (parts.length === 1 && notes.has(first)) return notes.get(first);
  const thousand = parts.indexOf('thousand');
  if (thousand === -1) return belowThousand(parts);
  const thousands = thousand === 0 ? 1 : belowThousand(parts.slice(0, thousand));
  const rest = thousand === parts.length - 1 ? 0 : belowThousand(parts.slice(thousand + 1));
  if (thousands === undefined || rest === undefined) return undefined;
  return thousands * 1000 + rest;
}

function belowThousand(parts: readonly string[]): number | undefined {
  const hundred = parts.indexOf('hundred');
  if (hundred === -1) return belowHundred(parts);
  const hundreds = hundred === 0 ? 1 : belowHundred(parts.slice(0, hundred));
  const rest = hundred === parts.length - 1 ? 0 : belowHundred(parts.slice(hundred + 1));
  // "twelve hundred" is a number, "twenty hundred" is not one that anybody says.
  if (hundreds === undefined || hundreds === 0 || hundreds > 19 || rest === undefined)
    return undefined;
  return hundreds * 100 + rest;
}

function belowHundred(parts: readonly string[]): number | undefined {
  const [first = '', second, ...more] = parts;
  if (more.length > 0) return undefined;
  const ten = tens.get(first);
  if (ten === undefined) return second === undefined ? small.get(first) : undefined;
  if (second === undefined) return ten;
  const unit = small.get(second) ?? 0;
  return unit > 0 && unit < 10 ? ten + unit : undefined;
}
