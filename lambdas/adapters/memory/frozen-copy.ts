// What the twins keep: a copy that nobody can change, with the same losses as a real table has.
import { assertFits } from '../dynamodb/item-size.ts';

/** A deep, frozen copy; lone surrogates become U+FFFD, what is undefined is left out. Throws on what is too large. */
export function frozenCopy<Thing extends object>(entity: string, thing: Thing): Thing {
  const copy = structuredClone(thing);
  settle(copy);
  assertFits(entity, copy);
  return copy;
}

function settle(thing: object): void {
  const fields: [string, unknown][] = Object.entries(thing);
  for (const [name, value] of fields) {
    if (value === undefined) Reflect.deleteProperty(thing, name);
    if (typeof value === 'string') Reflect.set(thing, name, value.toWellFormed());
    // Bytes cannot be frozen; they are a copy all the same.
    if (typeof value === 'object' && value !== null && !(value instanceof Uint8Array))
      settle(value);
  }
  Object.freeze(thing);
}
