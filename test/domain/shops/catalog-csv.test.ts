// A catalog as a file and back: nothing is lost, nothing runs, and a broken line spoils no other.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldsOf } from '../../../lambdas/domain/console/product-fields.ts';
import {
  changesNothing,
  csvColumns,
  planCatalog,
  writeCatalogLines,
} from '../../../lambdas/domain/shops/catalog-csv.ts';
import type { Product, ProductId } from '../../../lambdas/domain/shops/product.ts';
import { readCsv, writeCsv } from '../../../web/console/read-csv.ts';
import { aProduct } from '../../builders/shops.ts';

const speaker = { locale: 'en-US', currency: 'USD' } as const;
const ownOrigin = 'https://tender.example';

const usd = (minor: number) => ({ minor, currency: 'USD' }) as const;

/** Text as people, spreadsheets and attackers write it, in one line and trimmed. */
const words = (maxLength: number) =>
  fc
    .oneof(
      fc.string({ minLength: 1, maxLength }),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: Math.floor(maxLength / 8) }),
      fc
        .tuple(
          fc.constantFrom('=', '+', '-', '@', "'", "'=", "''-", '"', ',', ';', '\\', '|', ':'),
          fc.string({ maxLength: maxLength - 3 }),
        )
        .map(([sign, rest]) => sign + rest),
    )
    .map((text) => fieldText(text))
    .filter((text) => text !== '' && text.length <= maxLength);

/** What a field keeps of a text: the same as the reader of fields does. */
function fieldText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/[\p{Cc}\p{Co}\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .trim();
}

const choices = fc.uniqueArray(
  fc.record({ name: words(40), extra: fc.integer({ min: 0, max: 99_999 }).map(usd) }),
  { minLength: 1, maxLength: 5, selector: ({ name }) => name.toLowerCase() },
);

const options = fc.uniqueArray(fc.record({ name: words(40), choices }), {
  maxLength: 4,
  selector: ({ name }) => name.toLowerCase(),
});

const product = fc
  .record(
    {
      name: words(80),
      category: words(40),
      description: words(300),
      sku: words(60),
      imageUrl: fc.constantFrom('https://example.com/a.jpg', 'https://example.com/=1+1?a,b;c'),
      price: fc.integer({ min: 1, max: 999_999 }).map(usd),
      options,
      isActive: fc.boolean(),
    },
    { requiredKeys: ['name', 'category', 'price', 'options', 'isActive'] },
  )
  .map((changes) => aProduct(changes));

const catalog = fc.uniqueArray(product, {
  maxLength: 12,
  selector: ({ sku, name }) => `${sku ?? ''} ${name.toLowerCase()}`,
  comparator: (one, other) => one === other,
});

/** Ids, SKUs and names by which each product is known apart. */
function areApart(products: readonly Product[]): boolean {
  const skus = products.flatMap(({ sku }) => (sku === undefined ? [] : [sku]));
  const names = products.map(({ name }) => name.toLowerCase());
  return new Set(skus).size === skus.length && new Set(names).size === names.length;
}

const planOf = (
  text: string,
  products: readonly Product[],
  levels = new Map<ProductId, number>(),
) => planCatalog(readCsv(text).lines, { products, levels, speaker, ownOrigin });

describe('a catalog', () => {
  it('comes back from its file as it was, whatever is written in it', () => {
    fc.assert(
      fc.property(catalog.filter(areApart), fc.array(fc.nat(999_999)), (products, counts) => {
        const levels = new Map(
          products.flatMap(({ id }, index) => {
            const count = counts[index];
            return count === undefined ? [] : [[id, count] as const];
          }),
        );

        const plan = planOf(writeCsv(writeCatalogLines(products, levels)), products, levels);

        expect(plan.problems).toEqual([]);
        expect(plan.lines).toHaveLength(products.length);
        for (const line of plan.lines) expect(changesNothing(line, levels)).toBe(true);
      }),
    );
  });

  it('comes into another shop as it was, without its ids', () => {
    fc.assert(
      fc.property(catalog.filter(areApart), (products) => {
        const lines = writeCatalogLines(products, new Map());
        const withoutIds = lines.map((cells) => cells.slice(1));

        const plan = planOf(writeCsv(withoutIds), []);

        expect(plan.problems).toEqual([]);
        expect(plan.lines.map(({ draft }) => fieldsOf(draft))).toEqual(products.map(fieldsOf));
      }),
    );
  });

  it('has no cell that a spreadsheet would run', () => {
    fc.assert(
      fc.property(catalog, (products) => {
        for (const line of writeCatalogLines(products, new Map()))
          for (const cell of line) expect(cell).not.toMatch(/^[=+\-@\t\r]/u);
      }),
    );
  });
});

