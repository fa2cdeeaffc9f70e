// Maps that outlive the process when DATA_DIR is set: written through to SQLite before set() returns.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** A map in memory whose every change is on disk first, in insertion order of its keys. */
export interface DurableMap<T> {
  get(key: string): T | undefined;
  set(key: string, value: T): void;
  delete(key: string): void;
  entries(): [string, T][];
}

export interface Durable {
  /** The map of that name; values are plain JSON. One caller a name. */
  map<T>(name: string): DurableMap<T>;
  /** Runs `work`; all that it sets and deletes is on disk together, or, if the process dies, not at all. */
  together(work: () => void): void;
  close(): void;
}

/** Opens `<directory>/<name>.sqlite`, or maps in memory alone when no directory is given. */
export function openDurable(directory: string | undefined, name: string): Durable {
  if (directory === undefined) {
    return { map: () => mapInMemory(), together: (work) => work(), close: () => undefined };
  }
  mkdirSync(directory, { recursive: true });
  const database = new DatabaseSync(join(directory, `${name}.sqlite`));
  // WAL with FULL sync: what was answered is on disk, also after kill -9.
  database.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;');
  database.exec(
    'CREATE TABLE IF NOT EXISTS entry (seq INTEGER PRIMARY KEY AUTOINCREMENT, map TEXT, key TEXT, value TEXT, UNIQUE(map, key))',
  );
  return {
    map: (mapName) => mapOnDisk(database, mapName),
    together(work) {
      database.exec('BEGIN');
      work();
      database.exec('COMMIT');
    },
    close: () => database.close(),
  };
}

function mapInMemory<T>(): DurableMap<T> {
  const entries = new Map<string, T>();
  return {
    get: (key) => entries.get(key),
    set: (key, value) => void entries.set(key, value),
    delete: (key) => void entries.delete(key),
    entries: () => [...entries],
  };
}

function mapOnDisk<T>(database: DatabaseSync, name: string): DurableMap<T> {
  const put = database.prepare(
    'INSERT INTO entry (map, key, value) VALUES (?, ?, ?) ON CONFLICT (map, key) DO UPDATE SET value = excluded.value',
  );
  const drop = database.prepare('DELETE FROM entry WHERE map = ? AND key = ?');
  const read = database.prepare('SELECT key, value FROM entry WHERE map = ? ORDER BY seq');
  const memory = mapInMemory<T>();
  for (const row of read.all(name)) {
    // oxlint-disable-next-line typescript/no-unsafe-assignment -- we read back only what set() below wrote
    const value: T = JSON.parse(String(row['value']));
    memory.set(String(row['key']), value);
  }
  return {
    get: memory.get,
    entries: memory.entries,
    set(key, value) {
      put.run(name, key, JSON.stringify(value));
      memory.set(key, value);
    },
    delete(key) {
      drop.run(name, key);
      memory.delete(key);
    },
  };
}
