// Stands for fast-check under mutation: the same properties, fewer examples, since each is tried once a mutant.
import whole, * as fc from 'fast-check';

export * from 'fast-check';

const mostRuns = 60;
// Whatever fails has killed its mutant: the smallest example is nobody's business. The seed makes runs alike.
const quickly = { endOnFailure: true, seed: 20_261_122 };

/** A property of either kind. */
export function assert<Ts>(
  property: fc.IRawProperty<Ts>,
  given: fc.Parameters<Ts> = {},
): void | Promise<void> {
  const numRuns = Math.min(given.numRuns ?? mostRuns, mostRuns);
  return fc.assert(property, { ...given, ...quickly, numRuns });
}

export default { ...whole, assert };
