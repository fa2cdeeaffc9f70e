// Somebody who chats: writes, taps what the thread offers, opens links in their own browser, reads what is there.
import { type Browser, openBrowser, type Page } from './browser.ts';
import type { Bubble, Tap } from './bubble.ts';
import { eventually } from './eventually.ts';

/** How a person's words get to a Messenger, and its words to them: one for each imitation. */
export interface Phone {
  write(text: string): Promise<void>;
  tap(tap: Exclude<Tap, { kind: 'link' }>): Promise<void>;
  getStarted(): Promise<void>;
  /** Opens an m.me link with this `ref`. */
  follow(ref: string): Promise<void>;
  bubbles(): Promise<Bubble[]>;
}

export interface Person {
  readonly name: string;
  readonly phone: Phone;
  readonly browser: Browser;
  writes(text: string): Promise<void>;
  /** Taps the newest button or quick reply of that title. */
  taps(title: string): Promise<void>;
  /** Opens the newest link button of that title in this person's browser. */
  opens(title: string): Promise<Page>;
  /** The address behind the newest link button of that title. */
  link(title: string): Promise<string>;
  /** Waits until a bubble says so. */
  sees(words: RegExp): Promise<Bubble>;
  /** The receipts, once there are that many. */
  seesReceipts(count: number): Promise<Bubble[]>;
  /** What was said to them, oldest first. */
  heard(): Promise<string[]>;
  /** How often something like it was said to them. */
  timesHeard(words: RegExp): Promise<number>;
}

export function person(name: string, phone: Phone, browser: Browser = openBrowser()): Person {
  const said = async () => (await phone.bubbles()).filter(({ from }) => from === 'page');
  const heard = async () => (await said()).map(({ words }) => words);
  const newest = async (title: string) =>
    eventually(
      async () =>
        (await said()).flatMap(({ taps }) => taps).findLast((each) => each.title === title),
      async () => `${name} sees no “${title}” in:\n${(await heard()).join('\n')}`,
    );
  const link = async (title: string) => {
    const found = await newest(title);
    if (found.kind !== 'link') throw new Error(`“${title}” leads to no page.`);
    return found.url;
  };

  return {
    name,
    phone,
    browser,
    writes: (text) => phone.write(text),
    async taps(title) {
      const found = await newest(title);
      if (found.kind === 'link') throw new Error(`“${title}” opens a page.`);
      await phone.tap(found);
    },
    link,
    opens: async (title) => browser.open(await link(title)),
    sees: (words) =>
      eventually(
        async () => (await said()).findLast((bubble) => words.test(bubble.words)),
        async () => `${name} does not see ${words} in:\n${(await heard()).join('\n')}`,
      ),
    seesReceipts: (count) =>
      eventually(
        async () => {
          const receipts = (await said()).filter(({ isReceipt }) => isReceipt);
          return receipts.length >= count ? receipts : undefined;
        },
        async () => `${name} does not see ${count} receipts in:\n${(await heard()).join('\n')}`,
      ),
    heard,
    timesHeard: async (words) => (await heard()).filter((each) => words.test(each)).length,
  };
}
