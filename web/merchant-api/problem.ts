// What went wrong, in the form of RFC 9457: each kind has a slug that never changes, a status and a title.

/** By slug. A slug, once given, stays: merchants' programs compare it. */
export const problems = {
  not_json: [400, 'The body is not JSON'],
  too_deep: [400, 'The body is nested too deeply'],
  key_in_url: [400, 'An API key must never be in a URL'],
  idempotency_key_missing: [400, 'This call needs an Idempotency-Key'],
  idempotency_key_invalid: [400, 'The Idempotency-Key cannot be used'],
  no_key: [401, 'An API key is needed'],
  key_malformed: [401, 'That is not an API key'],
  key_of_other_mode: [401, 'The key is of the other mode'],
  key_not_valid: [401, 'The API key is not valid'],
  scope_missing: [403, 'The key may not do this'],
  not_found: [404, 'There is no such thing'],
  method_not_allowed: [405, 'The method is not allowed here'],
  in_flight: [409, 'The same call is under way'],
  changed_meanwhile: [409, 'It was changed at the same moment'],
  not_possible: [409, 'It is not possible in this state'],
  refund_too_large: [409, 'That is more than is left to refund'],
  too_many: [409, 'There are too many already'],
  too_large: [413, 'The body is too large'],
  wrong_media_type: [415, 'The body must be application/json'],
  invalid_request: [422, 'Fields of the request are wrong'],
  idempotency_key_reused: [422, 'The Idempotency-Key was used for another call'],
  rate_limited: [429, 'Too many calls'],
  server_error: [500, 'Something broke on our side'],
  try_later: [503, 'Not now'],
} as const satisfies Readonly<Record<string, readonly [status: number, title: string]>>;

export type ProblemSlug = keyof typeof problems;

export interface FieldError {
  /** As a path: `lines.0.quantity`. */
  readonly field: string;
  readonly message: string;
}

export interface Problem {
  readonly kind: 'problem';
  readonly slug: ProblemSlug;
  /** A sentence about this very case: never quotes what was sent. */
  readonly detail: string;
  readonly errors?: readonly FieldError[];
}

export function problem(
  slug: ProblemSlug,
  detail: string,
  errors: readonly FieldError[] = [],
): Problem {
  return { kind: 'problem', slug, detail, ...(errors.length === 0 ? {} : { errors }) };
}

/** One field that the schema takes and the shop cannot. */
export function wrongField(field: string, message: string): Problem {
  return problem('invalid_request', message, [{ field, message }]);
}

export const notFound = problem('not_found', 'There is nothing with this id in your shop.');

/** The type leads to the words about it on our own page. */
export function problemBody(publicUrl: string, { slug, detail, errors }: Problem) {
  const [status, title] = problems[slug];
  return {
    type: `${publicUrl}/v1/docs#${slug}`,
    code: slug,
    title,
    status,
    detail,
    ...(errors === undefined ? {} : { errors }),
  };
}

export function statusOf({ slug }: Pick<Problem, 'slug'>): number {
  return problems[slug][0];
}
