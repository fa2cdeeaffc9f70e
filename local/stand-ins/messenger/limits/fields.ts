// The field shapes that every Messenger template shares: bounded text, links, phone numbers.
import * as z from 'zod/mini';

export { _default as withDefault } from 'zod/mini';

/** Meta counts characters; UTF-16 units are the strictest reading, so what passes here passes there. */
export const text = (longest: number) => z.string().check(z.minLength(1), z.maxLength(longest));

const LOCAL_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

/** A link that a phone may open: https, or plain http to this very machine, where `npm start` runs. */
export const link = () =>
  z.string().check(
    z.refine((value) => isSecureLink(value), {
      error: 'must be an https URL (http is allowed for localhost only)',
    }),
  );

export function isSecureLink(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOCAL_HOSTS.has(url.hostname));
}

/** Media in a template must already live on Facebook (fact: media template, `url`). */
export const facebookLink = () =>
  link().check(
    z.refine(
      (value) => URL.canParse(value) && /(^|\.)facebook\.com$/.test(new URL(value).hostname),
      {
        error: 'must be a Facebook URL',
      },
    ),
  );

export const phoneNumber = () =>
  z.string().check(
    z.refine((value) => /^\+[0-9]{5,15}$/.test(value), {
      error: 'must be a phone number with + and country code',
    }),
  );

export const list = <T extends z.core.$ZodType>(item: T, fewest: number, most: number) =>
  z.array(item).check(z.minLength(fewest), z.maxLength(most));
