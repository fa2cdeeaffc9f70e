// /v1/products: what the shop sells.
import * as z from 'zod/mini';
import { keepProduct, type ProductWish } from '../../lambdas/domain/merchant-api/keep-product.ts';
import { mostChoices, mostOptions, type Product } from '../../lambdas/domain/shops/product.ts';
import {
  amount,
  amountOf,
  given,
  httpsUrl,
  idOf,
  moment,
  momentOf,
  named,
  pageAsked,
  pageBody,
  pageOf,
  pageQuery,
  readAmount,
  words,
} from './fields.ts';
import { notFound, problem, wrongField } from './problem.ts';
import {
  type ApiWorld,
  type Caller,
  done,
  nothing,
  type Result,
  type Route,
  route,
} from './route.ts';

const productId = idOf('prd');
const params = z.strictObject({ product: productId });

const option = <Choice extends z.ZodMiniType>(choice: Choice) =>
  z.strictObject({
    name: words(20),
    choices: z.array(choice).check(z.minLength(1), z.maxLength(mostChoices)),
  });

/** Null: not counted, and so never sold out. */
const stock = z.nullable(z.int().check(z.gte(0), z.lte(1_000_000)));

const product = z.strictObject({
  id: productId,
  name: z.string(),
  description: z.exactOptional(z.string()),
  image_url: z.exactOptional(z.string()),
  category: z.string(),
  sku: z.exactOptional(z.string()),
  price: amount,
  options: z.array(
    z.strictObject({
      name: z.string(),
      choices: z.array(z.strictObject({ name: z.string(), extra: amount })),
    }),
  ),
  active: z.boolean(),
  stock,
  created_at: moment,
  updated_at: moment,
});
named.add(product, { id: 'Product' });

const options = z
  .array(option(z.strictObject({ name: words(20), extra: z.exactOptional(amount) })))
  .check(z.maxLength(mostOptions));

const newProduct = z.strictObject({
  name: words(80),
  description: z.exactOptional(words(500)),
  image_url: z.exactOptional(httpsUrl),
  category: words(40),
  sku: z.exactOptional(words(64)),
  price: amount,
  options: z.exactOptional(options),
  active: z.exactOptional(z.boolean()),
  stock: z.exactOptional(stock),
});
named.add(newProduct, { id: 'NewProduct' });

/** Null takes a field away. */
const productChange = z.strictObject({
  name: z.exactOptional(words(80)),
  description: z.exactOptional(z.nullable(words(500))),
  image_url: z.exactOptional(z.nullable(httpsUrl)),
  category: z.exactOptional(words(40)),
  sku: z.exactOptional(z.nullable(words(64))),
  price: z.exactOptional(amount),
  options: z.exactOptional(options),
  active: z.exactOptional(z.boolean()),
  stock: z.exactOptional(stock),
});
named.add(productChange, { id: 'ProductChange' });

function productBody(
  { imageUrl, description, sku, ...known }: Product,
  level: number | undefined,
): z.output<typeof product> {
  return {
    id: known.id,
    name: known.name,
    ...given({ description, image_url: imageUrl, sku }),
    category: known.category,
    price: amountOf(known.price),
    options: known.options.map(({ name, choices }) => ({
      name,
      choices: choices.map((choice) => ({ name: choice.name, extra: amountOf(choice.extra) })),
    })),
    active: known.isActive,
    stock: level ?? null,
    created_at: momentOf(known.createdAtMs),
    updated_at: momentOf(known.updatedAtMs),
  };
}

function wishOf(change: z.output<typeof productChange>, { currency }: Caller['shop']): ProductWish {
  return {
    ...given({
      name: change.name,
      category: change.category,
      description: change.description,
      imageUrl: change.image_url,
      sku: change.sku,
      isActive: change.active,
      stock: change.stock,
      price: change.price === undefined ? undefined : readAmount(change.price),
      options: change.options?.map(({ name, choices }) => ({
        name,
        choices: choices.map((choice) => ({
          name: choice.name,
          extra: readAmount(choice.extra ?? { amount: 0, currency }),
        })),
      })),
    }),
  };
}

