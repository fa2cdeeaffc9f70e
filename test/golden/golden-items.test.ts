// Items written by every release so far are still read, and read as the same thing. Golden files are never edited.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { entities } from '../../lambdas/adapters/dynamodb/item-format.ts';
import { personItem, pinItem } from '../../lambdas/adapters/dynamodb/items/people.ts';
import { readJournalEntry } from '../../lambdas/adapters/dynamodb/items/journal.ts';
import { everyThing } from './every-thing.ts';

/** A golden file: an item as a release wrote it, and the thing as which it is read today. */
const goldenSchema = z.object({
  item: z.looseObject({ entity: z.string(), schemaVersion: z.number() }),
  thing: z.looseObject({}),
});

const here = import.meta.dirname;
const goldenOf = (file: string) =>
  goldenSchema.parse(JSON.parse(readFileSync(`${here}/${file}`, 'utf8'), withBytes));

/** JSON has no bytes: they stand as `{ "$bytes": <base64> }`. */
const bytesSchema = z.strictObject({ $bytes: z.string() });
function withBytes(_name: string, value: unknown): unknown {
  const read = bytesSchema.safeParse(value);
  return read.success ? new Uint8Array(Buffer.from(read.data.$bytes, 'base64')) : value;
}

const files = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.json'),
);
const byName = new Map(everyThing.map((kept) => [kept.name, kept]));

describe('golden items', () => {
  it.each(files)('%s is read as it always was', (file) => {
    const { item, thing } = goldenOf(file);
    const kept = byName.get(file.replace(/^.*\//, '').replace('.json', ''));

    expect(kept?.read(item)).toEqual(thing);
    expect(kept?.entity).toBe(item.entity);
  });

  it.each(everyThing)('there is one of $name for each schema version up to today’s', (kept) => {
    for (let version = 1; version <= kept.schemaVersion; version += 1) {
      expect(existsSync(`${here}/schema-${version}/${kept.name}.json`)).toBe(true);
    }
  });

  it.each(everyThing)('$name is written today as its newest golden item says', (kept) => {
    const { item, thing } = goldenOf(`schema-${kept.schemaVersion}/${kept.name}.json`);

    expect(kept.thing).toEqual(thing);
    expect(kept.write()).toEqual(item);
  });

  it('cover every entity', () => {
    const covered = new Set(everyThing.map(({ entity }) => entity));
    expect(covered).toEqual(new Set([...entities.users, ...entities.transactions]));
  });
});

describe('an item that is not what it should be', () => {
  const [anyPerson] = everyThing;
  const item = { ...anyPerson?.write() };

  it('is refused as another entity', () => {
    expect(() => pinItem.read(item)).toThrow('A Person item was read as Pin.');
  });

  it.each([0, 2, 99, 1.5])('is refused at schema version %d, by number', (schemaVersion) => {
    expect(() => personItem.read({ ...item, schemaVersion })).toThrow(
      `Person item of schema version ${schemaVersion}: this code reads 1 to 1.`,
    );
  });

  it.each([undefined, null, 7, 'x', {}, []])('is refused when it is %j', (broken) => {
    expect(() => personItem.read(broken)).toThrow('Person item cannot be read');
  });

  it('is refused with the names of its wrong fields and none of its words', () => {
    const broken = { ...item, name: 7, currency: 'Ann Hill', addresses: [{ pageId: '1' }] };

    expect(() => personItem.read(broken)).toThrow(
      'Person item cannot be read: addresses.0.psid (invalid_type), name (invalid_type), currency (invalid_value).',
    );
  });
});

describe('a journal entry from the stream', () => {
  it.each([
    ['payment-journal-entry', 'payment'],
    ['request-journal-entry', 'request'],
    ['order-journal-entry', 'order'],
  ])('%s is known for an entry of a %s', (name, of) => {
    const kept = byName.get(name);

    const beside = { changeId: 'x', createdAt: 'y', payeeKey: 'z' };
    expect(readJournalEntry({ ...kept?.write(), ...beside })).toEqual({
      of,
      entry: kept?.thing,
    });
  });
});
