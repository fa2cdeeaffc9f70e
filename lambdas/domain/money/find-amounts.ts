// Finds every amount in a text, with its currency sign, its minus and the letters that make it doubtful.
import type { Currency } from './currency.ts';
import { exponentOf } from './currency.ts';
import { longestSignInWords, readSign } from './currency-signs.ts';
import type { SignMeaning, SignPlace } from './currency-signs.ts';
import { readCandidates } from './money-reading.ts';
import type { Candidate, MoneyReading } from './money-reading.ts';
import { numberWordsPattern, readNumberWords } from './number-words.ts';
import { readDecimal } from './read-decimal.ts';
import type { Decimal } from './read-decimal.ts';
import { numberSigns } from './speaker.ts';
import type { Speaker } from './speaker.ts';

export interface AmountInText {
  readonly start: number;
  readonly end: number;
  readonly reading: MoneyReading;
  /** A currency stands with it: "2 coffees" is not marked, "$2" is. */
  readonly isMarked: boolean;
}

/** How a text is read: by whom, and whether a sign before the number could be somebody's name. */
export interface Reader {
  readonly speaker: Speaker;
  readonly signPlace: Exclude<SignPlace, 'after'>;
}

/** The bare number in the text: digits with their signs, or words. */
interface Core {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What stands before the digits: "-$", "USD ", "minus ". */
interface Left {
  readonly start: number;
  readonly sign: SignMeaning | undefined;
  readonly isNegative: boolean;
  readonly trouble: MoneyReading | undefined;
}

/** What stands after them: "k", ",-", " canadian dollars". */
interface Right {
  readonly end: number;
  readonly sign: SignMeaning | undefined;
  readonly scale: number;
  readonly trouble: MoneyReading | undefined;
}

/** Pictures of money next to digits are no more than a sign. */
const moneyEmoji = String.raw`(?:[\u{1F4B0}\u{1F4B2}\u{1F4B4}-\u{1F4B8}\u{1FA99}\u{1F911}] ?)`;

const unreadable: MoneyReading = { kind: 'unreadable' };

const digits = String.raw`(?:\d{1,3}(?: \d{3})+(?!\d)|\d+)(?:[.,'٫٬]\d+)*|[.,٫]\d+`;
const oneUnit = String.raw`an? (?=(?:dollar|buck|euro|pound|quid|cent|penny)(?!\p{L}))`;
const cores = new RegExp(
  String.raw`${digits}|(?<![\p{L}\p{N}'.-])(?:(?:${numberWordsPattern})(?![\p{L}\p{N}'])|${oneUnit})`,
  'giu',
);

/** In the order of the text, which must be folded (fold-text.ts). Handles, ids and web addresses hold no amounts. */
export function findAmounts(text: string, reader: Reader): AmountInText[] {
  const visible = text.replaceAll(/https?:\S+|\S*[@_]\S+/giu, (word) => 'x'.repeat(word.length));
  const found: AmountInText[] = [];
  for (const match of visible.matchAll(cores)) {
    const from = found.at(-1)?.end ?? 0;
    // Already part of the amount before it, as the 9 in "1e9" is.
    if (match.index < from) continue;
    const oneUnitSpace = match[0].endsWith(' ') ? 1 : 0;
    const end = match.index + match[0].length - oneUnitSpace;
    const core = { text: match[0].trim(), start: match.index, end };
    found.push(readAmount(visible, core, { ...reader, from }));
  }
  return found;
}

function readAmount(text: string, core: Core, reader: Reader & { from: number }): AmountInText {
  const left = readLeft(text.slice(reader.from, core.start), core, reader);
  const right = readRight(text, core, reader.speaker);
  return {
    start: left.start,
    end: left.trouble === undefined ? right.end : endOfWord(text, right.end),
    reading: left.trouble ?? right.trouble ?? readWhole({ core, left, right }, reader.speaker),
    isMarked: left.sign !== undefined || right.sign !== undefined,
  };
}

// --- before the digits

const emojiBefore = new RegExp(`${moneyEmoji}+$`, 'u');
const minus = /(?:-|(?<!\p{L})(?:minus|negative) ) ?$/iu;

function readLeft(before: string, core: Core, reader: Reader): Left {
  const [minusAtDigits] = minus.exec(before) ?? [''];
  const withoutMinus = cutEnd(before, minusAtDigits.length);
  const [signText] = /(?:f cfa|[\p{L}\p{M}\p{Sc}.]+) ?$/iu.exec(withoutMinus) ?? [''];
  const sign = readSign(signText.trim(), reader.signPlace, reader.speaker);
  const withoutSign = sign === undefined ? withoutMinus : cutEnd(withoutMinus, signText.length);
  const [minusAtSign] = (sign === undefined ? undefined : minus.exec(withoutSign)) ?? [''];
  const withoutEmoji = cutEnd(withoutSign, minusAtSign.length);
  const rest = withoutEmoji.replace(emojiBefore, '');
  const trouble = troubleBefore(rest, reader);
  const start = trouble === undefined ? rest.length : rest.search(/\S* ?$/u);
  return {
    start: core.start - (before.length - start),
    sign,
    isNegative: minusAtDigits !== '' || minusAtSign !== '',
    trouble,
  };
}

/** An amount begins a word: after a space, a colon or an emoji. A name or a sign we do not know must not touch it. */
function troubleBefore(rest: string, reader: Reader): MoneyReading | undefined {
  const [touching] = /[\p{L}\p{M}.]*\p{Sc}[\p{L}\p{M}\p{Sc}.]* ?$/u.exec(rest) ?? [];
  if (touching !== undefined) return { kind: 'unknown_currency', text: touching.trim() };
  if (/(?:^|\s|(?<!\p{N}):|\p{Extended_Pictographic}|\uFE0F)$/u.test(rest)) return undefined;
  const [word] = /^\p{L}+$/u.exec(rest) ?? [];
  if (word !== undefined && reader.signPlace === 'alone')
    return { kind: 'unknown_currency', text: word };
  return unreadable;
}

function cutEnd(text: string, length: number): string {
  return text.slice(0, text.length - length);
}

// --- after the digits

const powers: ReadonlyMap<string, number> = new Map(
  Object.entries({
    hundred: 2,
    k: 3,
    thousand: 3,
    grand: 3,
    lakh: 5,
    m: 6,
    mm: 6,
    mio: 6,
    million: 6,
    crore: 7,
    b: 9,
    bn: 9,
    billion: 9,
  }),
);
const scalePattern =
  /^(?:e\+?(\d{1,3})|(k|mm?|mio|bn?)| ?(hundred|thousand|grand|lakh|million|crore|billion))(?![\p{L}\p{N}])/iu;
const emojiAfter = new RegExp(`^${moneyEmoji}+`, 'u');
const signWords = /^ ?([\p{L}\p{M}\p{Sc}.]+(?: [\p{L}\p{M}\p{Sc}.]+)*)/u;

function readRight(text: string, core: Core, speaker: Speaker): Right {
  // "20.-", "20,--" (Switzerland, Germany) and "500/-" (India): no cents.
  const [noCents] = /^(?:[.,]-+|\/-)(?![\p{L}\p{N}])/u.exec(text.slice(core.end)) ?? [''];
  const afterDigits = core.end + noCents.length;
  const scaled = scalePattern.exec(text.slice(afterDigits));
  const [, exponent, letters, word] = scaled ?? [];
  const afterScale = afterDigits + (scaled?.[0].length ?? 0);
  const scale = powers.get((letters ?? word ?? '').toLowerCase()) ?? Number(exponent ?? 0);
  const [signLength, sign] = signAfter(text.slice(afterScale), speaker);
  const afterSign = afterScale + signLength;
  const end = afterSign + (emojiAfter.exec(text.slice(afterSign))?.[0].trimEnd().length ?? 0);
  const trouble = troubleAfter(text.slice(end));
  return { end: trouble === undefined ? end : endOfWord(text, end), sign, scale, trouble };
}

/** The longest run of words that is a currency, with or without its full stop: "kr.", "usd.", "canadian dollars". */
function signAfter(after: string, speaker: Speaker): readonly [number, SignMeaning | undefined] {
  const words = signWords.exec(after)?.[1]?.split(' ').slice(0, longestSignInWords) ?? [];
  const space = after.startsWith(' ') ? 1 : 0;
  for (let count = words.length; count > 0; count -= 1) {
    const phrase = words.slice(0, count).join(' ');
    // A letter on its own is a sign only where it touches the digits: 50c, 50p.
    if (space === 1 && /^[a-z]$/iu.test(phrase)) continue;
    for (const candidate of new Set([phrase, phrase.replace(/\.+$/u, '')])) {
      const sign = readSign(candidate, 'after', speaker);
      if (sign !== undefined) return [space + candidate.length, sign];
    }
  }
  return [0, undefined];
}

/** An amount ends a word. Letters that touch it must be meant as a currency; other signs make it something else (20%, 1/2). */
function troubleAfter(rest: string): MoneyReading | undefined {
  const [letters] = /^ ?\p{Sc}[\p{L}\p{M}\p{Sc}.]*|^\p{L}[\p{L}\p{M}]*/u.exec(rest) ?? [];
  if (letters !== undefined) return { kind: 'unknown_currency', text: letters.trim() };
  const isEnd = /^(?:$|\s|[.,;:!?)\]…"'](?!\p{N})|-(?:\s|$)|\p{Extended_Pictographic})/u.test(rest);
  return isEnd ? undefined : unreadable;
}

/** What makes an amount unreadable belongs to it. */
function endOfWord(text: string, from: number): number {
  return from + (/^(?: (?=\p{Sc}))?\S*/u.exec(text.slice(from))?.[0].length ?? 0);
}

// --- the two together

function readWhole(
  parts: { core: Core; left: Left; right: Right },
  speaker: Speaker,
): MoneyReading {
  const { core, left, right } = parts;
  if (left.isNegative) return { kind: 'not_positive' };
  const meaning = meaningOf(left.sign, right.sign, speaker);
  const candidates = meaning.currencies.flatMap((currency) =>
    decimalsOf(core.text, currency, speaker).map(
      (decimal): Candidate => ({ decimal, currency, isMinor: meaning.isMinor, scale: right.scale }),
    ),
  );
  return readCandidates(candidates, right.scale > 0 || isDoubtfullySpaced(core.text, speaker));
}

/** With a sign on each side, what both can mean ("$20 CAD"); where they disagree, either. */
function meaningOf(
  left: SignMeaning | undefined,
  right: SignMeaning | undefined,
  speaker: Speaker,
): { currencies: readonly Currency[]; isMinor: boolean } {
  if (left === undefined || right === undefined) {
    return left ?? right ?? { currencies: [speaker.currency], isMinor: false };
  }
  if (left.isMinor || right.isMinor) return { currencies: [], isMinor: false };
  const agreed = [
    ...right.currencies.filter((currency) => left.means.includes(currency)),
    ...left.currencies.filter((currency) => right.means.includes(currency)),
  ];
  const either = agreed.length > 0 ? agreed.slice(0, 1) : [...left.currencies, ...right.currencies];
  return { currencies: either, isMinor: false };
}

function decimalsOf(text: string, currency: Currency, speaker: Speaker): Decimal[] {
  if (/\d/u.test(text)) {
    return readDecimal(text, { ...numberSigns(speaker.locale), exponent: exponentOf(currency) });
  }
  const number = /^an?$/iu.test(text) ? 1 : readNumberWords(text);
  return number === undefined ? [] : [{ whole: String(number), fraction: '' }];
}

/** "1 500" is two numbers as well as one, unless people here group with spaces or cents follow. */
function isDoubtfullySpaced(text: string, speaker: Speaker): boolean {
  return /^\d+(?: \d+)+$/u.test(text) && numberSigns(speaker.locale).group !== ' ';
}
