// Whether an address that a merchant writes down can be called: a URL of the right kind, on the public internet.
import { whyNotAUrl } from './webhook-endpoint.ts';

export interface AddressBook {
  /** On a developer's machine endpoints may be on that machine. */
  readonly isLocal: boolean;
  /** Where a host leads now; IPv6 without brackets. `nowhere`: nobody knows it. */
  readonly placeOf: (hostname: string) => Promise<'public' | 'private' | 'nowhere'>;
}

/** Sentences for whoever typed it; undefined when it can be saved. Each call to it asks again, for names move. */
export async function whyNotAnAddress(
  text: string,
  { isLocal, placeOf }: AddressBook,
): Promise<string | undefined> {
  const why = whyNotAUrl(text, { isLocal });
  if (why !== undefined || isLocal) return why;
  switch (await placeOf(new URL(text).hostname.replaceAll(/^\[|\]$/gu, ''))) {
    case 'public':
      return undefined;
    case 'private':
      return 'It leads to a private network or to our own machine. It must be on the public internet.';
    case 'nowhere':
      return 'Its host cannot be found on the internet. Look for a slip, or wait until the name is known.';
  }
}
