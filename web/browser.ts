// The browser's mark: a random cookie that ties a link to the browser that first acted with it.
import type { PageAnswer } from './page-answer.ts';

/** `__Host-` lets no neighbouring domain and no plain page set it: nobody plants a mark of their own in another's browser. */
const nameOf = (isSecure: boolean) => `${isSecure ? '__Host-' : ''}tender_browser`;
const lifeSeconds = 7 * 24 * 60 * 60;

/** The mark that a browser sent, if it sent one that we could have made. */
export function markIn(cookies: string | undefined, isSecure: boolean): string | undefined {
  for (const pair of (cookies ?? '').split(/[;,]/u)) {
    const [key, value] = pair.trim().split('=');
    if (key === nameOf(isSecure) && value !== undefined && /^[\w-]{43}$/u.test(value)) return value;
  }
  return undefined;
}

/** Lax, because people come back to us from Stripe's pages by a link. */
export function withMark(answer: PageAnswer, mark: string, isSecure: boolean): PageAnswer {
  const secure = isSecure ? '; Secure' : '';
  const cookie = `${nameOf(isSecure)}=${mark}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${lifeSeconds}${secure}`;
  return { ...answer, cookie };
}
