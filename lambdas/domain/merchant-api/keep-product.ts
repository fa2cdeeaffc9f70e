// Adds or changes a product as its merchant's own program says, in the shop's currency and categories.
import type { Money } from '../money/money.ts';
import type { Product, ProductId, ProductOption } from '../shops/product.ts';
import type { Shop } from '../shops/shop.ts';
import type { World } from '../world.ts';

/** Null takes a field away; what is missing stays. */
export interface ProductWish {
  readonly name?: string;
  readonly description?: string | null;
  readonly imageUrl?: string | null;
  readonly category?: string;
  readonly sku?: string | null;
  readonly price?: Money;
  readonly options?: readonly ProductOption[];
  readonly isActive?: boolean;
  /** Null: no longer counted. */
  readonly stock?: number | null;
}

export type KeptProduct =
  | { readonly kind: 'kept'; readonly product: Product; readonly stock: number | undefined }
  | { readonly kind: 'unknown' | 'moved' }
  | { readonly kind: 'wrong'; readonly field: string; readonly message: string };

type ProductWorld = Pick<World, 'shops' | 'products' | 'stock' | 'clock'>;

/** What fits the quick replies of a thread, and a page of a console. */
const mostCategories = 50;

/** `isNew`: the same id again is the same product, made once. */
export async function keepProduct(
  world: ProductWorld,
  asked: {
    readonly shop: Shop;
    readonly id: ProductId;
    readonly wish: ProductWish;
    readonly isNew: boolean;
  },
): Promise<KeptProduct> {
  const { shop, id, wish, isNew } = asked;
  const wrong = whatIsWrong(shop, wish);
  if (wrong !== undefined) return { kind: 'wrong', ...wrong };
  const before = await world.products.get(shop.id, id);
  if (before === undefined && !isNew) return { kind: 'unknown' };
  if (before === undefined || !isNew) {
    const added = await addCategory(world, shop, wish.category);
    if (added === 'moved') return { kind: 'moved' };
    if (added === 'too_many') {
      return {
        kind: 'wrong',
        field: 'category',
        message: `The shop has ${mostCategories} already.`,
      };
    }
    const product = changed(world, before ?? blank(world, shop, id), wish);
    if ((await world.products.save(product, before)) === 'conflict') return { kind: 'moved' };
  }
  if (wish.stock !== undefined) await world.stock.set(shop.id, id, wish.stock ?? undefined);
  const product = await world.products.get(shop.id, id);
  const levels = await world.stock.levels(shop.id, [id]);
  return product === undefined
    ? { kind: 'unknown' }
    : { kind: 'kept', product, stock: levels.get(id) };
}

function whatIsWrong(
  { currency }: Shop,
  { price, options = [] }: ProductWish,
): { readonly field: string; readonly message: string } | undefined {
  if (price !== undefined && price.currency !== currency) {
    return { field: 'price.currency', message: `The shop sells in ${currency}.` };
  }
  if (price !== undefined && price.minor <= 0) {
    return { field: 'price.amount', message: 'A price is more than nothing.' };
  }
  for (const [index, { choices }] of options.entries()) {
    const field = `options.${index}.choices`;
    if (choices.some(({ extra }) => extra.currency !== currency)) {
      return { field, message: `The shop sells in ${currency}.` };
    }
    if (new Set(choices.map(({ name }) => name)).size < choices.length) {
      return { field, message: 'Two choices have one name.' };
    }
  }
  return new Set(options.map(({ name }) => name)).size < options.length
    ? { field: 'options', message: 'Two options have one name.' }
    : undefined;
}

async function addCategory(
  world: ProductWorld,
  shop: Shop,
  category: string | undefined,
): Promise<'there' | 'moved' | 'too_many'> {
  if (category === undefined || shop.categories.includes(category)) return 'there';
  if (shop.categories.length >= mostCategories) return 'too_many';
  const categories = [...shop.categories, category];
  const grown = { ...shop, version: shop.version + 1, categories };
  return (await world.shops.save(grown, shop)) === 'saved' ? 'there' : 'moved';
}

function blank(world: ProductWorld, shop: Shop, id: ProductId): Product {
  const nowMs = world.clock.now();
  return {
    id,
    shopId: shop.id,
    version: 0,
    name: '',
    category: '',
    price: { minor: 0, currency: shop.currency },
    options: [],
    isActive: true,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  };
}

function changed(world: ProductWorld, before: Product, wish: ProductWish): Product {
  const { description, imageUrl, sku, ...kept } = before;
  return {
    ...kept,
    version: before.version + 1,
    updatedAtMs: world.clock.now(),
    name: wish.name ?? before.name,
    category: wish.category ?? before.category,
    price: wish.price ?? before.price,
    options: wish.options ?? before.options,
    isActive: wish.isActive ?? before.isActive,
    ...described(wish.description === undefined ? description : wish.description),
    ...pictured(wish.imageUrl === undefined ? imageUrl : wish.imageUrl),
    ...numbered(wish.sku === undefined ? sku : wish.sku),
  };
}

type Text = string | null | undefined;

const described = (description: Text) => (isText(description) ? { description } : {});
const pictured = (imageUrl: Text) => (isText(imageUrl) ? { imageUrl } : {});
const numbered = (sku: Text) => (isText(sku) ? { sku } : {});

function isText(text: Text): text is string {
  return text !== undefined && text !== null;
}
