// One Chromium for a test file, as people have it: site isolation and web security on, nothing phoned home.
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';
import { onceInARun } from '../builders/once-in-a-run.ts';

/** The package's flags are for a Lambda: one process that dies with its first page, and no CORS. */
const NOT_HERE = /single-process|no-zygote|web-security|site-isolation|site-per-process/;

export async function openBrowser(): Promise<Browser> {
  // Without WebGL, drawing costs a fraction.
  chromium.setGraphicsMode = false;
  return playwright.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? (await unpacked()),
    args: [
      ...chromium.args.filter((arg) => !NOT_HERE.test(arg)),
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
    headless: true,
  });
}

/** The package takes a browser that is there for one that is whole, so only one process may unpack it. */
async function unpacked(): Promise<string> {
  await onceInARun('chromium', async () => {
    await chromium.executablePath();
  });
  return chromium.executablePath();
}
