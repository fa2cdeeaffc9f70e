// Writes a page's picture to docs/screenshots, when it is asked for pictures: `npm run screenshots`.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import type { Page, ViewportSize } from 'playwright-core';

const folder = fileURLToPath(new URL('../../docs/screenshots', import.meta.url));

/** `size` is the window's for the picture alone. */
export async function takePicture(page: Page, name: string, size?: ViewportSize): Promise<void> {
  if (process.env['UPDATE_SCREENSHOTS'] !== '1') return;
  mkdirSync(folder, { recursive: true });
  const before = page.viewportSize();
  if (size !== undefined) await page.setViewportSize(size);
  // The chat page's passing notice stands in front of the thread.
  await page.locator('.notice').waitFor({ state: 'hidden' });
  // A reference of many screens is shown from its beginning.
  const height = await page.locator('html').evaluate(({ scrollHeight }) => scrollHeight);
  await page.screenshot({
    path: join(folder, `${name}.png`),
    animations: 'disabled',
    caret: 'hide',
    fullPage: height < 4000,
  });
  if (size !== undefined && before !== null) await page.setViewportSize(before);
}
