// Where a page of ours may lead a browser: to ourselves, or to an address that a vendor's answer named and that is a safe one.
import type { PageAnswer } from './page-answer.ts';

/**
 * A vendor's answer is outside of us: an address that is no https (or, on one's own machine, http) is never passed on.
 * Throws for it: there is nothing that the person could do.
 */
export function leadingOn(
  answer: PageAnswer,
  from: { readonly publicUrl: string; readonly providerOrigins: readonly string[] },
): PageAnswer {
  if (answer.kind !== 'redirect') return answer;
  const to = URL.canParse(answer.to) ? new URL(answer.to) : undefined;
  if (to === undefined || !isSafe(to, from)) throw new Error('Asked to lead to an unsafe address.');
  return { ...answer, to: to.href };
}

function isSafe(
  to: URL,
  from: { readonly publicUrl: string; readonly providerOrigins: readonly string[] },
): boolean {
  // "https://ours@evil.example" reads as ours.
  if (to.username !== '' || to.password !== '') return false;
  if (to.protocol === 'https:' || from.providerOrigins.includes(to.origin)) return true;
  return to.protocol === 'http:' && from.publicUrl.startsWith('http:');
}
