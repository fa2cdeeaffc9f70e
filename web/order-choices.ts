// What a buyer decides about an order: how it is handed over, the tip, a code, a note.
import type { Shop } from '../lambdas/domain/shops/shop.ts';
import { isZero } from '../lambdas/domain/money/money.ts';
import { safeLocale } from '../lambdas/domain/money/speaker.ts';
import { type Html, html } from './html.ts';
import {
  longestLine,
  longestNote,
  type OrderField,
  type OrderFields,
  type Problems,
} from './order-form.ts';
import { say } from './order-words.ts';

interface Choices {
  /** Whether anything is handed over. */
  readonly hasGoods: boolean;
  readonly shop: Shop;
  readonly fields: OrderFields;
  readonly problems: Problems;
  readonly locale: string;
}

export function orderChoices(choices: Choices): Html {
  return html`<section class="card choose" aria-label="What you choose">
${handover(choices)}${tips(choices)}${extras(choices)}
<button class="quiet update" name="do" value="update" formnovalidate>Update the total</button>
</section>`;
}

function handover(choices: Choices): Html | undefined {
  const { shop, fields, problems, locale } = choices;
  if (!choices.hasGoods) return undefined;
  const ways = [
    ...(shop.offersPickUp ? [{ value: 'pick_up', name: 'Pick it up', price: undefined }] : []),
    ...shop.shipping.map(({ id, name, price }) => ({ value: `ship:${id}`, name, price })),
  ];
  // Nothing to choose: picking up is all there is.
  if (shop.shipping.length === 0) return undefined;
  return html`<fieldset><legend>How do you get it?</legend>
${ways.map(
  ({ value, name, price }) =>
    html`<label class="choice"><input type="radio" name="handover" value="${value}"${fields.handover === value ? html` checked` : undefined}><span><bdi>${name}</bdi></span>${price === undefined ? undefined : html`<b>${isZero(price) ? 'free' : say(price, locale)}</b>`}</label>`,
)}${wrong(problems, 'handover')}
${address(choices)}</fieldset>`;
}

function address(choices: Choices): Html {
  const line = (field: OrderField, label: string, autocomplete: string) =>
    textField(choices, { field, label, autocomplete: `shipping ${autocomplete}` });
  return html`<div class="address">
${line('name', 'Name', 'name')}${line('street1', 'Street and number', 'address-line1')}
${line('street2', 'Apartment or floor, if any', 'address-line2')}${line('city', 'City', 'address-level2')}
<div class="pair">${line('state', 'State', 'address-level1')}${line('postalCode', 'Postal code', 'postal-code')}</div>
${country(choices)}
</div>`;
}

function country({ shop, fields, problems, locale }: Choices): Html {
  const names = new Intl.DisplayNames(safeLocale(locale), { type: 'region', fallback: 'code' });
  const [only, ...others] = shop.shipsTo;
  if (only !== undefined && others.length === 0 && fields.country === only)
    return html`<input type="hidden" name="country" value="${only}"><p class="soft">${shop.name} ships within ${names.of(only)} only.</p>${wrong(problems, 'country')}`;
  return html`<label class="field">Country<select name="country" autocomplete="shipping country"${invalid(problems, 'country')}>${shop.shipsTo.map(
    (code) =>
      html`<option value="${code}"${code === fields.country ? html` selected` : undefined}>${names.of(code)}</option>`,
  )}</select>${wrong(problems, 'country')}</label>`;
}

function tips({ shop, fields, problems }: Choices): Html | undefined {
  if (shop.tips.length === 0) return undefined;
  const all = [0, ...shop.tips.filter((percent) => percent > 0)];
  return html`<fieldset><legend>Add a tip</legend><div class="pills">
${all.map(
  (percent) =>
    html`<label class="choice"><input type="radio" name="tip" value="${percent}"${fields.tip === String(percent) ? html` checked` : undefined}>${percent === 0 ? 'None' : `${percent}%`}</label>`,
)}</div>${wrong(problems, 'tip')}</fieldset>`;
}

function extras(choices: Choices): Html {
  const { shop, fields, problems } = choices;
  const takesCodes = shop.promotions.length > 0 || fields.code !== '';
  const isOpen =
    fields.code !== '' ||
    fields.note !== '' ||
    problems.code !== undefined ||
    problems.note !== undefined;
  return html`<details${isOpen ? html` open` : undefined}><summary>${takesCodes ? 'Promotion code or a note' : `A note for ${shop.name}`}</summary>
${takesCodes ? textField(choices, { field: 'code', label: 'Promotion code', autocomplete: 'off' }) : undefined}
<label class="field">Note <small>for <bdi>${shop.name}</bdi></small><textarea name="note" rows="2" maxlength="${longestNote}" dir="auto"${invalid(problems, 'note')}>${fields.note}</textarea>${wrong(problems, 'note')}</label>
</details>`;
}

function textField(
  { fields, problems }: Choices,
  of: { readonly field: OrderField; readonly label: string; readonly autocomplete: string },
): Html {
  return html`<label class="field">${of.label}<input type="text" name="${of.field}" value="${fields[of.field]}" maxlength="${longestLine}" dir="auto" autocomplete="${of.autocomplete}"${invalid(problems, of.field)}>${wrong(problems, of.field)}</label>`;
}

function invalid(problems: Problems, field: OrderField): Html | undefined {
  return problems[field] === undefined ? undefined : html` aria-invalid="true"`;
}

function wrong(problems: Problems, field: OrderField): Html | undefined {
  const text = problems[field];
  return text === undefined ? undefined : html`<span class="wrong">${text}</span>`;
}
