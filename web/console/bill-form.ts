// The form of a bill that a shop sends: to whom, which lines, how long it stands; and what was typed, read.
import { readTypedAmount } from '../../lambdas/domain/console/typed-amount.ts';
import type { Speaker } from '../../lambdas/domain/money/speaker.ts';
import { mostOfOne } from '../../lambdas/domain/orders/cart.ts';
import type { CustomLine, Order, WantedLine } from '../../lambdas/domain/orders/order.ts';
import { longestCustomName } from '../../lambdas/domain/orders/quote.ts';
import { isProductId, type Product } from '../../lambdas/domain/shops/product.ts';
import { findSecretsInText } from '../../lambdas/domain/privacy/redact.ts';
import { type Html, html } from '../html.ts';
import { ofSession } from './console-layout.ts';
import type { Visitor } from './console-world.ts';

const rows = 5;
const longestNote = 300;
const longestChoices = 120;

const lives = [
  { hours: '1', name: 'An hour' },
  { hours: '24', name: 'A day' },
  { hours: '72', name: 'Three days' },
  { hours: '168', name: 'A week' },
  { hours: '720', name: 'A month' },
] as const;

export interface BillFormShown {
  readonly products: readonly Product[];
  /** One order of each recent buyer: stands for them, so that no address is in the page. */
  readonly recent: readonly Order[];
  readonly typed: URLSearchParams;
  readonly nonce: string;
}

export function billForm(visitor: Visitor, shown: BillFormShown): Html {
  const { typed, recent, nonce } = shown;
  const value = (field: string) => typed.get(field) ?? '';
  const others = Array.from({ length: rows - 1 }, (_, index) => index + 2);
  const own = (row: number) =>
    customRow(row, { value, isFirst: typed.size === 0, isTaxed: typed.has(`taxed${row}`) });
  return html`<form method="post" class="card">${ofSession(visitor)}<input type="hidden" name="nonce" value="${nonce}">
<label class="field">For<select name="to"><option value="">Whoever opens the link first</option>
${recent.map((order) => option(order.id, `${order.buyerName} (bought ${order.number})`, value('to')))}</select></label>
<fieldset><legend>From the catalog</legend>${productRow(shown.products, 1, value)}${folded(
    'More products…',
    others.some((row) => value(`product${row}`) !== ''),
    others.map((row) => productRow(shown.products, row, value)),
  )}</fieldset>
<fieldset><legend>Lines of your own, in ${visitor.shop.currency}</legend>${own(1)}${folded(
    'More lines…',
    others.some((row) => value(`name${row}`) !== '' || value(`price${row}`) !== ''),
    others.map(own),
  )}</fieldset>
<label class="field">A word to whoever pays <small>They read it above the bill.</small><textarea name="note" rows="2" maxlength="${longestNote}">${value('note')}</textarea></label>
<label class="field">It stands for<select name="hours">${lives.map(({ hours, name }) => option(hours, name, value('hours') || '24'))}</select></label>
<button>Make the bill</button></form>`;
}

/** Most bills have a line or two: the others are a tap away, and open where something stands in them. */
function folded(name: string, isOpen: boolean, lines: readonly Html[]): Html {
  return html`<details${isOpen ? html` open` : undefined}><summary>${name}</summary>${lines}</details>`;
}

function option(value: string, name: string, chosen: string): Html {
  return html`<option value="${value}"${value === chosen ? html` selected` : undefined}>${name}</option>`;
}

type Value = (field: string) => string;

function productRow(products: readonly Product[], row: number, value: Value): Html {
  return html`<div class="pair"><label class="field">Product<select name="product${row}"><option value="">None</option>${products.map(({ id, name }) => option(id, name, value(`product${row}`)))}</select></label>
<label class="field">How many<input type="text" inputmode="numeric" name="count${row}" value="${value(`count${row}`) || '1'}" maxlength="2"></label></div>
<label class="field">Choices, if it has any <small>Such as “Large, Oat milk”; without, its first ones.</small><input type="text" name="choices${row}" value="${value(`choices${row}`)}" maxlength="${longestChoices}"></label>`;
}

