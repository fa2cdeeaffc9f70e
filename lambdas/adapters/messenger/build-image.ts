// A picture by its address: Messenger fetches it by itself, and a message is not worth losing over one that it cannot.
import { limits, type Text, whole } from './messenger-limits.ts';

/** Nothing where it is no web address, or too long for one: a card and a receipt do without. */
export function buildImage(url: string | undefined): {
  readonly image_url?: Text<typeof limits.url>;
} {
  if (url === undefined || url.length > limits.url || !URL.canParse(url)) return {};
  return isFetched(new URL(url)) ? { image_url: whole(url, limits.url, 'image address') } : {};
}

/** Plain http is for one's own machine. */
function isFetched({ protocol, hostname }: URL): boolean {
  if (protocol === 'https:') return true;
  return protocol === 'http:' && (hostname === 'localhost' || hostname === '127.0.0.1');
}
