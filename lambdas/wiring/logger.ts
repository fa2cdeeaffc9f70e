// The one door to the logs: registered codes with allowed fields, checked again at run time.
import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { redact } from '../domain/privacy/redact.ts';
import {
  type CodeShape,
  type FieldKind,
  LOG_CODES,
  type LogCode,
  type LogFields,
} from './log-codes.ts';

const logger = new Logger();

export type Log = <Code extends LogCode>(code: Code, fields?: LogFields<Code>) => void;

export const log: Log = (code, fields = {}) => {
  const shape: CodeShape = LOG_CODES[code];
  logger[shape.level](code, allowedFields(shape, fields));
};

/** Each line of an invocation names it. */
export function nameInvocation(context: Context): void {
  logger.addContext(context);
}

function allowedFields(shape: CodeShape, fields: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(
    Object.entries(shape.fields)
      .filter(([name]) => fields[name] !== undefined)
      .map(([name, kind]) => [name, allowedValue(kind, fields[name])]),
  );
}

const withheld = '[withheld]';

function allowedValue(kind: FieldKind, value: unknown): number | string {
  if (kind === 'count') return typeof value === 'number' ? value : withheld;
  if (typeof value !== 'string') return withheld;
  if (kind === 'word') return /^[\w.:/[\]-]{1,200}$/u.test(value) ? redact(value) : withheld;
  return redact(value.replaceAll(/\s+/gu, ' ')).slice(0, 300);
}
