// Finds the route of an HTTP API for a method and a path, by API Gateway's rules of which one wins.

export interface Route<T> {
  /** `GET /pay/{token}`, `ANY /{proxy+}` or `$default`. */
  key: string;
  target: T;
}

export interface RouteMatch<T> {
  route: Route<T>;
  pathParameters: Record<string, string>;
}

export type RouteTable<T> = (method: string, path: string) => RouteMatch<T> | undefined;

interface Compiled<T> {
  route: Route<T>;
  method: string;
  segments: string[];
}

const DEFAULT = '$default';
const VARIABLE = /^\{([^}+]+)(\+?)\}$/;

/** A path without variables wins over one with, a greedy one comes after those, an exact method before ANY, $default last. */
export function createRouteTable<T>(routes: readonly Route<T>[]): RouteTable<T> {
  const compiled = routes
    .filter(({ key }) => key !== DEFAULT)
    .map(compile)
    .sort((a, b) => vagueness(a) - vagueness(b));
  const fallback = routes.find(({ key }) => key === DEFAULT);
  return (method, path) => {
    const segments = path.split('/').slice(1);
    for (const candidate of compiled) {
      if (candidate.method !== 'ANY' && candidate.method !== method) continue;
      const pathParameters = matchSegments(candidate.segments, segments);
      if (pathParameters !== undefined) return { route: candidate.route, pathParameters };
    }
    return fallback && { route: fallback, pathParameters: {} };
  };
}

function compile<T>(route: Route<T>): Compiled<T> {
  const [method = '', path = ''] = route.key.split(' ');
  return { route, method, segments: path.split('/').slice(1) };
}

function vagueness<T>({ method, segments }: Compiled<T>): number {
  const variables = segments.filter((segment) => VARIABLE.test(segment)).length;
  const greedy = segments.some((segment) => VARIABLE.exec(segment)?.[2]);
  return (greedy ? 10_000 : 0) + variables * 10 + (method === 'ANY' ? 1 : 0);
}

function matchSegments(pattern: string[], path: string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, segment] of pattern.entries()) {
    const [, name, greedy] = VARIABLE.exec(segment) ?? [];
    const given = greedy ? path.slice(index).join('/') : path[index];
    if (name === undefined ? given !== segment : !given) return undefined;
    if (name !== undefined && given !== undefined) parameters[name] = given;
    if (greedy) return parameters;
  }
  return pattern.length === path.length ? parameters : undefined;
}
