// A secret that follows from a form that was shown to an owner: sent twice, it is the same one, and can be shown again for a moment.
import type { Tokens } from '../ports.ts';

/** How long after it was made a form that is sent again shows the same secret: a second click, a page loaded anew. */
export const showAgainMs = 10 * 60 * 1000;

const base64Url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * 43 characters, as a token of ours has. `seed` must hold 256 bits that only the form's own page knows: whoever has it,
 * has the secret. Nothing of it is kept.
 */
export function secretOfForm(tokens: Pick<Tokens, 'fingerprint'>, seed: string): string {
  const hex = tokens.fingerprint(`secret:${seed}`);
  const groups = hex.match(/.{1,3}/gu) ?? [];
  return groups.map(inBase64).join('');
}

/** Three digits of base 16 are two of base 64; the one that is left over is one with two bits to spare. */
function inBase64(group: string): string {
  const bits = Number.parseInt(group, 16);
  if (group.length === 1) return base64Url.charAt(bits << 2);
  return base64Url.charAt(bits >> 6) + base64Url.charAt(bits & 63);
}
