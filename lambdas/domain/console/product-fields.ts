// A product as text in fields, as forms and catalog files hold it, and back into what may be sold.
import { decimalText } from '../money/format-money.ts';
import type { Speaker } from '../money/speaker.ts';
import type { Product } from '../shops/product.ts';
import { readOptions, writeOptions } from './option-text.ts';
import { readTypedAmount } from './typed-amount.ts';

export interface ProductFields {
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly sku: string;
  readonly price: string;
  readonly options: string;
  readonly imageUrl: string;
  readonly active: string;
}

/** All that a shop decides about a product. */
export type ProductDraft = Pick<
  Product,
  'name' | 'description' | 'category' | 'sku' | 'price' | 'options' | 'imageUrl' | 'isActive'
>;

export type FieldProblems = Readonly<Partial<Record<keyof ProductFields, string>>>;

export type FieldsReading =
  | { readonly kind: 'read'; readonly draft: ProductDraft }
  /** A sentence for each field that is wrong. */
  | { readonly kind: 'wrong'; readonly problems: FieldProblems };

export const noFields: ProductFields = {
  name: '',
  description: '',
  category: '',
  sku: '',
  price: '',
  options: '',
  imageUrl: '',
  active: 'yes',
};

export function fieldsOf(product: ProductDraft): ProductFields {
  return {
    name: product.name,
    description: product.description ?? '',
    category: product.category,
    sku: product.sku ?? '',
    price: decimalText(product.price),
    options: writeOptions(product.options),
    imageUrl: product.imageUrl ?? '',
    active: product.isActive ? 'yes' : 'no',
  };
}

/** As long as the places where they are shown. */
export const longest = {
  name: 80,
  description: 300,
  category: 40,
  sku: 60,
  imageUrl: 1000,
} as const;

export interface ReadingFor {
  readonly speaker: Speaker;
  /** Pictures may also come from us: a machine of one's own has no https. */
  readonly ownOrigin: string;
}

export function readProductFields(fields: ProductFields, how: ReadingFor): FieldsReading {
  const problems: { -readonly [field in keyof ProductFields]?: string } = {};
  const name = line(fields.name);
  const category = line(fields.category);
  const description = line(fields.description);
  const sku = line(fields.sku);
  const imageUrl = fields.imageUrl.trim();
  if (name === '') problems.name = 'A name is missing.';
  if (category === '') problems.category = 'A category is missing.';
  for (const [field, text] of Object.entries({ name, category, description, sku, imageUrl })) {
    if (isLimited(field) && text.length > longest[field])
      problems[field] = `At most ${longest[field]} letters.`;
  }
  if (imageUrl !== '' && !isPicture(imageUrl, how.ownOrigin))
    problems.imageUrl = 'The picture’s address must begin with https://.';
  const price = readTypedAmount(fields.price, how.speaker);
  if (price.kind === 'wrong') problems.price = price.why;
  const options = readOptions(fields.options, how.speaker);
  if (options.kind === 'wrong') problems.options = options.why;
  const isActive = readYesNo(fields.active);
  if (isActive === undefined) problems.active = 'Write yes or no.';
  if (Object.keys(problems).length > 0 || price.kind === 'wrong' || options.kind === 'wrong')
    return { kind: 'wrong', problems };
  const draft: ProductDraft = {
    name,
    category,
    price: price.amount,
    options: options.options,
    isActive: isActive ?? true,
    ...(description === '' ? {} : { description }),
    ...(sku === '' ? {} : { sku }),
    ...(imageUrl === '' ? {} : { imageUrl }),
  };
  return { kind: 'read', draft };
}

function isLimited(field: string): field is keyof typeof longest {
  return field in longest;
}

/** One line without what cannot be seen: it is shown amid our own words. */
function line(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/[\p{Cc}\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu, '')
    .trim();
}

function isPicture(address: string, ownOrigin: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, origin, username, password } = new URL(address);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || origin === ownOrigin;
}

function readYesNo(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  if (['', 'yes', 'y', 'true', '1', 'on'].includes(word)) return true;
  return ['no', 'n', 'false', '0', 'off'].includes(word) ? false : undefined;
}
