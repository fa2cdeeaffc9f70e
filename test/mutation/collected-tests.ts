// What vitest is to our tests, without vitest: collects them in this process, so that one can be run a thousand times.
import { format } from 'node:util';

type Hook = () => unknown;
type Body = (...given: unknown[]) => unknown;

interface Suite {
  readonly title: string;
  readonly parent: Suite | undefined;
  readonly before: Hook[];
  readonly after: Hook[];
}

export interface CollectedTest {
  /** The title with those of its suites, and a number, since rows of a table may be titled alike. */
  readonly name: string;
  run(): Promise<void>;
}

const state: { suite: Suite; tests: CollectedTest[] } = {
  suite: newSuite('', undefined),
  tests: [],
};

/** The tests that `load` declares, in their order. */
export async function collectTests(load: () => Promise<unknown>): Promise<CollectedTest[]> {
  state.suite = newSuite('', undefined);
  state.tests = [];
  await load();
  return state.tests;
}

function newSuite(title: string, parent: Suite | undefined): Suite {
  return { title, parent, before: [], after: [] };
}

function declareTest(title: string, body: Body): void {
  const { suite, tests } = state;
  const name = `${titleOf(suite)}${title} #${tests.length}`;
  tests.push({ name, run: () => runInside(suite, body) });
}

function titleOf(suite: Suite): string {
  return suite.parent === undefined ? '' : `${titleOf(suite.parent)}${suite.title} > `;
}

/** A `beforeAll` runs before each: a mutant's world must not be met by the next one. */
async function runInside(suite: Suite, body: Body): Promise<void> {
  const suites: Suite[] = [];
  for (let at: Suite | undefined = suite; at !== undefined; at = at.parent) suites.unshift(at);
  try {
    for (const { before } of suites) for (const hook of before) await hook();
    await body({});
  } finally {
    for (const { after } of suites.toReversed()) for (const hook of after) await hook();
  }
}

function declareSuite(title: string, body: Body): void {
  const outer = state.suite;
  state.suite = newSuite(title, outer);
  body();
  state.suite = outer;
}

function withTables(declare: (title: string, body: Body) => void) {
  const each = (rows: readonly unknown[]) => (title: string, body: Body) => {
    for (const row of rows) {
      const given: readonly unknown[] = Array.isArray(row) ? row : [row];
      declare(format(title, ...given), () => body(...given));
    }
  };
  return Object.assign(declare, { each });
}

export const describe = withTables(declareSuite);
export const test = withTables(declareTest);
export const it = withTables(declareTest);
export const beforeEach = (hook: Hook) => void state.suite.before.push(hook);
export const afterEach = (hook: Hook) => void state.suite.after.unshift(hook);
export const beforeAll = (hook: Hook) => void state.suite.before.push(hook);
export const afterAll = (hook: Hook) => void state.suite.after.unshift(hook);
