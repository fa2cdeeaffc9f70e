// A shop's catalog as the lines of a CSV file, and a file's lines as changes of the catalog, each judged by itself.
import {
  fieldsOf,
  noFields,
  type ProductDraft,
  type ProductFields,
  type ReadingFor,
  readProductFields,
} from '../console/product-fields.ts';
import type { Product, ProductId } from './product.ts';

export const csvColumns = [
  'id',
  'sku',
  'name',
  'description',
  'category',
  'price',
  'options',
  'image_url',
  'active',
  'stock',
] as const;

type Column = (typeof csvColumns)[number];

/** A line of a file as its reader parted it; `line` counts from 1, the header's. */
export interface CsvLine {
  readonly line: number;
  readonly cells: readonly string[];
}

export interface LineProblem {
  readonly line: number;
  readonly why: string;
}

export interface PlannedLine {
  readonly line: number;
  readonly before?: Product;
  readonly draft: ProductDraft;
  /** Makes the id of a new product, the same one each time the file is read. */
  readonly identity: string;
  /** Only where the file has the column; no level: no longer counted. */
  readonly stock?: { readonly level?: number };
}

export interface CatalogPlan {
  readonly lines: readonly PlannedLine[];
  readonly problems: readonly LineProblem[];
}

export interface CatalogNow extends ReadingFor {
  readonly products: readonly Product[];
  readonly levels: ReadonlyMap<ProductId, number>;
}

/** The header and a line a product, each cell so that no spreadsheet takes it for a formula. */
export function writeCatalogLines(
  products: readonly Product[],
  levels: ReadonlyMap<ProductId, number>,
): string[][] {
  const lines = products.map((product) => {
    const { imageUrl, ...fields } = fieldsOf(product);
    const cells: Record<Column, string> = {
      ...fields,
      id: product.id,
      image_url: imageUrl,
      stock: String(levels.get(product.id) ?? ''),
    };
    return csvColumns.map((column) => asText(cells[column]));
  });
  return [[...csvColumns], ...lines];
}

/** What begins so is run by spreadsheets; an apostrophe before it makes it text. */
const formula = /^'*[=+\-@\t\r]/u;

/** Also where an apostrophe stands there already, so that taking one away gives back what was written. */
function asText(cell: string): string {
  return formula.test(cell) ? `'${cell}` : cell;
}

function fromText(cell: string): string {
  return cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;
}

/**
 * A good line adds a product or changes one: that of its id, else of its sku, else of its name. A column that the file
 * does not have changes nothing. A broken line is told and keeps no other from being good.
 */
export function planCatalog(lines: readonly CsvLine[], now: CatalogNow): CatalogPlan {
  const [header, ...rest] = lines;
  const columns = readHeader(header);
  if (typeof columns === 'string') return { lines: [], problems: [{ line: 1, why: columns }] };
  const known = lookUps(now.products);
  const planned: PlannedLine[] = [];
  const problems: LineProblem[] = [];
  const takenBy = new Map<string, number>();
  for (const { line, cells } of rest) {
    const cellOf = readCells(columns, cells);
    const plan = planLine(cellOf, known, now);
    const twice = typeof plan === 'string' ? undefined : takenBy.get(plan.identity);
    if (cells.length > columns.length)
      problems.push({ line, why: 'There are more cells than columns.' });
    else if (typeof plan === 'string') problems.push({ line, why: plan });
    else if (twice !== undefined)
      problems.push({ line, why: `This is the same product as in line ${twice}.` });
    else {
      takenBy.set(plan.identity, line);
      planned.push({ ...plan, line });
    }
  }
  return { lines: planned, problems };
}

/** Whether a line leaves everything as it is. */
export function changesNothing(line: PlannedLine, levels: ReadonlyMap<ProductId, number>): boolean {
  const { before, draft, stock } = line;
  if (before === undefined) return false;
  if (stock !== undefined && stock.level !== levels.get(before.id)) return false;
  return JSON.stringify(fieldsOf(before)) === JSON.stringify(fieldsOf(draft));
}

