// Stands for `vitest` where tests are run under mutation: its own expect and vi, our collector.
export {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  it,
  test,
} from './collected-tests.ts';

// Vitest asks for the worker that it runs in, which here is nobody's.
Object.assign(globalThis, {
  __vitest_worker__: { config: {}, environment: { name: 'node' }, metaEnv: process.env },
});
export const { expect, vi } = await import('vitest');

/** What the run's set-up provides: the database that `npm run mutate` has started, where a slice asks for it. */
export function inject(name: string): string {
  const provided = process.env[`MUTATION_${name}`];
  if (provided === undefined) throw new Error(`${name} is not provided under mutation`);
  return provided;
}
