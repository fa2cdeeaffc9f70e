// docs/pains.md has every thread once, and each that applies is named by a test in the file that its row names.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { threads } from './pain-threads.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

const threadIn = /[\w.-]+\/[\w.-]+#\d+/gu;
const threadsIn = (text: string) => text.match(threadIn) ?? [];

interface Row {
  readonly threads: readonly string[];
  readonly last: string;
}

/** Rows of the table under a heading. */
function rowsUnder(heading: string): Row[] {
  const chapter = read('docs/pains.md')
    .split(/^## /mu)
    .find((each) => each.startsWith(`${heading}\n`));
  const rows = (chapter ?? '').split('\n').filter((line) => line.startsWith('| '));
  return rows.slice(2).map((line) => {
    const [, , named = '', last = ''] = line.split('|').map((cell) => cell.trim());
    return { threads: threadsIn(named), last };
  });
}

/** What the titles of a test file name: the first text of a call of `it`, or of what `it.each` gives. */
function namedBy(path: string): Set<string> {
  const titles = read(path).match(/(?<=(?:\bit|\))\(\s*)'[^'\n]*\)'/gu) ?? [];
  return new Set(titles.flatMap(threadsIn));
}

const told = rowsUnder('What has a test');
const untold = rowsUnder('What has none');

describe('docs/pains.md', () => {
  it('has every thread in one row, once, and no other', () => {
    const inTable = [...told, ...untold].flatMap((row) => row.threads);

    expect(inTable.toSorted()).toEqual(threads.toSorted());
  });

  it.each(told)('$last names $threads in its titles', ({ threads: named, last }) => {
    const path = /`(test\/pains\/[^`]+)`/u.exec(last)?.[1] ?? '';

    expect([...named].filter((thread) => !namedBy(path).has(thread))).toEqual([]);
  });

  it('says why of each that has no test', () => {
    expect(untold.length).toBeGreaterThan(0);
    expect(untold.filter(({ last }) => !/\w{2,}.*\.$/u.test(last))).toEqual([]);
  });

  it('knows of every test file, and of every thread that a title names', () => {
    const files = globSync('test/pains/*.test.ts', { cwd: root });
    const inRows = new Set(told.flatMap((row) => row.threads));

    expect(files.filter((file) => !told.some(({ last }) => last === `\`${file}\``))).toEqual([]);
    expect(files.flatMap((file) => [...namedBy(file)]).filter((each) => !inRows.has(each))).toEqual(
      [],
    );
  });
});