function readHeader(header: CsvLine | undefined): readonly (Column | undefined)[] | string {
  const names = (header?.cells ?? []).map((cell) =>
    cell.trim().toLowerCase().replaceAll(/[\s-]/gu, '_'),
  );
  const columns = names.map((name) => csvColumns.find((column) => column === name));
  const found = columns.filter((column) => column !== undefined);
  if (found.length === 0) return `The first line must name the columns: ${csvColumns.join(', ')}.`;
  if (new Set(found).size < found.length) return 'A column is there twice.';
  const isFindable = found.some((column) => ['id', 'sku', 'name'].includes(column));
  return isFindable ? columns : 'A column is missing by which to know a product: name, sku or id.';
}

type Cells = ReadonlyMap<Column, string>;

function readCells(columns: readonly (Column | undefined)[], cells: readonly string[]): Cells {
  return new Map(
    columns.flatMap((column, index) => {
      const cell = cells[index];
      return column === undefined || cell === undefined ? [] : [[column, fromText(cell)] as const];
    }),
  );
}

type LookUps = ReadonlyMap<string, Product>;

function lookUps(products: readonly Product[]): LookUps {
  return new Map(
    products.flatMap((product) => [
      [nameKey(product.name), product] as const,
      ...(product.sku === undefined ? [] : [[skuKey(product.sku), product] as const]),
      [idKey(product.id), product] as const,
    ]),
  );
}

const idKey = (id: string) => `id:${id}`;
const skuKey = (sku: string) => `sku:${sku}`;
const nameKey = (name: string) => `name:${name.toLowerCase()}`;

function planLine(
  cells: Cells,
  known: LookUps,
  now: CatalogNow,
): Omit<PlannedLine, 'line'> | string {
  const before = findBefore(cells, known);
  if (before === 'unknown')
    return 'There is no product with this id. Leave it empty for a new one.';
  const base = before === undefined ? noFields : fieldsOf(before);
  const read = readProductFields(overlay(base, cells), now);
  if (read.kind === 'wrong') {
    return Object.entries(read.problems)
      .map(([field, why]) => `${field === 'imageUrl' ? 'image_url' : field}: ${why}`)
      .join(' ');
  }
  const stock = readStock(cells.get('stock'));
  if (stock === 'wrong') return 'stock: Write a whole number from 0 to 999999, or nothing.';
  const { draft } = read;
  const identity =
    before?.id ?? (draft.sku === undefined ? nameKey(draft.name) : skuKey(draft.sku));
  return {
    identity,
    draft,
    ...(before === undefined ? {} : { before }),
    ...(stock === undefined ? {} : { stock }),
  };
}

function findBefore(cells: Cells, known: LookUps): Product | 'unknown' | undefined {
  const id = (cells.get('id') ?? '').trim();
  if (id !== '') return known.get(idKey(id)) ?? 'unknown';
  const sku = (cells.get('sku') ?? '').trim();
  if (sku !== '') return known.get(skuKey(sku));
  const name = (cells.get('name') ?? '').trim();
  const named = name === '' ? undefined : known.get(nameKey(name));
  return named;
}

function overlay(base: ProductFields, cells: Cells): ProductFields {
  return {
    name: cells.get('name') ?? base.name,
    description: cells.get('description') ?? base.description,
    category: cells.get('category') ?? base.category,
    sku: cells.get('sku') ?? base.sku,
    price: cells.get('price') ?? base.price,
    options: cells.get('options') ?? base.options,
    imageUrl: cells.get('image_url') ?? base.imageUrl,
    active: cells.get('active') ?? base.active,
  };
}

function readStock(cell: string | undefined): { level?: number } | 'wrong' | undefined {
  if (cell === undefined) return undefined;
  const text = cell.trim();
  if (text === '') return {};
  return /^\d{1,6}$/u.test(text) ? { level: Number(text) } : 'wrong';
}
