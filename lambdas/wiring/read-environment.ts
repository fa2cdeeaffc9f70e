// Reads what the stacks have set: names that are missing are told all at once, and settings are checked before use.
import * as z from 'zod/mini';
import { readCurrency } from '../domain/money/currency.ts';
import type { Settings } from '../domain/settings.ts';
import { ENVIRONMENT } from './environment.ts';

export type EnvironmentKey = keyof typeof ENVIRONMENT;

export type EnvironmentSource = Readonly<Record<string, string | undefined>>;

/** The values under our own keys (`chatQueueUrl`). Throws with the names of all that are missing; empty is missing. */
export function readEnvironment<Key extends EnvironmentKey>(
  keys: readonly Key[],
  source: EnvironmentSource = process.env,
): Readonly<Record<Key, string>> {
  const values: Partial<Record<Key, string>> = {};
  for (const key of keys) {
    const value = source[ENVIRONMENT[key]];
    if (value !== undefined && value !== '') values[key] = value;
  }
  if (hasAll(values, keys)) return values;
  const missing = keys.filter((key) => values[key] === undefined).map((key) => ENVIRONMENT[key]);
  throw new Error(`Not set in the environment: ${missing.join(', ')}`);
}

function hasAll<Key extends EnvironmentKey>(
  values: Partial<Record<Key, string>>,
  keys: readonly Key[],
): values is Record<Key, string> {
  return keys.every((key) => values[key] !== undefined);
}

const count = z.int().check(z.nonnegative());

const settingsSchema = z.object({
  live: z.boolean(),
  peerPaymentsApproval: z.nullable(z.string()),
  pageId: z.string().check(z.minLength(1)),
  undoSeconds: count,
  claimDays: count.check(z.positive()),
  draftMinutes: count.check(z.positive()),
  requestDays: count.check(z.positive()),
  defaultCurrency: z.string(),
  country: z.string().check(z.regex(/^[A-Z]{2}$/u)),
  feePercent: z.number().check(z.nonnegative(), z.lt(100)),
});

/** SETTINGS as the domain knows them. Throws with the names of the wrong ones: nothing runs on half a configuration. */
export function readSettings(source: EnvironmentSource = process.env): Settings {
  const { settings } = readEnvironment(['settings'], source);
  const parsed = z.safeParse(settingsSchema, parseJson(settings));
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => issue.path.join('.') || 'not an object');
    throw new Error(`SETTINGS cannot be used: ${wrong.join(', ')}`);
  }
  const defaultCurrency = readCurrency(parsed.data.defaultCurrency);
  if (defaultCurrency === undefined) {
    throw new Error('SETTINGS cannot be used: defaultCurrency is not an ISO 4217 code');
  }
  return { ...parsed.data, defaultCurrency };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error('SETTINGS is not JSON', { cause });
  }
}
