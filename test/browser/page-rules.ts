// What every page of ours keeps to, looked up in the page as it is drawn: it fits, can be tapped, read, and told apart by ear.
import type { Page } from 'playwright-core';

/** As much of a browser's element as these rules look at. */
interface Drawn {
  readonly tagName: string;
  readonly textContent: string;
  readonly ariaLabel: string | null;
  readonly name?: string;
  readonly labels?: Iterable<Drawn> | null;
  readonly parentElement: Drawn | null;
  readonly childNodes: Iterable<{ readonly nodeType: number; readonly textContent: string }>;
  readonly ownerDocument: { readonly defaultView: View };
  closest(selector: string): Drawn | null;
  matches(selector: string): boolean;
  checkVisibility(): boolean;
  getBoundingClientRect(): { readonly width: number; readonly height: number };
}

interface View {
  getComputedStyle(element: Drawn): {
    readonly color: string;
    readonly backgroundColor: string;
    readonly outlineStyle: string;
  };
}

interface DrawnPage {
  readonly lang: string;
  readonly scrollWidth: number;
  readonly clientWidth: number;
  readonly ownerDocument: {
    readonly title: string;
    readonly defaultView: View;
  };
  querySelectorAll(selector: string): Iterable<Drawn> & { readonly length: number };
}

/** What is wrong, in words; nothing when the page is as it should be. Ends in the light. */
export async function brokenRules(page: Page): Promise<string[]> {
  const title = await page.title();
  const broken = await notReachedByTab(page);
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    const html = page.locator('html');
    for (const rule of [frameOfPage, sizes, names, contrasts])
      broken.push(...(await html.evaluate(rule)));
  }
  return broken.map((problem) => `${title}: ${problem}`);
}

/** What Tab does not reach from the top of the page, or reaches without showing it. */
async function notReachedByTab(page: Page): Promise<string[]> {
  // Of radio buttons, only the chosen one is a stop. One press more than stops: leaving the last one may lead out of the page.
  // What is folded away is none until it is unfolded.
  const stops = page
    .locator(
      'a, button, select, textarea, summary, input:not([type=hidden], [type=radio]:not(:checked))',
    )
    .filter({ visible: true });
  const count = await stops.count();
  const reached = new Set<number>();
  for (let press = 0; press <= count; press += 1) {
    await page.keyboard.press('Tab');
    reached.add(await stops.evaluateAll(indexOfFocused));
  }
  const all = await stops.evaluateAll(wordsOfEach);
  return all.flatMap((words, index) => (reached.has(index) ? [] : [`Tab misses “${words}”`]));
}

// These run in the browser, so each carries all that it needs.

function indexOfFocused(stops: readonly Drawn[]): number {
  return stops.findIndex(
    (stop) =>
      stop.matches(':focus-visible') &&
      stop.ownerDocument.defaultView.getComputedStyle(stop).outlineStyle !== 'none',
  );
}

function wordsOfEach(stops: readonly Drawn[]): string[] {
  return stops.map(({ textContent, name }) => (textContent || (name ?? '')).trim());
}

function frameOfPage(html: DrawnPage): string[] {
  const page = html.ownerDocument;
  return [
    html.scrollWidth > html.clientWidth &&
      `scrolls sideways by ${html.scrollWidth - html.clientWidth} px`,
    html.lang !== 'en' && 'does not tell its language',
    page.title.length < 5 && 'has no title',
    html.querySelectorAll('main').length !== 1 && 'has no one main part',
    html.querySelectorAll('h1').length !== 1 &&
      `has ${html.querySelectorAll('h1').length} first headings`,
  ].filter((problem) => problem !== false);
}

/** 44 px each way, as Apple and WCAG 2.5.5 have it; a choice is tapped anywhere on its label. */
function sizes(html: DrawnPage): string[] {
  const controls = html.querySelectorAll(
    'a, button, select, textarea, summary, input:not([type=hidden])',
  );
  const drawn = [...controls].filter((control) => control.checkVisibility());
  return drawn.flatMap((control) => {
    const { width, height } = (control.closest('label.choice') ?? control).getBoundingClientRect();
    const words = (control.textContent || (control.name ?? '')).trim();
    return width >= 44 && height >= 44 ? [] : [`“${words}” is ${width} × ${height} px`];
  });
}

function names(html: DrawnPage): string[] {
  const fields = [...html.querySelectorAll('select, textarea, input:not([type=hidden])')];
  const labelled = (field: Drawn) =>
    [...(field.labels ?? [])].some((label) => label.textContent.trim() !== '');
  const unlabelled = fields.filter((field) => !labelled(field));
  const silent = [...html.querySelectorAll('a, button')].filter(
    (control) => (control.ariaLabel ?? control.textContent).trim() === '',
  );
  return [
    ...unlabelled.map((field) => `the field ${field.name} has no label`),
    ...silent.map((control) => `a ${control.tagName} has no name`),
  ];
}

/** 4.5 : 1 for every text (WCAG 1.4.3), against the first background behind it. */
function contrasts(html: DrawnPage): string[] {
  const view = html.ownerDocument.defaultView;
  const channels = (color: string) => (color.match(/[\d.]+/gu) ?? []).map(Number);
  const luminance = (color: string) => {
    const [red = 0, green = 0, blue = 0] = channels(color).map((channel) => {
      const part = channel / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const backgroundOf = (element: Drawn | null): string => {
    if (element === null) return 'rgb(255, 255, 255)';
    const { backgroundColor } = view.getComputedStyle(element);
    const [, , , opacity = 1] = channels(backgroundColor);
    return opacity === 0 ? backgroundOf(element.parentElement) : backgroundColor;
  };
  const hasWords = (element: Drawn) =>
    [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '');
  return [...html.querySelectorAll('body *')].filter(hasWords).flatMap((element) => {
    const inks = [view.getComputedStyle(element).color, backgroundOf(element)].map(luminance);
    const ratio = (Math.max(...inks) + 0.05) / (Math.min(...inks) + 0.05);
    return ratio >= 4.5
      ? []
      : [`“${element.textContent.trim()}” has a contrast of ${ratio.toFixed(1)}`];
  });
}
