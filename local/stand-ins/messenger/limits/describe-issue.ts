// Words for a refused request in Meta's manner, naming the field at fault.
import type * as z from 'zod/mini';

/** `message[attachment][payload][buttons][0][title]`, as Graph API writes parameters. */
function parameterName(path: readonly PropertyKey[]): string {
  const [first, ...rest] = path.map(String);
  return first === undefined ? 'request' : first + rest.map((part) => `[${part}]`).join('');
}

export function describeIssue(issue: z.core.$ZodIssue): string {
  const name = parameterName(issue.path);
  switch (issue.code) {
    case 'too_big':
      return `(#100) ${measure(issue.origin)} of param ${name} must be less than or equal to ${issue.maximum}`;
    case 'too_small':
      return `(#100) ${measure(issue.origin)} of param ${name} must be greater than or equal to ${issue.minimum}`;
    case 'invalid_type':
      return `(#100) Param ${name} must be a ${issue.expected} and is required`;
    case 'invalid_value':
      return `(#100) Param ${name} must be one of {${issue.values.map(String).join(', ')}}`;
    case 'unrecognized_keys':
      return `(#100) Unexpected key ${issue.keys.map((key) => `"${key}"`).join(', ')} on param ${name}`;
    case 'invalid_union':
      return describeUnion(issue, name);
    case 'custom':
    case 'invalid_element':
    case 'invalid_format':
    case 'invalid_key':
    case 'not_multiple_of':
      return `(#100) Param ${name} ${issue.message}`;
    default:
      return issue satisfies never;
  }
}

function measure(origin: string): string {
  if (origin === 'string') return 'Length';
  return origin === 'array' ? 'Number of items' : 'Value';
}

/** The branch that came nearest says most: the one whose first complaint lies deepest. */
function describeUnion(issue: z.core.$ZodIssueInvalidUnion, name: string): string {
  const branches = issue.errors
    .flatMap((branch) => branch.slice(0, 1))
    .toSorted((left, right) => right.path.length - left.path.length);
  const nearest = branches[0];
  if (nearest === undefined) return `(#100) Param ${name} has a value that is not supported`;
  return describeIssue({ ...nearest, path: [...issue.path, ...nearest.path] });
}
