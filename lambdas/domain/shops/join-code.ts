// The codes that make somebody one of a shop's team: typed by hand into its thread, so short and without signs.
import type { Tokens } from '../ports.ts';

/** What is left of 256 random bits is more than enough. A digit is in it, by which it is known from a word. */
export function newJoinCode(tokens: Pick<Tokens, 'newToken'>): string {
  for (;;) {
    const signs = tokens
      .newToken()
      .toLowerCase()
      .replaceAll(/[^a-z0-9]/gu, '');
    const code = signs.slice(0, 16);
    if (/\d/u.test(code)) return code;
  }
}
