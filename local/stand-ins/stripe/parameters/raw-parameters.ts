// Decodes what a request carries (form fields, a query, or JSON) into one tree that the validator reads.

/** Parameters before validation. Maps, not objects: names come from outside and may be `__proto__`. */
export type Raw = string | number | boolean | null | Raw[] | Map<string, Raw>;

const DEEPEST = 20;

/** Decodes `a[b][0]=c` as Stripe's SDKs encode forms and queries; undefined when it is not well-formed. */
export function decodeForm(text: string): Map<string, Raw> | undefined {
  const root = new Map<string, Raw>();
  for (const [key, value] of new URLSearchParams(text)) {
    const path = readPath(key);
    if (path === undefined || !put(root, path, value)) return undefined;
  }
  return root;
}

function readPath(key: string): string[] | undefined {
  const match = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(key);
  if (!match) return undefined;
  const inner = [...(match[2] ?? '').matchAll(/\[([^[\]]*)\]/g)].map((each) => each[1] ?? '');
  return inner.length > DEEPEST ? undefined : [match[1] ?? '', ...inner];
}

function put(root: Map<string, Raw>, path: string[], value: string): boolean {
  let place = root;
  for (const [depth, name] of path.entries()) {
    const key = name === '' ? String(place.size) : name;
    if (depth === path.length - 1) {
      place.set(key, value);
      return true;
    }
    const inner = place.get(key) ?? new Map<string, Raw>();
    if (!(inner instanceof Map)) return false;
    place.set(key, inner);
    place = inner;
  }
  return false;
}

/** Decodes a JSON object; undefined when it is not JSON or not an object. An empty body is no parameters. */
export function decodeJson(text: string): Map<string, Raw> | undefined {
  if (text === '') return new Map();
  try {
    const raw = rawFrom(JSON.parse(text));
    return raw instanceof Map ? raw : undefined;
  } catch {
    return undefined;
  }
}

function rawFrom(value: unknown): Raw {
  if (Array.isArray(value)) return value.map((each) => rawFrom(each));
  if (typeof value === 'object' && value !== null) {
    return new Map(Object.entries(value).map(([name, each]) => [name, rawFrom(each)]));
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value;
  }
  return null;
}

/** The tree as plain JSON, for the request log. */
export function plainFrom(raw: Raw): unknown {
  if (Array.isArray(raw)) return raw.map((each) => plainFrom(each));
  if (raw instanceof Map) {
    return Object.fromEntries([...raw].map(([name, each]) => [name, plainFrom(each)]));
  }
  return raw;
}
