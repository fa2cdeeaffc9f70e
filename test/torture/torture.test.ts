// The short form of `npm run torture`: a few kills amid payments and orders, while the vendors misbehave.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { storyOf } from './story.ts';
import { torment } from './torment.ts';

/** More by `LONG=1 KILLS=20 SEED=7 npx vitest run test/torture`. */
const kills = Number(process.env['KILLS'] ?? 4);
const seed = Number(process.env['SEED'] ?? 1);

const dataDir = mkdtempSync(join(tmpdir(), 'tender-torture-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

test(
  `killed ${kills} times under load (seed ${seed}): nothing is lost, doubled, stuck or untold`,
  async () => {
    const { tally, evidence, wrongs } = await torment({
      kills,
      seed,
      dataDir,
      onProgress: () => undefined,
    });

    expect(wrongs.map((wrong) => storyOf(evidence, wrong))).toEqual([]);
    expect(tally.kills).toBe(kills);
    expect(tally.payments).toBeGreaterThan(0);
    expect(tally.orders).toBeGreaterThan(0);
    expect(evidence.movements.length).toBeGreaterThan(0);
    expect(evidence.queues.length).toBeGreaterThan(4);
  },
  180_000 + kills * 60_000,
);