type Kept = Awaited<ReturnType<typeof keepProduct>>;

function resultOf(kept: Kept): Result<z.output<typeof product>> {
  switch (kept.kind) {
    case 'kept':
      return done(productBody(kept.product, kept.stock));
    case 'unknown':
      return notFound;
    case 'moved':
      return problem('changed_meanwhile', 'Read it again, then try once more.');
    case 'wrong':
      return wrongField(kept.field, kept.message);
  }
}

async function oneOf(world: ApiWorld, shopId: Caller['shop']['id'], id: Product['id']) {
  const [found, levels] = await Promise.all([
    world.products.get(shopId, id),
    world.stock.levels(shopId, [id]),
  ]);
  return found === undefined ? undefined : productBody(found, levels.get(id));
}

async function listOf(
  world: ApiWorld,
  { shop, query }: Caller & { readonly query: Parameters<typeof pageAsked>[0] },
) {
  const page = await world.products.ofShop(shop.id, pageAsked(query));
  const ids = page.things.map(({ id }) => id);
  const levels =
    ids.length === 0 ? new Map<Product['id'], number>() : await world.stock.levels(shop.id, ids);
  return pageBody(
    page.things.map((each) => productBody(each, levels.get(each.id))),
    page.next,
  );
}

const answer = { status: 200, schema: product } as const;

export const productRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/v1/products',
    title: 'List products',
    about: 'All of them, archived ones too, oldest first.',
    scope: 'products:read',
    params: nothing,
    query: z.strictObject(pageQuery),
    body: nothing,
    answer: { status: 200, schema: pageOf('ProductPage', product) },
    act: async (world, call) => done(await listOf(world, call)),
  }),
  route({
    method: 'POST',
    path: '/v1/products',
    title: 'Add a product',
    about: 'A category that the shop does not have yet is added to it.',
    scope: 'products:write',
    params: nothing,
    query: nothing,
    body: newProduct,
    answer: { status: 201, schema: product },
    problems: ['changed_meanwhile'],
    act: async (world, { shop, body, madeBy }) =>
      resultOf(
        await keepProduct(world, {
          shop,
          id: world.ids.derived('prd', shop.id, madeBy),
          wish: wishOf(body, shop),
          isNew: true,
        }),
      ),
  }),
  route({
    method: 'GET',
    path: '/v1/products/{product}',
    title: 'Get a product',
    scope: 'products:read',
    params,
    query: nothing,
    body: nothing,
    answer,
    act: async (
      world,
      { shop, params: { product: id } },
    ): Promise<Result<z.output<typeof product>>> => {
      const found = await oneOf(world, shop.id, id);
      return found === undefined ? notFound : done(found);
    },
  }),
  route({
    method: 'PATCH',
    path: '/v1/products/{product}',
    title: 'Change a product',
    about:
      'Only the fields that are sent. Open bills keep their prices until they are paid or quoted again.',
    scope: 'products:write',
    params,
    query: nothing,
    body: productChange,
    answer,
    problems: ['changed_meanwhile'],
    act: async (world, { shop, body, params: { product: id } }) =>
      resultOf(await keepProduct(world, { shop, id, wish: wishOf(body, shop), isNew: false })),
  }),
  route({
    method: 'DELETE',
    path: '/v1/products/{product}',
    title: 'Archive a product',
    about: 'It is kept for the orders that name it, and sold no more.',
    scope: 'products:write',
    params,
    query: nothing,
    body: nothing,
    answer,
    problems: ['changed_meanwhile'],
    act: async (world, { shop, params: { product: id } }) =>
      resultOf(await keepProduct(world, { shop, id, wish: { isActive: false }, isNew: false })),
  }),
];
