// Pages of a list, newest first, as Stripe's v1 lists are asked for and answered.
import type Stripe from 'stripe';
import { invalidParameter, noSuch } from '../server/api-error.ts';

interface Ask {
  limit?: number;
  starting_after?: string;
  ending_before?: string;
  created?: Stripe.RangeQueryParam | number;
}

/** An ApiList over `items` (oldest first) at `url`. */
export function listPage<T extends { id: string; created?: number }>(
  items: T[],
  ask: Ask,
  url: string,
): Stripe.ApiList<T> {
  const limit = readLimit(ask.limit);
  const fitting = items.toReversed().filter((item) => isWithin(item.created, ask.created));
  if (ask.ending_before !== undefined) {
    const before = fitting.slice(0, placeOf(fitting, ask.ending_before, 'ending_before'));
    return page(before.slice(-limit), before.length > limit, url);
  }
  const from =
    ask.starting_after === undefined
      ? 0
      : placeOf(fitting, ask.starting_after, 'starting_after') + 1;
  return page(fitting.slice(from, from + limit), fitting.length > from + limit, url);
}

function page<T>(data: T[], hasMore: boolean, url: string): Stripe.ApiList<T> {
  return { object: 'list', data, has_more: hasMore, url };
}

function readLimit(limit = 10): number {
  if (limit >= 1 && limit <= 100) return limit;
  const message = `Invalid integer: ${limit}: must be between 1 and 100`;
  throw invalidParameter({ param: 'limit', code: 'parameter_invalid_integer', message });
}

function placeOf(items: { id: string }[], id: string, param: string): number {
  const place = items.findIndex((item) => item.id === id);
  if (place < 0) throw noSuch('object', id, param);
  return place;
}

function isWithin(created: number | undefined, range: Ask['created']): boolean {
  if (created === undefined || range === undefined) return true;
  if (typeof range === 'number') return created === range;
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = range;
  return created > gt && created >= gte && created < lt && created <= lte;
}
