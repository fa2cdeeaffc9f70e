// The chain of seals: whatever is done to a journal afterwards, some seal no longer fits.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { sealed, sealOf } from '../../../lambdas/domain/journal/seal.ts';
import { wholeLife } from '../../builders/payments.ts';

const entries = wholeLife().map(({ entry }) => entry);

function sealAll(journal: readonly (typeof entries)[number][]): string[] {
  let last: string | undefined;
  return journal.map((entry) => {
    last = sealOf(entry, last);
    return last;
  });
}

it('continues from the seal that the subject brings along', () => {
  const [first, second] = entries;
  if (first === undefined || second === undefined) throw new Error('a life has steps');
  const before = sealed<{ version: number; seal?: string }, typeof first>({ version: 1 }, first);
  const after = sealed({ ...before.subject, version: 2 }, second);

  expect(after.entry.seal).toBe(sealOf(second, before.entry.seal));
  expect(after.subject.seal).toBe(after.entry.seal);
  expect(after.entry.seal).not.toBe(sealOf(second, undefined));
});

it('does not depend on the order in which fields were written, nor on a seal that is there already', () => {
  const [entry] = entries;
  if (entry === undefined) throw new Error('a life has steps');
  const turned = Object.fromEntries(Object.entries(entry).reverse());

  expect(sealOf(turned, 'before')).toBe(sealOf(entry, 'before'));
  expect(sealOf({ ...entry, seal: 'old' }, 'before')).toBe(sealOf(entry, 'before'));
});

it('no entry can be changed, left out, doubled or moved without another last seal', () => {
  const genuine = sealAll(entries).at(-1);
  const place = fc.nat({ max: entries.length - 1 });
  fc.assert(
    fc.property(
      place,
      place,
      fc.constantFrom('change', 'drop', 'double', 'swap'),
      (at, to, how) => {
        fc.pre(how !== 'swap' || at !== to);
        const forged = entries.map((entry) => ({ ...entry }));
        const entry = entries[at];
        const other = entries[to];
        if (entry === undefined || other === undefined) throw new Error('a place in the journal');
        if (how === 'change') forged.splice(at, 1, { ...entry, atMs: entry.atMs + 1 });
        if (how === 'drop') forged.splice(at, 1);
        if (how === 'double') forged.splice(at, 0, entry);
        if (how === 'swap') [forged[at], forged[to]] = [other, entry];

        expect(sealAll(forged).at(-1)).not.toBe(genuine);
      },
    ),
  );
});
