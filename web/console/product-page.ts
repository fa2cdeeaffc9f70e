// /console/catalog/new and /console/catalog/{product}: one product, its stock, and off the shelf and back.
import { dropPictureOf } from '../../lambdas/domain/console/keep-picture.ts';
import { addProduct, editProduct } from '../../lambdas/domain/console/save-product.ts';
import {
  fieldsOf,
  noFields,
  type ProductDraft,
} from '../../lambdas/domain/console/product-fields.ts';
import { mayActAs } from '../../lambdas/domain/console/roles.ts';
import { isProductId, type Product } from '../../lambdas/domain/shops/product.ts';
import { productLink } from '../../lambdas/domain/shops/shop-refs.ts';
import { type Html, html } from '../html.ts';
import type { PageAnswer } from '../page-answer.ts';
import { consolePage, doneWords, type Said } from './console-layout.ts';
import type { ConsoleRequest, ConsoleWorld, Visitor } from './console-world.ts';
import { notFound } from './door.ts';
import { isNonce } from './nonce.ts';
import { productFacts, productForm, shelfForms, type TypedProduct } from './product-forms.ts';
import { readProductForm } from './read-product-form.ts';

const path = '/console/catalog';

export async function showNewProduct(
  world: ConsoleWorld,
  _request: ConsoleRequest,
  visitor: Visitor,
): Promise<PageAnswer> {
  return newProductPage(visitor, { fields: noFields }, world.tokens.newToken());
}

function newProductPage(visitor: Visitor, typed: TypedProduct, nonce: string): PageAnswer {
  return consolePage(visitor, path, {
    title: 'New product',
    ...(typed.problems === undefined ? {} : { said: lookAgain }),
    body: html`<h1>New product</h1>${productForm(visitor, typed, html`<input type="hidden" name="nonce" value="${nonce}"><button>Add to the catalog</button>`)}`,
  });
}

const lookAgain: Said = { kind: 'bad', text: 'Nothing was saved. Please look at what is marked.' };

export async function makeProduct(
  world: ConsoleWorld,
  request: ConsoleRequest,
  visitor: Visitor,
): Promise<PageAnswer> {
  const nonce = request.form.get('nonce') ?? '';
  const { fields, ...read } = await readProductForm(world, request, visitor);
  if (read.kind === 'wrong')
    return newProductPage(visitor, { fields, problems: read.problems }, world.tokens.newToken());
  if (!isNonce(nonce)) return newProductPage(visitor, { fields }, world.tokens.newToken());
  // From the form: sent twice, it makes one product.
  const id = world.ids.derived('prd', visitor.shop.id, nonce);
  const saved = await addProduct(world, visitor.shop, { id, draft: read.draft });
  if (saved.kind === 'changed_meanwhile') throw new Error('A new product conflicts with none.');
  return { kind: 'redirect', to: `${world.publicUrl}${path}/${id}?done=added` };
}

export async function showProduct(
  world: ConsoleWorld,
  request: ConsoleRequest,
  visitor: Visitor,
): Promise<PageAnswer> {
  const product = await productOf(world, request, visitor);
  if (product === undefined) return notFound(visitor, path);
  return productPage(world, visitor, { product, ...doneWords(done, request.query) });
}

const done = {
  added: 'Added. It can be bought in the thread now.',
  saved: 'Saved.',
  archived: 'Archived: it is sold no more. You can put it back below.',
  restored: 'It is on sale again.',
} as const;

async function productOf(
  world: Pick<ConsoleWorld, 'products'>,
  request: ConsoleRequest,
  visitor: Visitor,
): Promise<Product | undefined> {
  const id = request.params['product'] ?? '';
  return isProductId(id) ? world.products.get(visitor.shop.id, id) : undefined;
}

interface ShownProduct {
  readonly product: Product;
  readonly typed?: TypedProduct;
  readonly said?: Said;
}

