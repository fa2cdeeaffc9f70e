// Which runs there are, and which of them one worker does.

export interface Job {
  /** The first seed; others follow it. */
  readonly seed: number;
  readonly seeds: number;
  readonly runs: number;
  readonly workers: number;
}

export interface NumberedRun {
  readonly index: number;
  readonly seed: number;
  readonly run: number;
}

export function runsOf(job: Job, worker: number): NumberedRun[] {
  const perSeed = Math.ceil(job.runs / job.seeds);
  return Array.from({ length: job.runs }, (_, index) => ({
    index,
    seed: job.seed + Math.floor(index / perSeed),
    run: index % perSeed,
  })).filter(({ index }) => index % job.workers === worker);
}

/** What a worker tells of a run. */
export interface RunTold {
  readonly index: number;
  readonly name: string;
  readonly hash: string;
  readonly steps: number;
  readonly violation?: string;
}

/** What a worker tells, some runs at a time; with the last of them all that it has covered. */
export interface WorkerTold {
  readonly runs: readonly RunTold[];
  readonly counts?: ReadonlyMap<string, number>;
}
