// /console/catalog: what the shop sells, by pages or by a word.
import type { Page } from '../../lambdas/domain/shops/ports.ts';
import type { Product, ProductId } from '../../lambdas/domain/shops/product.ts';
import { foldWords } from '../../lambdas/domain/shops/search-words.ts';
import { mayActAs } from '../../lambdas/domain/console/roles.ts';
import { type Html, html } from '../html.ts';
import type { PageAnswer } from '../page-answer.ts';
import { consolePage } from './console-layout.ts';
import type { ConsoleRequest, ConsoleWorld, Visitor } from './console-world.ts';
import { price } from './order-words.ts';

const path = '/console/catalog';
const pageSize = 50;

export async function listCatalog(
  world: ConsoleWorld,
  request: ConsoleRequest,
  visitor: Visitor,
): Promise<PageAnswer> {
  const wanted = (request.query['q'] ?? '').trim().slice(0, 100);
  const { things, next } = await read(world, request, { visitor, wanted });
  const levels = await world.stock.levels(
    visitor.shop.id,
    things.map(({ id }) => id),
  );
  return consolePage(visitor, path, {
    title: 'Catalog',
    body: html`<div class="head"><h1>Catalog</h1>${tools(visitor)}</div>
<form class="inline" method="get" action="${path}" role="search"><label class="field">Search by name or category<input type="search" name="q" value="${wanted}" maxlength="100"></label><button class="quiet">Search</button></form>
<p></p>
${things.length === 0 ? empty(wanted) : html`<ol class="list pictured">${things.map((product) => row(product, levels))}</ol>`}
${next === undefined ? undefined : html`<p class="more"><a href="${path}?${new URLSearchParams({ after: next }).toString()}">More products</a></p>`}`,
  });
}

async function read(
  world: ConsoleWorld,
  request: ConsoleRequest,
  { visitor, wanted }: { readonly visitor: Visitor; readonly wanted: string },
): Promise<Page<Product>> {
  const { id } = visitor.shop;
  const [word, ...others] = foldWords(wanted);
  if (word === undefined) {
    const after = request.query['after'];
    return world.products.ofShop(id, {
      limit: pageSize,
      ...(after === undefined || after === '' ? {} : { after }),
    });
  }
  const found = await world.products.byWord(id, word, pageSize);
  const hasAll = (product: Product) => {
    const text = foldWords(`${product.name} ${product.category}`);
    return others.every((other) => text.some((each) => each.startsWith(other)));
  };
  return { things: found.filter(hasAll) };
}

function tools(visitor: Visitor): Html | undefined {
  const mayEdit = mayActAs(visitor.member.role, 'staff');
  return html`<div class="tools"><a class="button quiet" href="${path}/export" download>Export CSV</a>
${mayEdit ? html`<a class="button quiet" href="${path}/import">Import CSV</a><a class="button" href="${path}/new">New product</a>` : undefined}</div>`;
}

function empty(wanted: string): Html {
  return wanted === ''
    ? html`<section class="card empty"><p class="title">The catalog is empty</p><p class="soft">Add what you sell one by one, or import a CSV file.</p></section>`
    : html`<section class="card empty"><p class="title">Nothing found for “${wanted}”</p><p class="soft">The search knows what is on sale; archived products are in the <a href="${path}">whole list</a>.</p></section>`;
}

function row(product: Product, levels: ReadonlyMap<ProductId, number>): Html {
  return html`<li><a href="${path}/${product.id}">
${product.imageUrl === undefined ? html`<span class="thumb" aria-hidden="true"></span>` : html`<img src="${product.imageUrl}" alt="" loading="lazy" referrerpolicy="no-referrer">`}
<span class="title">${product.name}</span><span class="right title">${price(product.price)}</span>
<span class="small-print">${product.category}${product.sku === undefined ? undefined : ` · ${product.sku}`}</span>
<span class="right">${product.isActive ? stockPill(levels.get(product.id)) : html`<span class="pill">Archived</span>`}</span></a></li>`;
}

function stockPill(level: number | undefined): Html | undefined {
  if (level === undefined) return undefined;
  return level === 0
    ? html`<span class="pill bad">Sold out</span>`
    : html`<span class="pill">${level} left</span>`;
}
