// Event filtering by patterns, in the language that event source mappings share with EventBridge.
import * as z from 'zod/mini';

/** An object of patterns by field, or a list of rules of which one must hold. */
export type FilterPattern = { [field: string]: FilterPattern } | Rule[];

type Scalar = string | number | boolean | null;
type Rule = (value: unknown) => boolean;

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const comparison = z.union([
  z.strictObject({ prefix: z.string() }),
  z.strictObject({ suffix: z.string() }),
  z.strictObject({ exists: z.boolean() }),
  z.strictObject({ 'equals-ignore-case': z.string() }),
  z.strictObject({ 'anything-but': z.union([scalar, z.array(scalar)]) }),
  z.strictObject({ numeric: z.array(z.union([z.string(), z.number()])) }),
]);
const ruleShape = z.union([scalar, comparison]);

/** Throws for a rule that is not known here, so that no filter silently takes everything. */
export function parseFilterPattern(text: string): FilterPattern {
  return compile(JSON.parse(text));
}

function compile(pattern: unknown): FilterPattern {
  if (Array.isArray(pattern)) return pattern.map((rule) => toRule(ruleShape.parse(rule)));
  const fields = z.record(z.string(), z.unknown()).parse(pattern);
  if ('$or' in fields) throw new Error('$or in a filter pattern is not known to the local cloud.');
  return Object.fromEntries(
    Object.entries(fields).map(([field, part]) => [field, compile(part)] as const),
  );
}

/** Whether an event has what the pattern asks for; fields that it does not name do not matter. */
export function matches(pattern: FilterPattern, value: unknown): boolean {
  if (Array.isArray(pattern)) {
    // A list in the event matches when one of its members does.
    const candidates: unknown[] = Array.isArray(value) ? value : [value];
    return pattern.some((rule) => candidates.some(rule));
  }
  return Object.entries(pattern).every(([field, part]) => matches(part, fieldOf(value, field)));
}

export const matchesAny = (patterns: FilterPattern[], value: unknown) =>
  patterns.length === 0 || patterns.some((pattern) => matches(pattern, value));

const fieldOf = (value: unknown, field: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, field) : undefined;

function toRule(rule: z.output<typeof ruleShape>): Rule {
  if (typeof rule !== 'object' || rule === null) return (value) => value === rule;
  if ('prefix' in rule)
    return (value) => typeof value === 'string' && value.startsWith(rule.prefix);
  if ('suffix' in rule) return (value) => typeof value === 'string' && value.endsWith(rule.suffix);
  if ('exists' in rule) return (value) => (value !== undefined) === rule.exists;
  if ('numeric' in rule) return numericRule(rule.numeric);
  if ('anything-but' in rule) return anythingBut(rule['anything-but']);
  const wanted = rule['equals-ignore-case'].toLowerCase();
  return (value) => typeof value === 'string' && value.toLowerCase() === wanted;
}

function anythingBut(excluded: Scalar | Scalar[]): Rule {
  const list: unknown[] = [excluded].flat();
  return (value) => value !== undefined && !list.includes(value);
}

const COMPARISONS: Record<string, (a: number, b: number) => boolean> = {
  '=': (a, b) => a === b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** `['>', 0, '<=', 5]`: operators and limits in turns. */
function numericRule(parts: (string | number)[]): Rule {
  const limits = parts.flatMap((part, index) => {
    const compare = COMPARISONS[part];
    return index % 2 === 0 && compare ? [{ compare, limit: Number(parts[index + 1]) }] : [];
  });
  if (limits.length * 2 !== parts.length) throw new Error(`numeric ${parts.join(' ')}?`);
  return (value) =>
    typeof value === 'number' && limits.every(({ compare, limit }) => compare(value, limit));
}