describe('any file at all', () => {
  it('is read to its end, each line good or told', () => {
    const cell = fc.oneof(
      fc.string(),
      fc.constantFrom('', '"', '""', '=1+1', '3.50', 'yes', '\n', ',', 'prd_x'),
    );
    const file = fc.array(fc.array(cell, { maxLength: 12 }), { maxLength: 30 });
    fc.assert(
      fc.property(file, fc.boolean(), (lines, isQuoted) => {
        const text = `${csvColumns.join(',')}\n${
          isQuoted ? writeCsv(lines) : lines.map((each) => each.join(',')).join('\n')
        }`;

        const { problems } = readCsv(text);
        const plan = planOf(text, []);

        for (const { line, why } of [...problems, ...plan.problems]) {
          expect(line).toBeGreaterThan(0);
          expect(why).toMatch(/\.$/u);
        }
        for (const { draft } of plan.lines) expect(draft.price.minor).toBeGreaterThan(0);
      }),
    );
  });
});

describe('a file with a broken line in the middle', () => {
  const good = 'name,category,price,stock\nLatte,Coffee,3.50,\n';

  it.each([
    ['a mark amid a cell', 'Flat "white",Coffee,4.00,\n', 'A quotation mark stands amid a cell'],
    ['no price', 'Flat white,Coffee,,\n', 'price: An amount is missing.'],
    ['a price that is none', 'Flat white,Coffee,cheap,\n', 'price: “cheap” is not an amount'],
    ['a price in another currency', 'Flat white,Coffee,€4,\n', 'price: “€4” is not in USD.'],
    ['no category', 'Flat white,,4.00,\n', 'category: A category is missing.'],
    ['too many cells', 'Flat white,Coffee,4.00,,more\n', 'more cells than columns'],
    ['half a thing', 'Flat white,Coffee,4.00,1.5\n', 'stock: Write a whole number'],
    ['the same product again', 'LATTE,Coffee,4.00,\n', 'the same product as in line 2'],
  ])('(%s) tells that line and keeps the others', (_, broken, why) => {
    const text = `${good}${broken}Mocha,Coffee,5.00,7\n`;

    const problems = [...readCsv(text).problems, ...planOf(text, []).problems];

    expect(problems).toMatchObject([{ line: 3 }]);
    expect(problems[0]?.why).toContain(why);
    expect(planOf(text, []).lines.map(({ draft }) => draft.name)).toEqual(['Latte', 'Mocha']);
  });

  it('tells where a quotation mark was opened that nobody closed', () => {
    const { lines, problems } = readCsv(`${good}"Flat white,Coffee,4.00\nMocha,Coffee,5.00,7\n`);

    expect(lines).toHaveLength(2);
    expect(problems).toMatchObject([{ line: 3, why: expect.stringContaining('never closed') }]);
  });
});

describe('a header', () => {
  it.each([
    ['', 'must name the columns'],
    ['a,b\n1,2', 'must name the columns'],
    ['name,Name,price\nx,y,1', 'there twice'],
    ['category,price\nCoffee,1', 'by which to know a product'],
  ])('that says too little is told: %j', (text, why) => {
    expect(planOf(text, [])).toMatchObject({
      lines: [],
      problems: [{ line: 1, why: expect.stringContaining(why) }],
    });
  });

  it('may come from any spreadsheet: with its mark, its semicolons, its capitals and columns of its own', () => {
    const plan = planOf('\ufeffName;Our notes;Category;PRICE\r\nLatte;x;Coffee;3,50\r\n', []);

    expect(plan.problems).toEqual([]);
    expect(plan.lines[0]?.draft).toMatchObject({ name: 'Latte', price: usd(350) });
  });
});

describe('a line', () => {
  const latte = aProduct({ name: 'Latte', sku: 'L1', description: 'Milky' });

  it.each([
    ['its id', `id,price\n${latte.id},5.00`],
    ['its sku', 'sku,price\nL1,5.00'],
    ['its name in any case', 'name,price\nlatte,5.00'],
  ])(
    'changes the product that it knows by %s, and leaves alone what it does not name',
    (_, text) => {
      const { lines, problems } = planOf(text, [latte]);

      expect(problems).toEqual([]);
      expect(lines).toMatchObject([
        { before: { id: latte.id }, draft: { sku: 'L1', description: 'Milky', price: usd(500) } },
      ]);
      expect(lines[0]).not.toHaveProperty('stock');
    },
  );

  it('with another shop’s id is told as one with no id of anybody', () => {
    const [theirs, none] = ['prd_theirs', 'prd_none'].map((id) =>
      planOf(`id,name,category,price\n${id},Tea,Tea,1.00`, [latte]),
    );

    expect(theirs).toEqual(none);
    expect(theirs?.problems[0]?.why).toContain('no product with this id');
  });
});
