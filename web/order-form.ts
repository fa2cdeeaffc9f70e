// Reads what a buyer typed into an order's form: a wish, or what is wrong with each field, in words.
import {
  hasGoods,
  type Order,
  type PostalAddress,
  type Wish,
} from '../lambdas/domain/orders/order.ts';
import { findSecretsInText } from '../lambdas/domain/privacy/redact.ts';
import type { Shop } from '../lambdas/domain/shops/shop.ts';

export const longestLine = 120;
export const longestNote = 200;
const longestCode = 40;

const addressFields = [
  'name',
  'street1',
  'street2',
  'city',
  'state',
  'postalCode',
  'country',
] as const;
type AddressField = (typeof addressFields)[number];

/** As the form holds them; `handover` is `pick_up` or `ship:` and the option's id, `tip` a percentage. */
export type OrderFields = Readonly<
  Record<'handover' | AddressField | 'tip' | 'code' | 'note', string>
>;
export type OrderField = keyof OrderFields;
export type Problems = Readonly<Partial<Record<OrderField, string>>>;

export interface ReadOrderForm {
  /** As typed, cleaned of what cannot be seen: to be shown again. */
  readonly fields: OrderFields;
  readonly problems: Problems;
  /** There when nothing is wrong. */
  readonly wish?: Wish;
}

type OfShop = Pick<Shop, 'offersPickUp' | 'shipping' | 'shipsTo' | 'tips'>;
type OfOrder = Pick<Order, 'wish' | 'buyerName'>;

/** What the form is filled with before anybody has typed. */
export function fieldsOf(order: OfOrder, shop: OfShop): OrderFields {
  const { handover, tipPercent, promotionCode = '', note = '' } = order.wish;
  const to = handover.kind === 'shipping' ? handover.to : undefined;
  return {
    handover: handoverOf(order.wish, shop),
    name: to?.name ?? nameOnParcel(order),
    street1: to?.street1 ?? '',
    street2: to?.street2 ?? '',
    city: to?.city ?? '',
    state: to?.state ?? '',
    postalCode: to?.postalCode ?? '',
    country: to?.country ?? shop.shipsTo[0] ?? '',
    tip: String(tipPercent),
    code: promotionCode,
    note,
  };
}

/** Without the handle that tells people of one name apart in chats; nobody is called what we call those without a name. */
function nameOnParcel({ buyerName }: OfOrder): string {
  const name = buyerName.replace(/ \(@[^)]*\)$/u, '');
  return name === 'someone' || name.startsWith('@') ? '' : name;
}

/** Nothing is chosen for a buyer who has to decide, unless there is no choice. */
function handoverOf(wish: Wish, shop: OfShop): string {
  const { handover } = wish;
  if (!hasGoods(wish)) return 'pick_up';
  if (handover.kind === 'shipping') return `ship:${handover.optionId}`;
  if (shop.offersPickUp) return 'pick_up';
  const [only, ...others] = shop.shipping;
  return only === undefined || others.length > 0 ? '' : `ship:${only.id}`;
}

/** Whether the shop hands over as the wish has it: where not, the buyer has to say something before the total is known. */
export function isHandoverSettled(wish: Wish, shop: OfShop): boolean {
  const { handover } = wish;
  if (!hasGoods(wish)) return true;
  return handover.kind === 'shipping'
    ? shop.shipping.some(({ id }) => id === handover.optionId)
    : shop.offersPickUp;
}

/** Fields that did not come stay as they are in the order: a form of another page of ours changes nothing. */
export function readOrderForm(
  form: URLSearchParams,
  { order, shop }: { readonly order: OfOrder; readonly shop: OfShop },
): ReadOrderForm {
  const before = fieldsOf(order, shop);
  const read = (field: OrderField) => cleanLine(form.get(field) ?? before[field]);
  const fields: OrderFields = {
    handover: hasGoods(order.wish) ? read('handover') : before.handover,
    name: read('name'),
    street1: read('street1'),
    street2: read('street2'),
    city: read('city'),
    state: read('state'),
    postalCode: read('postalCode').toUpperCase(),
    country: read('country').toUpperCase(),
    tip: read('tip'),
    code: read('code').toUpperCase(),
    note: read('note'),
  };
  const option = shop.shipping.find(({ id }) => fields.handover === `ship:${id}`);
  const problems: Problems = {
    ...(option === undefined ? {} : addressProblems(fields, shop)),
    ...choiceProblems(fields, { shop, wish: order.wish }),
  };
  if (Object.keys(problems).length > 0) return { fields, problems };
  return { fields, problems, wish: wishOf(fields, order.wish, option?.id) };
}

