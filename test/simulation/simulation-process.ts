// One worker of a simulation: does its runs one after the other, and tells of them now and then.
import './cloud/environment.ts';
import { parentPort, workerData } from 'node:worker_threads';
import { openCoverage } from './coverage.ts';
import { type Job, type RunTold, runsOf, type WorkerTold } from './job.ts';
import { planOf } from './plan.ts';
import { runPlan } from './run.ts';

const { job, worker } = workerData as { readonly job: Job; readonly worker: number };
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
const tell = (told: WorkerTold) => parentPort?.postMessage(told);
const coverage = openCoverage();
const tellEvery = 25;

let done: RunTold[] = [];
for (const { index, seed, run } of runsOf(job, worker)) {
  const plan = planOf(seed, run);
  const { hash, steps, violation } = await runPlan(plan, { coverage });
  done.push({
    index,
    name: plan.name,
    hash,
    steps,
    ...(violation === undefined ? {} : { violation }),
  });
  if (done.length < tellEvery) continue;
  tell({ runs: done });
  done = [];
}
tell({ runs: done, counts: coverage.counts });
