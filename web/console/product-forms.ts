// The forms of one product: its fields, with what is wrong beside each, and its place on the shelf.
import {
  type FieldProblems,
  longest,
  type ProductFields,
} from '../../lambdas/domain/console/product-fields.ts';
import { largestPictureBytes } from '../../lambdas/domain/shops/picture.ts';
import type { Product } from '../../lambdas/domain/shops/product.ts';
import { type Html, html } from '../html.ts';
import { ofSession } from './console-layout.ts';
import type { Visitor } from './console-world.ts';

export interface TypedProduct {
  readonly fields: ProductFields;
  readonly problems?: FieldProblems;
}

/** `ending` is the button with what else the form carries. */
export function productForm(
  visitor: Visitor,
  { fields, problems = {} }: TypedProduct,
  ending: Html,
): Html {
  const { categories, currency } = visitor.shop;
  return html`<form method="post" enctype="multipart/form-data" class="card">${ofSession(visitor)}
<label class="field">Name<input type="text" name="name" value="${fields.name}" maxlength="${longest.name}" required>${wrong(problems.name)}</label>
<div class="pair"><label class="field">Price in ${currency}<input type="text" name="price" value="${fields.price}" inputmode="decimal" maxlength="20" required>${wrong(problems.price)}</label>
<label class="field">Category<input type="text" name="category" value="${fields.category}" maxlength="${longest.category}" list="categories" required>${wrong(problems.category)}</label></div>
<datalist id="categories">${categories.map((each) => html`<option value="${each}">`)}</datalist>
<label class="field">Description<textarea name="description" maxlength="${longest.description}" rows="3">${fields.description}</textarea>${wrong(problems.description)}</label>
<label class="field">Options <small>One a line: “Size: Small, Large +1.00”. The first choice is what is meant when nothing is said.</small><textarea name="options" rows="3" maxlength="3000">
${fields.options}</textarea>${wrong(problems.options)}</label>
${pictureFields(fields, problems.imageUrl)}
<label class="field">Your own number for it (SKU)<input type="text" name="sku" value="${fields.sku}" maxlength="${longest.sku}">${wrong(problems.sku)}</label>
${ending}</form>`;
}

/** For whoever only looks. */
export function productFacts({ shop }: Visitor, fields: ProductFields, level?: number): Html {
  const facts = [
    [`Price in ${shop.currency}`, fields.price],
    ['Category', fields.category],
    ['Description', fields.description],
    ['Options', fields.options],
    ['SKU', fields.sku],
    ['How many are left', level === undefined ? 'Not counted' : String(level)],
  ] as const;
  return html`<section class="card">${fields.imageUrl === '' ? undefined : html`<img class="picture" src="${fields.imageUrl}" alt="The picture as it is now" referrerpolicy="no-referrer">`}
<dl>${facts.filter(([, value]) => value !== '').map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl></section>`;
}

/** The script makes a photo small before it is sent; without it, it has to be small already. */
function pictureFields({ imageUrl }: ProductFields, problem: string | undefined): Html {
  const most = `${largestPictureBytes / 1000} KB`;
  const tooLarge = `The picture has more than ${most}. Choose a smaller one.`;
  return html`<fieldset class="picture"><legend>Picture</legend>
${imageUrl === '' ? undefined : html`<img class="picture" src="${imageUrl}" alt="The picture as it is now" referrerpolicy="no-referrer">`}
<label class="field">${imageUrl === '' ? 'Choose a picture' : 'Choose another one'} <small>JPEG, PNG or WebP, at most ${most}. Where and when it was taken is left out.</small><input type="file" name="picture" accept="image/jpeg,image/png,image/webp" data-most="${largestPictureBytes}" data-too-large="${tooLarge}" data-shrink></label>
${imageUrl === '' ? undefined : html`<label class="choice"><input type="checkbox" name="noPicture" value="yes"> Take the picture away</label>`}
<label class="field">Or its address on the web <small>Beginning with https://</small><input type="url" name="imageUrl" value="${imageUrl}" maxlength="${longest.imageUrl}"></label>${wrong(problem)}</fieldset>`;
}

function wrong(why: string | undefined): Html | undefined {
  return why === undefined ? undefined : html`<span class="wrong" role="alert">${why}</span>`;
}

export function shelfForms(
  visitor: Visitor,
  product: Product,
  { level, mayEdit }: { readonly level: number | undefined; readonly mayEdit: boolean },
): Html {
  return html`${mayEdit ? stockForm(visitor, level) : undefined}
${mayEdit ? archiveForm(visitor, product.isActive) : undefined}`;
}

function stockForm(visitor: Visitor, level: number | undefined): Html {
  return html`<form method="post" class="card">${ofSession(visitor)}<input type="hidden" name="do" value="stock">
<label class="field">How many are left <small>Leave it empty if you do not count them</small><input type="text" name="level" value="${level}" inputmode="numeric" pattern="[0-9]{0,6}" maxlength="6"></label>
<button class="quiet">Save the stock</button></form>`;
}

function archiveForm(visitor: Visitor, isActive: boolean): Html {
  return html`<form method="post" class="card">${ofSession(visitor)}<input type="hidden" name="do" value="${isActive ? 'archive' : 'restore'}">
<p class="soft">${isActive ? 'An archived product is sold no more, and kept with all that was sold of it.' : 'It is archived: nobody can buy it.'}</p>
<button class="quiet">${isActive ? 'Archive' : 'Put it back on sale'}</button></form>`;
}
