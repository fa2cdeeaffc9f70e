// A test runner for StrykerJS that keeps our modules and tests loaded and runs, for each mutant, the tests that reach it.
import { globSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import type { InstrumenterContext } from '@stryker-mutator/api/core';
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  determineHitLimitReached,
  DryRunStatus,
  MutantRunStatus,
  TestStatus,
} from '@stryker-mutator/api/test-runner';
import type {
  DryRunResult,
  MutantRunOptions,
  MutantRunResult,
  TestResult,
  TestRunner,
} from '@stryker-mutator/api/test-runner';
import { collectTests, type CollectedTest } from './collected-tests.ts';
import { currentGeneration, freshModules } from './fresh-modules.ts';

/** What the instrumented code reads and writes. */
const stryker: InstrumenterContext = {};
const shortestTimeoutMs = 5_000;
/** Tests slower than this, and those that need more examples than we give, are left out: the score is never too high for it. */
const slowestMs = 1_000;

type Verdict =
  | { readonly kind: 'passed' | 'timeout' }
  | { readonly kind: 'failed'; readonly why: string };

class InProcessRunner implements TestRunner {
  private readonly load = freshModules(process.cwd());
  private readonly files = (process.env['MUTATION_TESTS'] ?? '')
    .split(' ')
    .flatMap((pattern) => globSync(pattern))
    .toSorted();
  private readonly tests = new Map<string, CollectedTest>();
  private readonly tookMs = new Map<string, number>();
  private isUnhandled = false;

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init(): Promise<void> {
    Object.assign(globalThis, { __stryker__: stryker });
    process.on('unhandledRejection', () => {
      this.isUnhandled = true;
    });
    await this.loadInto(this.tests, this.files);
  }

  async dryRun(): Promise<DryRunResult> {
    const results: TestResult[] = [];
    for (const [id, test] of this.tests) {
      stryker.currentTestId = id;
      const from = performance.now();
      const verdict = await this.run(id, test);
      const timeSpentMs = Math.max(1, Math.round(performance.now() - from));
      this.tookMs.set(id, timeSpentMs);
      if (verdict.kind === 'passed' && timeSpentMs <= slowestMs) {
        results.push({ id, name: id, timeSpentMs, status: TestStatus.Success });
        continue;
      }
      delete stryker.mutantCoverage?.perTest[id];
      console.error(`left out, ${verdict.kind} in ${timeSpentMs} ms: ${id}`);
    }
    delete stryker.currentTestId;
    const { mutantCoverage } = stryker;
    return {
      status: DryRunStatus.Complete,
      tests: results,
      ...(mutantCoverage === undefined ? {} : { mutantCoverage }),
    };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    stryker.hitCount = 0;
    if (options.hitLimit === undefined) delete stryker.hitLimit;
    else stryker.hitLimit = options.hitLimit;
    stryker.activeMutant = options.activeMutant.id;
    const result = options.reloadEnvironment
      ? await this.runReloaded(this.idsToRun(options))
      : await this.runLoaded(options);
    delete stryker.activeMutant;
    return result;
  }

  /** What the code remembers hides mutants in how it was found out: those that live on may be looked at a second time. */
  private async runLoaded(options: MutantRunOptions): Promise<MutantRunResult> {
    const ids = this.idsToRun(options);
    const result = await this.runTests(this.tests, ids);
    const isRemembering = process.env['MUTATION_LOOKS'] === 'twice';
    if (result.status !== MutantRunStatus.Survived || !isRemembering) return result;
    const files = new Set(ids.map(fileOf));
    return this.runReloaded([...this.tests.keys()].filter((id) => files.has(fileOf(id))));
  }