function wishOf(fields: OrderFields, before: Wish, optionId: string | undefined): Wish {
  return {
    lines: before.lines,
    ...(before.customLines === undefined ? {} : { customLines: before.customLines }),
    handover:
      optionId === undefined
        ? { kind: 'pick_up' }
        : { kind: 'shipping', optionId, to: addressOf(fields) },
    tipPercent: Number(fields.tip),
    ...(fields.code === '' ? {} : { promotionCode: fields.code }),
    ...(fields.note === '' ? {} : { note: fields.note }),
  };
}

function addressOf(fields: OrderFields): PostalAddress {
  const { name, street1, street2, city, state, postalCode, country } = fields;
  return {
    name,
    street1,
    ...(street2 === '' ? {} : { street2 }),
    city,
    ...(state === '' ? {} : { state }),
    postalCode,
    country,
  };
}

function choiceProblems(
  fields: OrderFields,
  { shop, wish }: { readonly shop: OfShop; readonly wish: Wish },
): Problems {
  const { handover, tip, code, note } = fields;
  const handovers = [
    ...(hasGoods(wish) ? [] : ['pick_up']),
    ...(shop.offersPickUp ? ['pick_up'] : []),
    ...shop.shipping.map(({ id }) => `ship:${id}`),
  ];
  // What a shop stopped offering after a form was made comes here, too, not only what was forged.
  return {
    ...(handovers.includes(handover) ? {} : { handover: 'Choose how you get it.' }),
    ...(tip === '0' || shop.tips.some((percent) => String(percent) === tip)
      ? {}
      : { tip: 'Choose one of these tips, or none.' }),
    ...(lengthOf(code) <= longestCode ? {} : { code: 'No code is that long.' }),
    ...(lengthOf(note) <= longestNote
      ? secretProblem('note', note)
      : { note: `A note has at most ${longestNote} characters; this one has ${lengthOf(note)}.` }),
  };
}

const missing: Partial<Record<AddressField, string>> = {
  name: 'Whose name goes on the parcel?',
  street1: 'Which street and number?',
  city: 'Which city?',
  postalCode: 'Which postal code?',
};

/** Countries that have no postal codes, or where few people know theirs. */
const withoutPostalCode: readonly string[] = ['AE', 'AG', 'BS', 'BZ', 'HK', 'IE', 'JM', 'PA', 'QA'];
/** Countries whose parcels go nowhere without it. */
const withState: readonly string[] = ['AU', 'CA', 'US'];

function addressProblems(fields: OrderFields, shop: OfShop): Problems {
  const found: Partial<Record<OrderField, string>> = {};
  for (const field of addressFields) {
    const value = fields[field];
    const problem = lineProblem(field, value, fields.country);
    if (problem !== undefined) found[field] = problem;
  }
  if (!shop.shipsTo.includes(fields.country)) found.country = 'It is not shipped to this country.';
  return found;
}

function lineProblem(field: AddressField, value: string, country: string): string | undefined {
  if (lengthOf(value) > longestLine) return `At most ${longestLine} characters fit.`;
  if (value === '' && field === 'state')
    return withState.includes(country) ? 'Which state?' : undefined;
  if (value === '' && field === 'postalCode' && withoutPostalCode.includes(country))
    return undefined;
  if (value === '') return missing[field];
  if (field === 'postalCode' && country === 'US' && !/^\d{5}(?:-\d{4})?$/u.test(value))
    return 'A ZIP code has five digits.';
  return secretProblem(field, value)[field];
}

/** What looks like a card or account number is not kept, whoever reads it afterwards. */
function secretProblem(field: OrderField, value: string): Problems {
  if (findSecretsInText(value).length === 0) return {};
  return { [field]: 'Leave out card and account numbers: the shop reads this.' };
}

/** Letters as people count them are near enough to code points. */
function lengthOf(text: string): number {
  return Array.from(text).length;
}

/** What nobody sees, and what turns the text around it; joiners stay, for emoji and Persian are made with them. */
const unseen = /[[\p{Cc}\p{Cf}\p{Co}\p{Cs}]--[\u200c\u200d]]/gv;

function cleanLine(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(unseen, '')
    .replaceAll(/(\p{M}{3})\p{M}+/gu, '$1')
    .trim();
}

/** Whether two wishes ask for the same, whatever the order of their fields. */
export function isSameWish(one: Wish, other: Wish): boolean {
  return wishText(one) === wishText(other);
}

function wishText({ lines, handover, tipPercent, promotionCode, note }: Wish): string {
  const way =
    handover.kind === 'pick_up'
      ? []
      : [handover.optionId, ...addressFields.map((field) => handover.to[field] ?? '')];
  return JSON.stringify([
    lines.map(({ productId, choices, quantity }) => [productId, choices, quantity]),
    way,
    tipPercent,
    promotionCode ?? '',
    note ?? '',
  ]);
}
