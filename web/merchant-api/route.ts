// A route of the API: what it takes, what it answers and who may call it, in one place for the service and its document.
import * as z from 'zod/mini';
import type { ApiKey, Scope } from '../../lambdas/domain/merchant-api/api-key.ts';
import type { MerchantWorld } from '../../lambdas/domain/merchant-api/ports.ts';
import type { AddressBook } from '../../lambdas/domain/merchant-api/whose-address.ts';
import type { Shop } from '../../lambdas/domain/shops/shop.ts';
import type { World } from '../../lambdas/domain/world.ts';
import { type FieldError, type Problem, problem, type ProblemSlug } from './problem.ts';

export type ApiWorld = Pick<
  World,
  | 'clock'
  | 'ids'
  | 'tokens'
  | 'settings'
  | 'publicUrl'
  | 'people'
  | 'links'
  | 'shops'
  | 'products'
  | 'stock'
  | 'orders'
> &
  Omit<MerchantWorld, 'webhookSender'> &
  AddressBook;

/** Whose call it is. */
export interface Caller {
  readonly shop: Shop;
  readonly key: ApiKey;
  /** The same for the same Idempotency-Key, so that what is made of it is made once. */
  readonly madeBy: string;
}

type Schema = z.ZodMiniType;

/** Exactly the answer's schema, or what went wrong. */
export type Result<Answer> = { readonly kind: 'done'; readonly body: Answer } | Problem;

export const done = <Answer>(body: Answer): { kind: 'done'; body: Answer } => ({
  kind: 'done',
  body,
});

export interface RouteParts<
  Path extends Schema,
  Query extends Schema,
  Body extends Schema,
  Answer extends Schema,
> {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly title: string;
  readonly about?: string;
  readonly scope: Scope;
  readonly params: Path;
  readonly query: Query;
  readonly body: Body;
  readonly answer: { readonly status: 200 | 201 | 202 | 204; readonly schema: Answer };
  /** Besides those that every call may meet. */
  readonly problems?: readonly ProblemSlug[];
  /** Money moves: a call without an Idempotency-Key is refused. */
  readonly movesMoney?: boolean;
  /** Fields of the answer that are never kept, and so are missing when the same call comes again. */
  readonly shownOnce?: readonly string[];
  act(world: ApiWorld, call: ActCall<Path, Query, Body>): Promise<Result<z.output<Answer>>>;
}

export type ActCall<Path extends Schema, Query extends Schema, Body extends Schema> = Caller & {
  readonly params: z.output<Path>;
  readonly query: z.output<Query>;
  readonly body: z.output<Body>;
};

/** What came over the wire, before anybody looked at it. */
export interface RawCall {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** Parsed JSON; undefined without a body. */
  readonly body: unknown;
}

export interface Route
  extends Omit<
    RouteParts<Schema, Schema, Schema, Schema>,
    'act' | 'problems' | 'movesMoney' | 'shownOnce'
  > {
  readonly problems: readonly ProblemSlug[];
  readonly movesMoney: boolean;
  readonly shownOnce: readonly string[];
  /** Either all fields are right, and it can be done; or every wrong one is named. */
  read(
    raw: RawCall,
  ):
    | { readonly kind: 'ready'; act(world: ApiWorld, caller: Caller): Promise<Result<unknown>> }
    | Problem;
}

export const nothing = z.strictObject({});

/** Forgets the types of a route's parts, after they have been checked against what it does. */
export function route<
  Path extends Schema,
  Query extends Schema,
  Body extends Schema,
  Answer extends Schema,
>(parts: RouteParts<Path, Query, Body, Answer>): Route {
  const { act, problems = [], movesMoney = false, shownOnce = [], ...described } = parts;
  return {
    ...described,
    problems,
    movesMoney,
    shownOnce,
    read(raw) {
      const params = parts.params.safeParse(raw.params);
      // A path that no id can have is the path of nothing.
      if (!params.success) return problem('not_found', 'There is nothing with this id.');
      const query = parts.query.safeParse(withNumbers(raw.query));
      const body = parts.body.safeParse(raw.body === undefined ? {} : raw.body);
      if (!query.success || !body.success) {
        const issues = [...(query.error?.issues ?? []), ...(body.error?.issues ?? [])];
        return problem(
          'invalid_request',
          'See errors for each field that is wrong.',
          errorsOf(issues),
        );
      }
      const read = { params: params.data, query: query.data, body: body.data };
      return { kind: 'ready', act: (world, caller) => act(world, { ...caller, ...read }) };
    },
  };
}

/** A query is text; the one number in it is a limit. */
function withNumbers({ limit, ...query }: RawCall['query']) {
  if (limit === undefined) return query;
  return { ...query, limit: /^\d{1,9}$/u.test(limit) ? Number(limit) : limit };
}

/** Names each field, and never what was in it. */
function errorsOf(issues: readonly z.core.$ZodIssue[]): FieldError[] {
  return issues.slice(0, 50).flatMap((issue): FieldError[] => {
    const field = issue.path.map(String).join('.');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        field: [field, key.slice(0, 100)].filter((part) => part !== '').join('.'),
        message: 'There is no such field.',
      }));
    }
    return [{ field, message: messageOf(issue) }];
  });
}

function messageOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `It must be ${issue.expected === 'int' ? 'a whole number' : `of type ${issue.expected}`}.`;
    case 'too_small':
      return `It is too small or too short: at least ${issue.minimum}.`;
    case 'too_big':
      return `It is too large or too long: at most ${issue.maximum}.`;
    case 'invalid_value':
      return `It must be one of: ${issue.values.slice(0, 20).map(String).join(', ')}.`;
    case 'invalid_format':
      return 'It is not of the form that it must have.';
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
    case 'not_multiple_of':
    case 'unrecognized_keys':
    case 'custom':
      return 'It cannot be used.';
  }
}
