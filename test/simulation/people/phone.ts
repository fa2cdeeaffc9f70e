// Somebody with a phone in a simulation: writes, taps, follows links, fills in forms, and tries again only when they like.
import type { Bubble } from '../vendors/messenger.ts';
import type { Town } from '../town.ts';
import { type Browser, openBrowser } from './browser.ts';

/** People look for what is not there yet, or no longer: that is no fault of ours. */
export class NotThere extends Error {}

export interface Phone {
  readonly name: string;
  readonly psid: string;
  readonly pageId: string;
  readonly browser: Browser;
  says(text: string): void;
  taps(title: string): void;
  /** Opens a link that leads into the thread. */
  follows(ref: string): void;
  link(title: string): string;
  /** Whether there is a button or link of that title in their thread. */
  has(title: string): boolean;
  bubbles(): readonly Bubble[];
  /** Where their bank waits for them, once it does. */
  bankUrl?: string | undefined;
  /** A bill in their browser that is nobody's in Messenger. */
  openBill?: string | undefined;
}

export function openPhone(town: Town, who: { name: string; psid: string; pageId: string }): Phone {
  const { name, psid, pageId } = who;
  let said = 0;
  const bubbles = () => town.messenger.thread(pageId, psid);
  const does = (event: Readonly<Record<string, unknown>>) =>
    town.messenger.said(pageId, psid, event);
  const mid = () => `m_${psid}_${(said += 1)}`;
  const newest = (title: string) =>
    bubbles()
      .flatMap(({ taps }) => taps)
      .findLast((tap) => tap.title === title);
  town.messenger.name(psid, name);
  return {
    name,
    psid,
    pageId,
    browser: openBrowser(town, psid),
    bubbles,
    says: (text) => does({ message: { mid: mid(), text } }),
    taps(title) {
      const tap = newest(title);
      if (tap === undefined || tap.kind === 'link') throw new NotThere(title);
      const { payload, kind } = tap;
      if (kind === 'postback') does({ postback: { mid: mid(), title, payload } });
      else does({ message: { mid: mid(), text: title, quick_reply: { payload } } });
    },
    has: (title) => newest(title) !== undefined,
    follows: (ref) => does({ referral: { ref, source: 'SHORTLINK', type: 'OPEN_THREAD' } }),
    link(title) {
      const tap = newest(title);
      if (tap?.kind !== 'link') throw new NotThere(title);
      return tap.url;
    },
  };
}
