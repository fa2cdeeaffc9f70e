// Makes what one person wrote fit to stand inside our own words in somebody else's thread: one line, visible, no link, no disguise.
import { redact } from './redact.ts';

const longestNote = 140;
const longestName = 50;

/** Joiners stay: emoji and Persian are made with them. */
const unseen = /[[\p{Cc}\p{Cf}\p{Co}\p{Cs}]--[\u200c\u200d]]|[\u115f\u1160\u2800\u3164\uffa0]/gv;

/** Marks that pile up over the lines above; no script needs more than three on a letter. */
const piledMarks = /(\p{M}{3})\p{M}+/gu;

const doubleQuotes = /["“”„‟«»″＂〝〞]/gu;

/**
 * A note as the other side is shown it, between our quotation marks. Nothing of it can end the quotation, begin a line
 * that looks like one of ours, or be made a link by the app. Undefined when nothing is left to see.
 */
export function noteForOthers(note: string | undefined): string | undefined {
  if (note === undefined) return undefined;
  return cut(withoutLinks(redact(oneLine(note)).replaceAll(doubleQuotes, "'")), longestNote);
}

/** A profile's name as others are shown it; undefined where it says nothing or passes itself off as one of the house. */
export function nameForOthers(name: string): string | undefined {
  const plain = withoutLinks(redact(oneLine(name)).replaceAll(doubleQuotes, "'"));
  const shown = cut(plain.replaceAll(/[@＠﹫]/gu, ''), longestName);
  return shown === undefined || soundsLikeTheHouse(shown) ? undefined : shown;
}

function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(unseen, '')
    .replaceAll(piledMarks, '$1')
    .trim();
}

/** Apps make a link of "evil.com" by themselves: a space after the dot is what they do not follow, and people still read. */
function withoutLinks(text: string): string {
  return text
    .replaceAll(/\p{L}[\p{L}\p{N}+.-]*:\/+/gu, '')
    .replaceAll(/(?<=[\p{L}\p{N}])[.．。｡](?=\p{L}{2})/gu, '. ');
}

function cut(text: string, longest: number): string | undefined {
  const characters = Array.from(text.trim());
  const kept =
    characters.length <= longest ? text.trim() : `${characters.slice(0, longest - 1).join('')}…`;
  return /[^\s\p{M}\u200c\u200d]/u.test(kept) ? kept : undefined;
}

/** Who speaks in this thread, and whom people would believe in it. */
const houseWords = ['tender', 'stripe', 'messenger', 'facebook', 'paypal'];

/** Letters and digits that pass for a Latin letter, as far as those words need them. */
const looksLike: ReadonlyMap<string, string> = new Map(
  Object.entries({
    a: 'аα4ɑ',
    b: 'ьβ',
    c: 'сϲ',
    d: 'ԁɗ',
    e: 'еёε3є',
    f: 'ғ',
    g: 'ɡ9',
    i: 'іι1ıl',
    k: 'кκ',
    m: 'м',
    n: 'пηոɴ',
    o: 'оοσ0օ',
    p: 'рρ',
    r: 'гʀ',
    s: 'ѕ5ʂ',
    t: 'тτ7',
    y: 'уγ',
  }).flatMap(([letter, lookalikes]) => Array.from(lookalikes, (each) => [each, letter] as const)),
);

/** "Tender", "T e n d e r", "Tеnder Support" (with a Cyrillic e), "5tripe"; not "Bartender". */
export function soundsLikeTheHouse(name: string): boolean {
  const words = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .map(lettersMeant);
  const together = words.join('');
  return houseWords
    .map(lettersMeant)
    .some((house) => words.includes(house) || together.startsWith(house));
}

function lettersMeant(word: string): string {
  return Array.from(word, (letter) => looksLike.get(letter) ?? letter).join('');
}
