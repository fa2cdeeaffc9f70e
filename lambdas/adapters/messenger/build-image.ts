// A picture by its address: Messenger fetches it by itself, and a message is not worth losing over one that it cannot.
import { limits, type Text, whole } from './messenger-limits.ts';

/** Nothing where it is no web address, or too long for one: a card and a receipt do without. */
export function buildImage(url: string | undefined): {
  readonly image_url?: Text<typeof limits.url>;
} {
  if (url === undefined || url.length > limits.url || !URL.canParse(url)) return {};
  const isWeb = /^https?:$/u.test(new URL(url).protocol);
  return isWeb ? { image_url: whole(url, limits.url, 'image address') } : {};
}
