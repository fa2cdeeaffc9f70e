// Every route of the API: the service answers these, and the document tells of these.
import { eventRoutes } from './events.ts';
import { orderRoutes } from './orders.ts';
import { paymentRequestRoutes } from './payment-requests.ts';
import { productRoutes } from './products.ts';
import { refundRoutes } from './refunds.ts';
import type { Route } from './route.ts';
import { webhookEndpointRoutes } from './webhook-endpoints.ts';

export const apiRoutes: readonly Route[] = [
  ...productRoutes,
  ...orderRoutes,
  ...paymentRequestRoutes,
  ...refundRoutes,
  ...webhookEndpointRoutes,
  ...eventRoutes,
];

export type Matched =
  | {
      readonly kind: 'found';
      readonly route: Route;
      readonly params: Readonly<Record<string, string>>;
    }
  /** The path is one of ours; these are its methods. */
  | { readonly kind: 'other_method'; readonly methods: readonly string[] }
  | { readonly kind: 'none' };

export function matchRoute(method: string, path: string): Matched {
  const here = apiRoutes.flatMap((route) => {
    const params = paramsOf(route.path, path);
    return params === undefined ? [] : [{ route, params }];
  });
  const found = here.find(({ route }) => route.method === method);
  if (found !== undefined) return { kind: 'found', ...found };
  return here.length === 0
    ? { kind: 'none' }
    : { kind: 'other_method', methods: here.map(({ route }) => route.method) };
}

function paramsOf(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    const name = /^\{(?<name>\w+)\}$/u.exec(part)?.groups?.['name'];
    if (name === undefined && part !== value) return undefined;
    if (name !== undefined) params[name] = value;
  }
  return params;
}
