// Writes the good lines of a catalog file, several at a time, for as long as there is time; what is left can be asked for again.
import { changesNothing, type LineProblem, type PlannedLine } from '../shops/catalog-csv.ts';
import type { ProductId } from '../shops/product.ts';
import type { Shop } from '../shops/shop.ts';
import type { World } from '../world.ts';
import { showCategories } from './change-shop.ts';
import { addProduct, editProduct } from './save-product.ts';

export interface ImportOutcome {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly problems: readonly LineProblem[];
  /** Lines that there was no time for: the same file again does those. */
  readonly left: number;
}

export interface ImportWanted {
  readonly shop: Shop;
  readonly lines: readonly PlannedLine[];
  readonly levels: ReadonlyMap<ProductId, number>;
  /** The form that said so: a form sent twice adds each product once. */
  readonly madeBy: string;
  readonly untilMs: number;
}

type ImportWorld = Pick<World, 'products' | 'stock' | 'shops' | 'clock' | 'ids'>;

const atOnce = 8;

type Written = 'added' | 'changed' | 'unchanged' | 'left' | LineProblem;

export async function importCatalog(
  world: ImportWorld,
  wanted: ImportWanted,
): Promise<ImportOutcome> {
  await showCategories(
    world,
    wanted.shop,
    wanted.lines.map(({ draft }) => draft.category),
  );
  const waiting = [...wanted.lines];
  const written: Written[] = [];
  const writeNext = async (): Promise<void> => {
    for (let line = waiting.shift(); line !== undefined; line = waiting.shift()) {
      const isLate = world.clock.now() >= wanted.untilMs;
      written.push(isLate ? 'left' : await writeLine(world, wanted, line));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, writeNext));
  return countUp(written);
}

async function writeLine(
  world: ImportWorld,
  wanted: ImportWanted,
  line: PlannedLine,
): Promise<Written> {
  if (changesNothing(line, wanted.levels)) return 'unchanged';
  const saved = await save(world, wanted, line);
  if (saved === undefined)
    return {
      line: line.line,
      why: 'Somebody else was changing this product. Import the line again.',
    };
  const { stock } = line;
  if (stock !== undefined && stock.level !== wanted.levels.get(saved))
    await world.stock.set(wanted.shop.id, saved, stock.level);
  return line.before === undefined ? 'added' : 'changed';
}

async function save(
  world: ImportWorld,
  { shop, madeBy }: ImportWanted,
  { before, draft, identity }: PlannedLine,
): Promise<ProductId | undefined> {
  const outcome =
    before === undefined
      ? await addProduct(world, shop, {
          id: world.ids.derived('prd', shop.id, madeBy, identity),
          draft,
        })
      : await editProduct(world, shop, { before, draft });
  return outcome.kind === 'saved' ? outcome.product.id : undefined;
}

function countUp(written: readonly Written[]): ImportOutcome {
  const count = (what: Written) => written.filter((each) => each === what).length;
  const problems = written.filter((each) => typeof each !== 'string');
  return {
    added: count('added'),
    changed: count('changed'),
    unchanged: count('unchanged'),
    left: count('left'),
    problems: problems.sort((one, other) => one.line - other.line),
  };
}
