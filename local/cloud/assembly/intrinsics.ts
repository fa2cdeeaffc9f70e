// Evaluates CloudFormation's intrinsic functions, as CloudFormation does when it deploys.

/** What an expression may look up; unknown names throw. */
export interface Scope {
  ref(name: string): unknown;
  attribute(logicalId: string, name: string): unknown;
  exported(name: string): unknown;
  output(stackName: string, name: string): unknown;
  mapped(map: string, topKey: string, secondKey: string): unknown;
  condition(name: string): boolean;
}

/** What AWS::NoValue evaluates to: whoever holds it drops it. */
export const NO_VALUE = Symbol('AWS::NoValue');

type Intrinsic = (argument: unknown, scope: Scope) => unknown;

const INTRINSICS: Record<string, Intrinsic> = {
  Ref: (argument, scope) => scope.ref(text(argument)),
  Condition: (argument, scope) => scope.condition(text(argument)),
  'Fn::GetAtt': (argument, scope) => {
    const path = typeof argument === 'string' ? argument.split('.') : texts(argument, scope);
    const [logicalId = '', ...names] = path;
    return scope.attribute(logicalId, names.join('.'));
  },
  'Fn::ImportValue': (argument, scope) => scope.exported(text(evaluate(argument, scope))),
  'Fn::GetStackOutput': (argument, scope) => {
    const { StackName, OutputName } = fields(evaluate(argument, scope));
    return scope.output(text(StackName), text(OutputName));
  },
  'Fn::Join': (argument, scope) => {
    const [separator, parts] = list(argument);
    return texts(parts, scope).join(text(separator));
  },
  'Fn::Split': (argument, scope) => {
    const [separator, source] = list(argument);
    return text(evaluate(source, scope)).split(text(separator));
  },
  'Fn::Select': (argument, scope) => {
    const [index, source] = list(argument);
    return list(evaluate(source, scope))[Number(evaluate(index, scope))];
  },
  'Fn::Sub': substitute,
  'Fn::FindInMap': (argument, scope) => {
    const [map = '', topKey = '', secondKey = ''] = texts(argument, scope);
    return scope.mapped(map, topKey, secondKey);
  },
  'Fn::Base64': (argument, scope) =>
    Buffer.from(text(evaluate(argument, scope))).toString('base64'),
  'Fn::If': (argument, scope) => {
    const [name, whenTrue, whenFalse] = list(argument);
    return evaluate(scope.condition(text(name)) ? whenTrue : whenFalse, scope);
  },
  'Fn::Equals': (argument, scope) => {
    const [left, right] = list(evaluate(argument, scope));
    return JSON.stringify(left) === JSON.stringify(right);
  },
  'Fn::And': (argument, scope) => list(evaluate(argument, scope)).every((value) => value === true),
  'Fn::Or': (argument, scope) => list(evaluate(argument, scope)).includes(true),
  'Fn::Not': (argument, scope) => list(evaluate(argument, scope))[0] !== true,
};

/** The value of an expression; what is not an intrinsic function is evaluated part by part. */
export function evaluate(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) {
    return value.map((part) => evaluate(part, scope)).filter((part) => part !== NO_VALUE);
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first !== undefined && isIntrinsic(first[0])) {
    const intrinsic = INTRINSICS[first[0]];
    if (intrinsic === undefined) throw new Error(`${first[0]} is not known to the local cloud.`);
    return intrinsic(first[1], scope);
  }
  return Object.fromEntries(
    entries
      .map(([key, part]) => [key, evaluate(part, scope)] as const)
      .filter(([, part]) => part !== NO_VALUE),
  );
}

// `Condition` alone is also a key of IAM statements, with an object under it; those are never evaluated here.
const isIntrinsic = (key: string) => key === 'Ref' || key === 'Condition' || key.startsWith('Fn::');

function substitute(argument: unknown, scope: Scope): string {
  const [template, variables] = Array.isArray(argument) ? list(argument) : [argument, {}];
  const own = fields(evaluate(variables, scope));
  return text(template).replaceAll(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    if (name in own) return text(own[name]);
    const [logicalId = '', ...attribute] = name.split('.');
    return text(
      attribute.length === 0 ? scope.ref(name) : scope.attribute(logicalId, attribute.join('.')),
    );
  });
}

function list(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new Error(`${JSON.stringify(value)} should be a list.`);
  return value;
}

const texts = (value: unknown, scope: Scope) => list(evaluate(value, scope)).map(text);

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`${JSON.stringify(value)} should be a text.`);
}

function fields(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) {
    throw new Error(`${JSON.stringify(value)} should be an object.`);
  }
  return { ...value };
}
