// Metadata as Stripe keeps it: strings, and a blank takes a key away.
import { invalidParameter } from '../server/api-error.ts';

type Given = Record<string, string | number | null> | '' | null | undefined;

const MOST_KEYS = 50;
const LONGEST_KEY = 40;
const LONGEST_VALUE = 500;

/** The metadata after `given` is merged into `known`; a blank for the whole clears it. */
export function mergeMetadata(known: Record<string, string>, given: Given): Record<string, string> {
  if (given === undefined) return known;
  if (given === '' || given === null) return {};
  const merged = new Map(Object.entries(known));
  for (const [key, value] of Object.entries(given)) {
    if (value === '' || value === null) merged.delete(key);
    else merged.set(key, checked(key, String(value)));
  }
  if (merged.size > MOST_KEYS)
    throw tooMuch('metadata', `${MOST_KEYS} keys, each with ${LONGEST_VALUE}`);
  return Object.fromEntries(merged);
}

function checked(key: string, value: string): string {
  if (key.length > LONGEST_KEY) throw tooMuch(`metadata[${key}]`, `keys of ${LONGEST_KEY}`);
  if (value.length > LONGEST_VALUE) throw tooMuch(`metadata[${key}]`, `values of ${LONGEST_VALUE}`);
  return value;
}

function tooMuch(param: string, limit: string) {
  return invalidParameter({ param, message: `Metadata takes ${limit} characters or fewer.` });
}
