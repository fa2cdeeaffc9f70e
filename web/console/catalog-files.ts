// /console/catalog/export and /console/catalog/import: the catalog as a CSV file, and a file tried before it is written.
import { importCatalog, type ImportOutcome } from '../../lambdas/domain/console/import-catalog.ts';
import { readWholeCatalog, type WholeCatalog } from '../../lambdas/domain/console/whole-catalog.ts';
import {
  type CatalogPlan,
  changesNothing,
  csvColumns,
  type LineProblem,
  planCatalog,
  writeCatalogLines,
} from '../../lambdas/domain/shops/catalog-csv.ts';
import { type Html, html } from '../html.ts';
import type { PageAnswer } from '../page-answer.ts';
import { consolePage, ofSession, type Said } from './console-layout.ts';
import type { ConsoleAnswer, ConsoleRequest, ConsoleWorld, Visitor } from './console-world.ts';
import { largestCsvBytes, largestCsvWords, mostCsvLines, tooLargeFile } from './csv-limits.ts';
import { isNonce } from './nonce.ts';
import { packText, unpackText } from './packed-text.ts';
import { readCsv, writeCsv } from './read-csv.ts';
import { speakerOf } from './speaker-of.ts';

const path = '/console/catalog';

/** API Gateway gives up after 30 seconds; what is not done by then is done by pressing again. */
const importMs = 20_000;

/** A function answers with 6 MB at most. */
const largestExportBytes = 5_500_000;

/** Spreadsheets read a file as UTF-8 only if it says so at its beginning. */
const byteOrderMark = '\ufeff';

export async function exportCatalog(
  world: ConsoleWorld,
  _request: ConsoleRequest,
  visitor: Visitor,
): Promise<ConsoleAnswer> {
  const { products, levels } = await readWholeCatalog(world, visitor.shop.id);
  const body = byteOrderMark + writeCsv(writeCatalogLines(products, levels));
  if (Buffer.byteLength(body) > largestExportBytes) return tooLargeToExport(visitor);
  return {
    kind: 'file',
    contentType: 'text/csv; charset=utf-8',
    body,
    downloadAs: 'catalog.csv',
  };
}

function tooLargeToExport(visitor: Visitor): PageAnswer {
  return consolePage(visitor, path, {
    title: 'Too large for a file',
    status: 413,
    body: html`<section class="card"><h1>The catalog is too large for one file</h1><p>A file can have 5.5 MB at most.</p></section>`,
  });
}

export async function showImport(
  _world: ConsoleWorld,
  _request: ConsoleRequest,
  visitor: Visitor,
): Promise<PageAnswer> {
  return importPage(visitor);
}

function importPage(visitor: Visitor, said?: Said): PageAnswer {
  const tooLarge = `The file has more than ${largestCsvWords}. Divide it, and import its parts one after the other.`;
  return consolePage(visitor, path, {
    title: 'Import a catalog',
    ...(said === undefined ? {} : { said }),
    body: html`<h1>Import a catalog</h1>
<form method="post" action="${path}/import" enctype="multipart/form-data" class="card">${ofSession(visitor)}
<label class="field">CSV file <small>UTF-8, at most ${largestCsvWords} and ${mostCsvLines} lines</small><input type="file" name="file" accept=".csv,text/csv" data-most="${largestCsvBytes}" data-too-large="${tooLarge}" required></label>
<button>Try the file</button><p class="soft">Nothing is written yet: you first see line by line what would happen.</p></form>
<section class="card"><h2>What the file looks like</h2>
<p>The first line names the columns, in any order: <b>${csvColumns.join(', ')}</b>. An export has them all.</p>
<a class="button quiet" href="${path}/export" download>Export the catalog</a>
<p>A line changes the product with its <b>id</b>, else its <b>sku</b>, else its <b>name</b>; if there is none, it adds one. A column that is missing changes nothing. An empty <b>stock</b> means that it is not counted; leave the column out to keep what is left as it is.</p>
<p><b>options</b> are parted by | in a cell: “Size: Small, Large +1.00 | Milk: Whole, Oat +0.60”. Formulas are taken as text.</p></section>`,
  });
}

export async function importFile(
  world: ConsoleWorld,
  { form, files, isWhole }: ConsoleRequest,
  visitor: Visitor,
): Promise<PageAnswer> {
  const isConfirmed = form.get('do') === 'import';
  const file = files.get('file');
  if (!isWhole) return importPage(visitor, cutOff);
  if (file?.isTooLarge === true) return tooLargeFile;
  const text = isConfirmed
    ? unpackText(form.get('packed') ?? '')
    : file === undefined
      ? (form.get('file') ?? undefined)
      : textOf(file.bytes);
  if (text === null) return importPage(visitor, notText);
  if (text === undefined || text.trim() === '') return importPage(visitor, nothingSent);
  if (Buffer.byteLength(text) > largestCsvBytes) return tooLargeFile;
  const tried = await tryFile(world, visitor, text);
  if (typeof tried === 'string') return importPage(visitor, { kind: 'bad', text: tried });
  const nonce = form.get('nonce') ?? '';
  return isConfirmed && isNonce(nonce)
    ? write(world, visitor, { ...tried, text, nonce })
    : trialPage(visitor, { ...tried, text, nonce: world.tokens.newToken() });
}

