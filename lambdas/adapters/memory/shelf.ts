// A table in memory: things by key, each a frozen copy, with the one condition that the stores need.
import { frozenCopy } from './frozen-copy.ts';

export interface Shelf<Thing extends object> {
  get(...key: readonly string[]): Thing | undefined;
  /** Whether `version` may be written: version 1 where there is none, each later one over the one before. */
  isNext(version: number, ...key: readonly string[]): boolean;
  put(thing: Thing, ...key: readonly string[]): void;
  remove(...key: readonly string[]): void;
  all(): Thing[];
}

export function newShelf<Thing extends object>(entity: string): Shelf<Thing> {
  const things = new Map<string, Thing>();
  const text = (key: readonly string[]) => JSON.stringify(key.map((part) => part.toWellFormed()));
  return {
    get: (...key) => things.get(text(key)),
    isNext(version, ...key) {
      const present = things.get(text(key));
      if (version === 1) return present === undefined;
      return present !== undefined && 'version' in present && present.version === version - 1;
    },
    put: (thing, ...key) => void things.set(text(key), frozenCopy(entity, thing)),
    remove: (...key) => void things.delete(text(key)),
    all: () => [...things.values()],
  };
}
