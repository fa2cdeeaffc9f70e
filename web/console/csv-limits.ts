// How large a catalog file may be: what fits into one call of a function, with the form around it.
import { outsidePage } from './console-layout.ts';
import { html } from '../html.ts';

/** A function takes 6 MB a call, and a file travels there as base64, a third larger. */
export const largestCsvBytes = 4_000_000;
export const largestCsvWords = '4 MB';

/** So many products are read, compared and written within one call. */
export const mostCsvLines = 10_000;

export const tooLargeFile = outsidePage({
  title: 'The file is too large',
  text: `A catalog file may have ${largestCsvWords} at most. Nothing was imported: divide the file and import its parts one after the other.`,
  status: 413,
  more: html`<a class="button quiet" href="/console/catalog/import">Back</a>`,
});