async function productPage(
  world: ConsoleWorld,
  visitor: Visitor,
  { product, typed, said }: ShownProduct,
): Promise<PageAnswer> {
  const level = (await world.stock.levels(visitor.shop.id, [product.id])).get(product.id);
  const version = html`<input type="hidden" name="version" value="${product.version}"><input type="hidden" name="do" value="save"><button>Save</button>`;
  const mayEdit = mayActAs(visitor.member.role, 'staff');
  return consolePage(visitor, path, {
    title: product.name,
    ...(said === undefined ? {} : { said }),
    body: html`<div class="head"><h1>${product.name}</h1>${product.isActive ? undefined : html`<span class="pill">Archived</span>`}</div>
<div class="columns"><div>${mayEdit ? productForm(visitor, typed ?? { fields: fieldsOf(product) }, version) : productFacts(visitor, fieldsOf(product), level)}</div>
<div>${shelfForms(visitor, product, { level, mayEdit })}${linkTo(visitor, product)}</div></div>`,
  });
}

/** For the shop's own pages, posters and posts. */
function linkTo({ shop }: Visitor, { id, isActive }: Product): Html | undefined {
  if (!isActive) return undefined;
  return html`<section class="card"><h2>Link to it</h2><label class="field">Opens this product in your thread<input type="text" readonly value="${productLink(shop.pageId, id)}"></label></section>`;
}

export async function changeProduct(
  world: ConsoleWorld,
  request: ConsoleRequest,
  visitor: Visitor,
): Promise<PageAnswer> {
  const product = await productOf(world, request, visitor);
  if (product === undefined) return notFound(visitor, path);
  switch (request.form.get('do') ?? '') {
    case 'save':
      return saveFields(world, request, { visitor, product });
    case 'stock':
      return saveStock(world, request, { visitor, product });
    case 'archive':
      return keep(world, { visitor, product }, { ...product, isActive: false });
    case 'restore':
      return keep(world, { visitor, product }, { ...product, isActive: true });
    default:
      return productPage(world, visitor, {
        product,
        said: { kind: 'bad', text: 'Nothing was done.' },
      });
  }
}

interface Edited {
  readonly visitor: Visitor;
  readonly product: Product;
}

async function saveFields(
  world: ConsoleWorld,
  request: ConsoleRequest,
  { visitor, product }: Edited,
): Promise<PageAnswer> {
  const { fields, ...read } = await readProductForm(world, request, visitor);
  if (read.kind === 'wrong') {
    const typed = { fields, problems: read.problems };
    return productPage(world, visitor, { product, typed, said: lookAgain });
  }
  if (request.form.get('version') !== String(product.version))
    return changedMeanwhile(world, { visitor, product });
  return keep(world, { visitor, product }, { ...read.draft, isActive: product.isActive });
}

async function keep(
  world: ConsoleWorld,
  { visitor, product }: Edited,
  draft: ProductDraft,
): Promise<PageAnswer> {
  const saved = await editProduct(world, visitor.shop, { before: product, draft });
  // Of the two pictures, the one that is shown no more: the old one, or one that came too late.
  const isSaved = saved.kind === 'saved';
  if (draft.imageUrl !== product.imageUrl)
    await dropPictureOf(world, isSaved ? product : { ...product, ...draft });
  if (saved.kind === 'changed_meanwhile')
    return changedMeanwhile(world, { visitor, product: saved.product ?? product });
  const isMoved = draft.isActive !== product.isActive;
  const what = isMoved ? (draft.isActive ? 'restored' : 'archived') : 'saved';
  return { kind: 'redirect', to: `${world.publicUrl}${path}/${product.id}?done=${what}` };
}

async function changedMeanwhile(world: ConsoleWorld, edited: Edited): Promise<PageAnswer> {
  const text = 'Somebody else changed this product meanwhile. This is how it stands now.';
  return productPage(world, edited.visitor, {
    product: edited.product,
    said: { kind: 'bad', text },
  });
}

async function saveStock(
  world: ConsoleWorld,
  { form }: ConsoleRequest,
  { visitor, product }: Edited,
): Promise<PageAnswer> {
  const typed = (form.get('level') ?? '').trim();
  if (!/^\d{0,6}$/u.test(typed)) {
    const text = 'Write how many are left, from 0 to 999999, or nothing if you do not count them.';
    return productPage(world, visitor, { product, said: { kind: 'bad', text } });
  }
  await world.stock.set(visitor.shop.id, product.id, typed === '' ? undefined : Number(typed));
  return { kind: 'redirect', to: `${world.publicUrl}${path}/${product.id}?done=saved` };
}