/** Null for what is no text in UTF-8. */
function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

const cutOff: Said = {
  kind: 'bad',
  text: 'Only a part of the file arrived. Nothing was imported: send it once more.',
};
const notText: Said = {
  kind: 'bad',
  text: 'This file is no text in UTF-8. Save it again as “CSV UTF-8”; a spreadsheet’s own file cannot be read.',
};
const nothingSent: Said = { kind: 'bad', text: 'Choose a file that has something in it.' };

interface Tried {
  readonly plan: CatalogPlan;
  readonly catalog: WholeCatalog;
}

interface Sent extends Tried {
  readonly text: string;
  readonly nonce: string;
}

/** A sentence when the file as a whole is none of ours. */
async function tryFile(
  world: ConsoleWorld,
  visitor: Visitor,
  text: string,
): Promise<Tried | string> {
  const { lines, problems } = readCsv(text);
  if (lines.length > mostCsvLines + 1)
    return `The file has ${lines.length} lines; ${mostCsvLines} is the most at once. Divide it.`;
  const catalog = await readWholeCatalog(world, visitor.shop.id);
  const plan = planCatalog(lines, {
    ...catalog,
    speaker: await speakerOf(world, visitor),
    ownOrigin: new URL(world.publicUrl).origin,
  });
  const all = [...problems, ...plan.problems].sort((one, other) => one.line - other.line);
  return { catalog, plan: { lines: plan.lines, problems: all } };
}

function trialPage(visitor: Visitor, sent: Sent): PageAnswer {
  const { plan, catalog } = sent;
  const changing = plan.lines.filter((line) => !changesNothing(line, catalog.levels));
  const added = changing.filter(({ before }) => before === undefined).length;
  return consolePage(visitor, path, {
    title: 'Import a catalog',
    body: html`<h1>This is what would happen</h1>
<section class="card"><dl><dt>New products</dt><dd>${added}</dd><dt>Changed</dt><dd>${changing.length - added}</dd><dt>As they are</dt><dd>${plan.lines.length - changing.length}</dd><dt>Lines with a problem</dt><dd>${plan.problems.length}</dd></dl>
${changing.length === 0 ? html`<p class="soft">There is nothing to import.</p>` : confirmForm(visitor, sent, changing.length)}
<a class="button quiet" href="${path}/import">Choose another file</a></section>
${problemList(plan.problems)}`,
  });
}

function confirmForm(visitor: Visitor, { text, nonce, plan }: Sent, count: number): Html {
  const button = plan.problems.length === 0 ? `Import ${count}` : `Import the ${count} good ones`;
  return html`<form method="post" action="${path}/import">${ofSession(visitor)}<input type="hidden" name="do" value="import"><input type="hidden" name="nonce" value="${nonce}"><input type="hidden" name="packed" value="${packText(text)}"><button>${button}</button></form>`;
}

/** More than this nobody reads; mostly they are one mistake made in every line. */
const mostShown = 200;

function problemList(problems: readonly LineProblem[]): Html | undefined {
  if (problems.length === 0) return undefined;
  const rest = problems.length - mostShown;
  return html`<section class="card"><h2>Lines with a problem</h2><table><tr><th scope="col" class="narrow">Line</th><th scope="col">What is wrong</th></tr>
${problems.slice(0, mostShown).map(({ line, why }) => html`<tr><td>${line}</td><td>${why}</td></tr>`)}</table>
${rest > 0 ? html`<p class="soft">And ${rest} more.</p>` : undefined}</section>`;
}

async function write(world: ConsoleWorld, visitor: Visitor, sent: Sent): Promise<PageAnswer> {
  const outcome = await importCatalog(world, {
    shop: visitor.shop,
    lines: sent.plan.lines,
    levels: sent.catalog.levels,
    madeBy: sent.nonce,
    untilMs: world.clock.now() + importMs,
  });
  return consolePage(visitor, path, {
    title: 'Imported',
    said: resultWords(outcome),
    status: 200,
    body: html`<h1>${outcome.left === 0 ? 'Imported' : 'Not all of it yet'}</h1>
<section class="card"><dl><dt>Added</dt><dd>${outcome.added}</dd><dt>Changed</dt><dd>${outcome.changed}</dd><dt>As they were</dt><dd>${outcome.unchanged}</dd></dl>
${outcome.left === 0 ? undefined : confirmForm(visitor, sent, outcome.left)}
<a class="button quiet" href="${path}">To the catalog</a></section>
${problemList([...sent.plan.problems, ...outcome.problems])}`,
  });
}

function resultWords({ added, changed, left }: ImportOutcome): Said {
  const text = `${added} added, ${changed} changed.`;
  return left === 0
    ? { kind: 'good', text }
    : {
        kind: 'bad',
        text: `${text} There was no time for ${left} more: press once more for those.`,
      };
}