function customRow(
  row: number,
  { value, isFirst, isTaxed }: { value: Value; isFirst: boolean; isTaxed: boolean },
): Html {
  const checked = isFirst || isTaxed ? html` checked` : undefined;
  return html`<label class="field">What it is for<input type="text" name="name${row}" value="${value(`name${row}`)}" maxlength="${longestCustomName}"></label>
<div class="pair"><label class="field">Price of one<input type="text" inputmode="decimal" name="price${row}" value="${value(`price${row}`)}" maxlength="20"></label>
<label class="field">How many<input type="text" inputmode="numeric" name="times${row}" value="${value(`times${row}`) || '1'}" maxlength="2"></label></div>
<label class="choice"><input type="checkbox" name="taxed${row}" value="yes"${checked}> Your tax comes on top</label>`;
}

export interface BillTyped {
  readonly lines: readonly WantedLine[];
  readonly customLines: readonly CustomLine[];
  readonly note?: string;
  readonly payWithinMs: number;
}

/** A sentence where something is wrong with it. */
export function readBill(form: URLSearchParams, speaker: Speaker): BillTyped | string {
  const lines: WantedLine[] = [];
  const customLines: CustomLine[] = [];
  for (let row = 1; row <= rows; row += 1) {
    const line = readProduct(form, row);
    const own = readOwn(form, row, speaker);
    if (typeof line === 'string') return line;
    if (typeof own === 'string') return own;
    if (line !== undefined) lines.push(line);
    if (own !== undefined) customLines.push(own);
  }
  if (lines.length + customLines.length === 0) return 'Put at least one line on the bill.';
  const note = read(form, 'note');
  if (Array.from(note).length > longestNote) return `A note has at most ${longestNote} characters.`;
  if (
    [note, ...customLines.map(({ name }) => name)].some(
      (text) => findSecretsInText(text).length > 0,
    )
  )
    return 'Leave out card and account numbers.';
  const life = lives.find(({ hours }) => hours === form.get('hours'));
  if (life === undefined) return 'Choose how long it stands.';
  const payWithinMs = Number(life.hours) * 3_600_000;
  return { lines, customLines, payWithinMs, ...(note === '' ? {} : { note }) };
}

function readProduct(form: URLSearchParams, row: number): WantedLine | string | undefined {
  const productId = form.get(`product${row}`) ?? '';
  if (productId === '') return undefined;
  const quantity = readCount(form, `count${row}`);
  if (!isProductId(productId)) return 'Choose a product of the list.';
  if (quantity === undefined) return `Write how many, from 1 to ${mostOfOne}.`;
  const choices = read(form, `choices${row}`).slice(0, longestChoices).split(',');
  const said = choices.map((each) => each.trim()).filter((each) => each !== '');
  return { productId, choices: said, quantity };
}

function readOwn(
  form: URLSearchParams,
  row: number,
  speaker: Speaker,
): CustomLine | string | undefined {
  const name = read(form, `name${row}`);
  const typed = read(form, `price${row}`);
  if (name === '' && typed === '') return undefined;
  if (name === '') return 'Write what each price is for.';
  if (Array.from(name).length > longestCustomName)
    return `“${name.slice(0, 30)}…” is too long: at most ${longestCustomName} characters.`;
  const price = readTypedAmount(typed, speaker);
  if (price.kind === 'wrong') return `“${name}”: ${price.why}`;
  const quantity = readCount(form, `times${row}`);
  if (quantity === undefined) return `“${name}”: write how many, from 1 to ${mostOfOne}.`;
  return { name, quantity, unitPrice: price.amount, isTaxed: form.get(`taxed${row}`) === 'yes' };
}

function readCount(form: URLSearchParams, field: string): number | undefined {
  const typed = read(form, field);
  return /^[1-9]\d?$/u.test(typed) ? Number(typed) : undefined;
}

/** One line, without what nobody sees. */
function read(form: URLSearchParams, field: string): string {
  return (form.get(field) ?? '')
    .toWellFormed()
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/[[\p{Cc}\p{Cf}\p{Co}]--[\u200c\u200d]]/gv, '')
    .trim();
}
