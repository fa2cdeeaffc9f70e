// Validates a request's parameters as strictly as Stripe does, against the SDK's declaration of them.
import { invalidParameter } from '../server/api-error.ts';
import type { Raw } from './raw-parameters.ts';
import { shapeOf, type Field, type Shape } from './shape.ts';

/** Parameters that the SDK declares as P. */
export interface Declared<P> {
  /** Throws the ApiError that Stripe answers for an unknown, missing or malformed parameter. */
  read(raw: Map<string, Raw>): P;
}

/**
 * The parameters that the SDK declares as the interface `path` in `resources/<file>.d.ts`. P must be that interface:
 * it is what makes the shape and the type the same thing.
 */
export function declared<P extends object>(file: string, path: string): Declared<P> {
  let shape: Shape | undefined;
  return {
    read(raw) {
      shape ??= shapeOf(`resources/${file}`, path);
      const value = readValue(shape, raw, '');
      if (isDeclared<P>(value)) return value;
      throw new TypeError(`${path} is not an interface`);
    },
  };
}

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- it passed the shape made from P's declaration
function isDeclared<P extends object>(value: unknown): value is P {
  return typeof value === 'object' && value !== null;
}

function readValue(shape: Shape, raw: Raw, path: string): unknown {
  switch (shape.is) {
    case 'anything':
      return raw;
    case 'text':
      return readText(raw, path);
    case 'number':
      return readNumber(raw, path);
    case 'boolean':
      return readBoolean(raw, path);
    case 'nothing':
      return null;
    case 'literal':
      return readChoice([shape], raw, path);
    case 'choice':
      return readChoice(shape.of, raw, path);
    case 'list':
      return readList(shape.of, raw, path);
    case 'record':
      return readRecord(shape.of, raw, path);
    case 'fields':
      return readFields(shape.fields, raw, path);
  }
}

function readText(raw: Raw, path: string): string {
  if (typeof raw !== 'string') {
    throw invalidParameter({ param: path, message: `Invalid string: ${describe(raw)}` });
  }
  if (raw !== '') return raw;
  const advice = `You should remove '${path}' from your request or supply a non-empty value.`;
  throw invalidParameter({
    param: path,
    code: 'parameter_invalid_empty',
    message: `You passed an empty string for '${path}'. We assume empty values are an attempt to unset a parameter; however '${path}' cannot be unset. ${advice}`,
  });
}

function readNumber(raw: Raw, path: string): number {
  const number = typeof raw === 'string' && /^-?\d+$/.test(raw) ? Number(raw) : raw;
  if (typeof number === 'number' && Number.isSafeInteger(number)) return number;
  throw invalidParameter({
    param: path,
    code: 'parameter_invalid_integer',
    message: `Invalid integer: ${describe(raw)}`,
  });
}

function readBoolean(raw: Raw, path: string): boolean {
  if (raw === true || raw === 'true') return true;
  if (raw === false || raw === 'false') return false;
  throw invalidParameter({ param: path, message: `Invalid boolean: ${describe(raw)}` });
}

function readChoice(choices: Shape[], raw: Raw, path: string): unknown {
  if (raw === null) {
    if (choices.some((each) => each.is === 'nothing')) return null;
  } else if (typeof raw === 'object') {
    const inner = choices.find((each) => ['list', 'record', 'fields'].includes(each.is));
    if (inner) return readValue(inner, raw, path);
  } else {
    const fitting = choices.find((each) => fitsScalar(each, raw));
    if (fitting) return fitting.is === 'literal' ? raw : readValue(fitting, raw, path);
  }
  throw refuseChoice(choices, raw, path);
}

function fitsScalar(shape: Shape, raw: string | number | boolean): boolean {
  if (shape.is === 'literal') return shape.value === raw;
  if (shape.is === 'boolean') return /^(true|false)$/.test(String(raw));
  if (shape.is === 'number') return /^-?\d+$/.test(String(raw));
  return shape.is === 'anything' || (shape.is === 'text' && raw !== '');
}

function refuseChoice(choices: Shape[], raw: Raw, path: string) {
  const [only] = choices.filter((each) => each.is !== 'nothing' && each.is !== 'literal');
  if (only?.is === 'number') return invalidInteger(raw, path);
  if (only?.is === 'boolean') {
    return invalidParameter({ param: path, message: `Invalid boolean: ${describe(raw)}` });
  }
  const known = choices.flatMap((each) => (each.is === 'literal' ? [each.value] : []));
  const message = `Invalid ${path}: must be one of ${known.filter(Boolean).join(', ')}`;
  return invalidParameter({ param: path, message });
}

function invalidInteger(raw: Raw, path: string) {
  return invalidParameter({
    param: path,
    code: 'parameter_invalid_integer',
    message: `Invalid integer: ${describe(raw)}`,
  });
}

function readList(of: Shape, raw: Raw, path: string): unknown[] {
  const items = raw instanceof Map ? [...raw.values()] : raw;
  if (Array.isArray(items)) return items.map((each, at) => readValue(of, each, `${path}[${at}]`));
  throw invalidParameter({ param: path, message: 'Invalid array' });
}

function readRecord(of: Shape, raw: Raw, path: string): unknown {
  if (!(raw instanceof Map)) throw invalidParameter({ param: path, message: 'Invalid object' });
  const entries = [...raw].map(([name, each]) => {
    // A blank in a record (metadata) takes the key away; it is not a missing value.
    const value = each === '' ? '' : readValue(of, each, join(path, name));
    return [name, value];
  });
  return Object.fromEntries(entries);
}

function readFields(fields: Map<string, Field>, raw: Raw, path: string): unknown {
  if (!(raw instanceof Map)) throw invalidParameter({ param: path, message: 'Invalid object' });
  for (const name of raw.keys()) {
    if (!fields.has(name)) throw unknownParameter(join(path, name));
  }
  const value: [string, unknown][] = [];
  for (const [name, field] of fields) {
    const given = raw.get(name);
    if (given === undefined && field.required) throw missingParameter(join(path, name));
    if (given !== undefined) {
      value.push([name, readValue(field.shape(), given, join(path, name))]);
    }
  }
  return Object.fromEntries(value);
}

/** Writable until the version named endive; the code is what Stripe answers since. */
const RETIRED = 'payment_method_types';

function unknownParameter(param: string) {
  if (param === RETIRED) {
    return invalidParameter({
      param,
      code: 'payment_method_types_no_longer_supported',
      message:
        'The payment_method_types parameter is no longer supported. Use allowed_payment_method_types, or dynamic payment methods, instead.',
    });
  }
  return invalidParameter({
    param,
    code: 'parameter_unknown',
    message: `Received unknown parameter: ${param}`,
  });
}

function missingParameter(param: string) {
  return invalidParameter({
    param,
    code: 'parameter_missing',
    message: `Missing required param: ${param}.`,
  });
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}[${name}]`;
}

function describe(raw: Raw): string {
  return typeof raw === 'object' && raw !== null ? 'an object' : String(raw);
}