  /** Of a mutant that acts while modules load, file after file, so that what kills it early spares the others. */
  private async runReloaded(ids: readonly string[]): Promise<MutantRunResult> {
    currentGeneration.number += 1;
    const wanted = new Set(ids);
    const files = this.files.filter((file) => ids.some((id) => fileOf(id) === file));
    let nrOfTests = 0;
    for (const file of files) {
      const tests = new Map<string, CollectedTest>();
      try {
        await this.loadInto(tests, [file]);
      } catch (error) {
        return killed([file], String(error), nrOfTests);
      }
      const here = [...tests.keys()].filter((id) => wanted.has(id));
      const result = await this.runTests(tests, this.quickestFirst(here));
      if (result.status !== MutantRunStatus.Survived) return result;
      nrOfTests += result.nrOfTests;
    }
    return { status: MutantRunStatus.Survived, nrOfTests };
  }

  private async runTests(
    tests: ReadonlyMap<string, CollectedTest>,
    ids: readonly string[],
  ): Promise<MutantRunResult> {
    for (const [index, id] of ids.entries()) {
      const test = tests.get(id);
      if (test === undefined) return killed([id], 'This test is not declared any more.', index + 1);
      const verdict = await this.run(id, test);
      const tooOften = determineHitLimitReached(stryker.hitCount, stryker.hitLimit);
      if (tooOften !== undefined) return { status: MutantRunStatus.Timeout };
      if (verdict.kind === 'timeout') return { status: MutantRunStatus.Timeout };
      if (verdict.kind === 'failed') {
        await this.insistThatItPassesWithoutTheMutant(id);
        return killed([id], verdict.why, index + 1);
      }
    }
    return { status: MutantRunStatus.Survived, nrOfTests: ids.length };
  }

  /** A kill counts only where the same test passes here and now on the code as it is. */
  private async insistThatItPassesWithoutTheMutant(id: string): Promise<void> {
    const test = this.tests.get(id);
    const mutant = stryker.activeMutant;
    delete stryker.activeMutant;
    const verdict = test === undefined ? undefined : await this.run(id, test);
    if (verdict?.kind === 'passed') return;
    throw new Error(`Something is left over of mutant ${mutant}: ${id} fails without it.`);
  }

  private async run(id: string, test: CollectedTest): Promise<Verdict> {
    this.isUnhandled = false;
    const timeoutMs = Math.max(shortestTimeoutMs, 20 * (this.tookMs.get(id) ?? 0));
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<Verdict>((resolve) => {
      timer = setTimeout(() => resolve({ kind: 'timeout' }), timeoutMs);
    });
    const verdict = await Promise.race([tooLate, verdictOf(test)]);
    clearTimeout(timer);
    if (verdict.kind === 'passed' && this.isUnhandled) {
      return { kind: 'failed', why: 'Something was rejected that nobody handles.' };
    }
    return verdict;
  }

  private async loadInto(tests: Map<string, CollectedTest>, files: readonly string[]) {
    for (const file of files) {
      for (const test of await collectTests(() => this.load(file))) {
        tests.set(`${file}${fileMark}${test.name}`, test);
      }
    }
  }

  private idsToRun(options: MutantRunOptions): string[] {
    return this.quickestFirst(options.testFilter ?? [...this.tests.keys()]);
  }

  private quickestFirst(ids: readonly string[]): string[] {
    const tookMs = (id: string) => this.tookMs.get(id) ?? 0;
    return ids
      .filter((id) => tookMs(id) <= slowestMs)
      .toSorted((one, other) => tookMs(one) - tookMs(other));
  }
}

const fileMark = ' > ';

function fileOf(id: string): string {
  return id.slice(0, id.indexOf(fileMark));
}

async function verdictOf(test: CollectedTest): Promise<Verdict> {
  try {
    await test.run();
    return { kind: 'passed' };
  } catch (error) {
    return { kind: 'failed', why: String(error).slice(0, 500) };
  }
}

function killed(killedBy: string[], failureMessage: string, nrOfTests: number): MutantRunResult {
  return { status: MutantRunStatus.Killed, killedBy, failureMessage, nrOfTests };
}

export const strykerPlugins = [
  declareFactoryPlugin(PluginKind.TestRunner, 'in-process', () => new InProcessRunner()),
];
