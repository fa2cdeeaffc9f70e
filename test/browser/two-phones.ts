// The whole machine as `npm start` leaves it, Ann and Bob moved in, and a Chromium that reports whatever it does not like.
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { seed } from '../../local/seed.ts';
import { openWallet, type Wallet } from '../journeys/driver/wallet.ts';
import { openBrowser } from './open-browser.ts';

export interface TwoPhones {
  readonly wallet: Wallet;
  /** A browser of somebody's own, with its own cookies. */
  open(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** What browsers have complained about since the last call: scripts, policies, and calls to strangers. */
  complaints(): string[];
  close(): Promise<void>;
}

export async function openTwoPhones(): Promise<TwoPhones> {
  const [wallet, browser] = await Promise.all([openWallet(), openBrowser()]);
  await seed(wallet.machine, wallet.settings);
  const { machine } = wallet;
  const home = new Set([machine.url, machine.messengerUrl, machine.stripeUrl]);
  let heard: string[] = [];
  return {
    wallet,
    open: (options) =>
      openContext({ browser, home, complain: (words) => heard.push(words) }, options),
    complaints() {
      const before = heard;
      heard = [];
      return before;
    },
    async close() {
      await browser.close();
      await wallet.close();
    },
  };
}

interface Watch {
  readonly browser: Browser;
  readonly home: ReadonlySet<string>;
  readonly complain: (words: string) => void;
}

async function openContext({ browser, home, complain }: Watch, options?: BrowserContextOptions) {
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    reducedMotion: 'reduce',
    locale: 'en-US',
    timezoneId: 'UTC',
    ...options,
  });
  // Shorter than a test's, so that what did not come is named.
  context.setDefaultTimeout(30_000);
  context.on('weberror', (error) => complain(error.error().message));
  context.on('console', (message) => {
    if (message.type() === 'error') complain(message.text());
  });
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol !== 'data:' && !home.has(origin)) complain(`asked ${request.url()}`);
  });
  return context;
}

/** One phone of the chat page. */
export function phoneOf(page: Page, name: string) {
  const phone = page.getByRole('region', { name: `${name}'s phone` });
  return {
    phone,
    /** The page that a button has opened over the thread. */
    panel: phone.frameLocator('iframe[title="Webview"]'),
    async writes(words: string) {
      const composer = phone.getByRole('textbox', { name: `Message as ${name}` });
      await composer.fill(words);
      await composer.press('Enter');
    },
    sees: (words: string | RegExp) => phone.getByRole('log').getByText(words).last().waitFor(),
    taps: (title: string) => phone.getByRole('button', { name: title, exact: true }).last().click(),
  };
}
