// Name keys: what two ways of writing one name have in common, so that "jose" finds José and nobody is found by accident.

/** Latin letters that Unicode does not take apart, as people type them without the right keyboard. */
const plainLetters: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ħ: 'h',
  ς: 'σ',
};

/** Accents and the like; not the voicing marks of kana nor the vowels of Indic scripts, which make another name. */
const marks = /[[\p{Mn}&&\p{Script=Inherited}]--[\u3099\u309A]]/gv;
const invisible = /[\p{Cc}\p{Cf}]/gu;
const dashes = /\p{Pd}/gu;
const spaces = /\s+/gu;
const otherPunctuation = /\p{P}/gu;

/** One name as a key: case, accents, width, punctuation and spacing do not matter. Empty when nothing is left. */
export function nameKeyOf(name: string): string {
  const folded = name
    .toWellFormed()
    .normalize('NFKD')
    .replaceAll(marks, '')
    .replaceAll(dashes, ' ')
    .replaceAll(otherPunctuation, '')
    // Control characters that are spaces too are spaces: a tab stands between two words.
    .replaceAll(invisible, (mark) => (/\s/u.test(mark) ? ' ' : ''))
    .toUpperCase()
    .toLowerCase();
  return (
    folded
      .replaceAll(/\p{L}/gu, (letter) => plainLetters[letter] ?? letter)
      .normalize('NFC')
      // Last, because what goes above may leave two spaces side by side.
      .replaceAll(spaces, ' ')
      .trim()
  );
}

/** What someone of this name may be found by: the full name and its first word. None for a name of nothing. */
export function nameKeysOf(name: string): string[] {
  const full = nameKeyOf(name);
  const first = full.split(' ')[0] ?? '';
  return [...new Set([full, first])].filter((key) => key !== '');
}
