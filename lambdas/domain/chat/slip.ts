// Tells whether a word was meant as another one, but for one slip of the finger.

/** One slip: two letters swapped or one too many; in words of `longEnough` letters also one missing or wrong. */
export function isSlipOf(typed: string, word: string, longEnough: number): boolean {
  const difference = typed.length - word.length;
  const isLong = word.length >= longEnough;
  if (difference === 1) return isOneLonger(typed, word);
  if (difference === 0) return isSwapped(typed, word) || (isLong && isOneWrong(typed, word));
  return difference === -1 && isLong && isOneLonger(word, typed);
}

function isOneLonger(longer: string, shorter: string): boolean {
  return Array.from(longer).some((_, at) => longer.slice(0, at) + longer.slice(at + 1) === shorter);
}

function isSwapped(typed: string, word: string): boolean {
  const at = Array.from(word).findIndex((letter, index) => letter !== typed[index]);
  const swapped = word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
  return at !== -1 && typed === swapped;
}

function isOneWrong(typed: string, word: string): boolean {
  return Array.from(word).filter((letter, index) => letter !== typed[index]).length === 1;
}
