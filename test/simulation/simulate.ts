// `npm run simulate`: many runs by their seeds, the story of one of them, or death at every call; `--help` tells how it is asked.
import './cloud/environment.ts';
import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { crashEverywhere } from './crash-points.ts';
import { coverageTable, neverTaken, takenAfterAll } from './coverage.ts';
import type { Job, RunTold, WorkerTold } from './job.ts';
import { journeys } from './journeys.ts';
import { planOf } from './plan.ts';
import { runPlan } from './run.ts';
import { shrink } from './shrink.ts';
import { storyOf } from './story.ts';

const usage = `npm run simulate -- [--seed N] [--seeds N] [--runs N] [--workers N] [--coverage]
  does N runs (1000) of seed N (1), or of so many seeds from it on, with N workers (2);
  --coverage shows which step of which machine met which fault
npm run simulate -- --seed N --run N [--trace]
  tells the story of one run, made as small as it fails; --trace shows all that happened in it
npm run simulate -- --crash-points
  kills the process before and after each call of each journey`;

const options = {
  help: { type: 'boolean', default: false },
  seed: { type: 'string', default: '1' },
  runs: { type: 'string', default: '1000' },
  seeds: { type: 'string', default: '1' },
  workers: { type: 'string', default: '2' },
  run: { type: 'string' },
  trace: { type: 'boolean', default: false },
  coverage: { type: 'boolean', default: false },
  'crash-points': { type: 'boolean', default: false },
} as const;

const { values } = readArguments();

function readArguments() {
  try {
    return parseArgs({ options });
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exit(2);
  }
}

/** So many failures are shrunk and told; the rest is only named. */
const mostStories = 3;

async function simulate(job: Job): Promise<boolean> {
  const startedAt = performance.now();
  const hashes: string[] = [];
  const failed: RunTold[] = [];
  const counts = new Map<string, number>();
  let steps = 0;
  let runs = 0;
  await Promise.all(
    Array.from({ length: job.workers }, (_, worker) =>
      work(job, worker, (told) => {
        for (const run of told.runs) {
          hashes[run.index] = run.hash;
          steps += run.steps;
          runs += 1;
          if (run.violation === undefined) continue;
          failed.push(run);
          process.stderr.write(`\n${run.name}: ${run.violation}\n`);
        }
        for (const [key, count] of told.counts ?? [])
          counts.set(key, (counts.get(key) ?? 0) + count);
        showProgress({ runs, of: job.runs, failed: failed.length, startedAt });
      }),
    ),
  );
  process.stderr.write('\n');
  for (const { name } of failed.slice(0, mostStories)) await tell(name);
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage();
  const perCpuSecond = (job.runs * 1_000_000) / (user + system);
  const hash = createHash('sha256').update(hashes.join('\n')).digest('hex').slice(0, 16);
  if (values.coverage) console.log(coverageTable(counts).join('\n'));
  const never = neverTaken(counts);
  const afterAll = takenAfterAll(counts);
  console.log(
    [
      `seeds ${job.seed}…${job.seed + job.seeds - 1}, ${job.runs} runs, ${steps} calls and deliveries, hash ${hash}`,
      `${seconds.toFixed(1)} s, ${(job.runs / seconds).toFixed(1)} runs a second with ${job.workers} workers, ${perCpuSecond.toFixed(1)} a second of CPU`,
      `steps of the machines never taken: ${never.length === 0 ? 'none' : never.join(', ')}`,
      ...(afterAll.length === 0 ? [] : [`taken, and called unreachable: ${afterAll.join(', ')}`]),
      `violations: ${failed.length}${failed.length === 0 ? '' : ` (${failed.map(({ name }) => name).join(', ')})`}`,
    ].join('\n'),
  );
  return failed.length === 0;
}

function work(job: Job, worker: number, hear: (told: WorkerTold) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('simulation-process.ts', import.meta.url), {
      workerData: { job, worker },
    });
    thread.on('message', hear);
    thread.on('error', reject);
    thread.on('exit', () => resolve());
  });
}

function showProgress(at: { runs: number; of: number; failed: number; startedAt: number }): void {
  const { runs, of, failed, startedAt } = at;
  const width = 30;
  const done = Math.round((width * runs) / of);
  const perSecond = (1000 * runs) / (performance.now() - startedAt);
  const bar = `${'█'.repeat(done)}${'░'.repeat(width - done)}`;
  process.stderr.write(`\r${bar} ${runs}/${of} runs, ${perSecond.toFixed(0)}/s, ${failed} failed `);
}

/** Runs one again, as small as it gets. */
async function tell(name: string): Promise<boolean> {
  const [seed, run] = name.split('/').map(Number);
  const plan = planOf(seed ?? 0, run ?? 0);
  const { violation, hash, lines } = await runPlan(plan, { isTold: values.trace });
  if (values.trace) console.log(lines.join('\n'));
  console.log(`\nRun ${name}, hash ${hash}`);
  if (violation !== undefined) console.log(storyOf(await shrink({ plan, violation })));
  else console.log(storyOf({ plan, violation: 'nothing is wrong.' }));
  return violation === undefined;
}

/** Every call of every journey, before it and after it. */
async function crash(): Promise<boolean> {
  let [points, failures] = [0, 0];
  for (const plan of journeys) {
    const report = await crashEverywhere(plan);
    points += report.points;
    failures += report.failures.length;
    const { journey } = report;
    console.log(
      `${journey.padEnd(48)} ${report.points} crash points, ${report.failures.length} failures`,
    );
    for (const failure of report.failures) console.log(`    ${failure}`);
  }
  console.log(`${journeys.length} journeys, ${points} crash points, ${failures} failures`);
  return failures === 0;
}

async function chosen(): Promise<boolean> {
  if (values.help) {
    console.log(usage);
    return true;
  }
  if (values['crash-points']) return crash();
  if (values.run !== undefined) return tell(`${values.seed}/${values.run}`);
  const [seed, seeds] = [Number(values.seed), Number(values.seeds)];
  return simulate({ seed, seeds, runs: Number(values.runs), workers: Number(values.workers) });
}

process.exitCode = (await chosen()) ? 0 : 1;
