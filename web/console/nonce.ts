// The mark of one form that was shown: sent twice, it asks for one thing.

export function isNonce(text: string): boolean {
  return /^[\w-]{43}$/u.test(text);
}
