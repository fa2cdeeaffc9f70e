// The cookie that holds a console session's token.
import type { PageAnswer } from '../page-answer.ts';
import { lifeMs } from '../../lambdas/domain/console/session.ts';

/** `__Host-`: no neighbouring domain and no plain page can plant one. */
const nameOf = (isSecure: boolean) => `${isSecure ? '__Host-' : ''}tender_console`;

/** The token that a browser sent, if it has the shape of one of ours. */
export function sessionIn(cookies: string | undefined, isSecure: boolean): string | undefined {
  for (const pair of (cookies ?? '').split(/[;,]/u)) {
    const [key, value] = pair.trim().split('=');
    if (key === nameOf(isSecure) && value !== undefined && /^[\w-]{43,64}$/u.test(value))
      return value;
  }
  return undefined;
}

/** Lax, because people come to the console by a link in the thread, and back from the provider's pages. */
export function withSession(answer: PageAnswer, token: string, isSecure: boolean): PageAnswer {
  return { ...answer, cookie: cookieOf(token, { maxAge: lifeMs / 1000, isSecure }) };
}

export function withoutSession(answer: PageAnswer, isSecure: boolean): PageAnswer {
  return { ...answer, cookie: cookieOf('', { maxAge: 0, isSecure }) };
}

function cookieOf(value: string, how: { maxAge: number; isSecure: boolean }): string {
  const secure = how.isSecure ? '; Secure' : '';
  return `${nameOf(how.isSecure)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${how.maxAge}${secure}`;
}
