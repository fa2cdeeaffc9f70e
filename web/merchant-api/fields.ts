// Schemas of the values that many resources hold. What validates a request here also writes the OpenAPI document.
import * as z from 'zod/mini';
import { currencies, readCurrency } from '../../lambdas/domain/money/currency.ts';
import { type Money, money } from '../../lambdas/domain/money/money.ts';

/** The schemas that the document names; whatever is not in here is written out where it is used. */
export const named = z.registry<{ readonly id: string }>();

/** An id as a path or a body has it: of one kind, of any shape. */
export const idOf = <Prefix extends string>(prefix: Prefix) =>
  z.templateLiteral([`${prefix}_`, z.string().check(z.regex(/[\w-]{1,60}/u))]);

/** Words that people read: something is in them, and nothing that no keyboard writes. */
export const words = (longest: number) =>
  z.string().check(z.minLength(1), z.maxLength(longest), z.regex(/^(?=[^]*\S)[^\p{Cc}]+$/u));

export const httpsUrl = z.url({ protocol: /^https$/u }).check(z.maxLength(2000));

export const moment = z.iso.datetime();

/** Counts the smallest unit of the currency: 450 USD are $4.50. */
export const amount = z.strictObject({
  amount: z.int().check(z.gte(0), z.lte(99_999_999)),
  currency: z.enum(currencies),
});
named.add(amount, { id: 'Money' });

export function readAmount(given: z.output<typeof amount>): Money {
  return money(given.amount, given.currency);
}

export const amountOf = ({ minor, currency }: Money): z.output<typeof amount> => ({
  amount: minor,
  currency: readCurrency(currency) ?? currency,
});

export const momentOf = (atMs: number): string => new Date(atMs).toISOString();

/** Those fields that are there. */
export function given<Fields extends object>(fields: Fields): Given<Fields> {
  const there = Object.entries(fields).filter(([, value]) => value !== undefined);
  const result: object = Object.fromEntries(there);
  return isGiven<Fields>(result) ? result : fail();
}

type Given<Fields extends object> = {
  [Field in keyof Fields]?: Exclude<Fields[Field], undefined>;
};

/** Nothing undefined is in it: that is how it was made. */
function isGiven<Fields extends object>(fields: object): fields is Given<Fields> {
  return Object.values(fields).every((value) => value !== undefined);
}

function fail(): never {
  throw new Error('A field is undefined that was left out.');
}

export const pageQuery = {
  limit: z.optional(z.int().check(z.gte(1), z.lte(100))),
  cursor: z.optional(z.string().check(z.regex(/^[\w.-]{1,1500}$/u))),
};

export const usualLimit = 20;

/** A page of a list: `next_cursor` is there when there is more. */
export const pageOf = <Thing extends z.ZodMiniType>(id: string, thing: Thing) => {
  const page = z.strictObject({ data: z.array(thing), next_cursor: z.exactOptional(z.string()) });
  named.add(page, { id });
  return page;
};

export function pageBody<Thing>(data: Thing[], next: string | undefined) {
  return next === undefined ? { data } : { data, next_cursor: next };
}

export function pageAsked(query: {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}): { readonly limit: number; readonly after?: string } {
  const { limit = usualLimit, cursor } = query;
  return cursor === undefined ? { limit } : { limit, after: cursor };
}
