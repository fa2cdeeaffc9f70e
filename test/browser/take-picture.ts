// Writes a page's picture to docs/screenshots, when it is asked for pictures: `npm run screenshots`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import type { Page, ViewportSize } from 'playwright-core';

const folder = fileURLToPath(new URL('../../docs/screenshots', import.meta.url));

/** Bytes; what is heavier is too long to be looked at in a document. */
const heaviest = 195_000;

/** `size` is the window's for the picture alone. */
export async function takePicture(page: Page, name: string, size?: ViewportSize): Promise<void> {
  if (process.env['UPDATE_SCREENSHOTS'] !== '1') return;
  mkdirSync(folder, { recursive: true });
  const before = page.viewportSize();
  if (size !== undefined) await page.setViewportSize(size);
  // The chat page's passing notice stands in front of the thread.
  await page.locator('.notice').waitFor({ state: 'hidden' });
  const taken = (fullPage: boolean) =>
    page.screenshot({ animations: 'disabled', caret: 'hide', fullPage });
  // A reference of many screens is shown from its beginning.
  const height = await page.locator('html').evaluate(({ scrollHeight }) => scrollHeight);
  const whole = await taken(height < 5000);
  const picture = whole.length > heaviest ? await taken(false) : whole;
  writeFileSync(join(folder, `${name}.png`), picture);
  if (size !== undefined && before !== null) await page.setViewportSize(before);
}
