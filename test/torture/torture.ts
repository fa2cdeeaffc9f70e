// `npm run torture`: the machine of `npm start` under load, killed a hundred times (KILLS) while its vendors misbehave (SEED repeats the chances).
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printTable } from '../../bin/books/print-table.ts';
import { verdict } from '../../lambdas/domain/books/report.ts';
import { saidAgain } from './checks/doubled.ts';
import { wrongs as kinds } from './checks/wrong.ts';
import { storyOf } from './story.ts';
import type { Tally } from './tally.ts';
import { type Outcome, torment } from './torment.ts';

const kills = Number(process.env['KILLS'] ?? 100);
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const dataDir = mkdtempSync(join(tmpdir(), 'tender-torture-'));
const startedAt = performance.now();

function showProgress(stage: string, tally: Tally): void {
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  const { payments, orders, refunds, faults } = tally;
  const line = `${seconds} s, ${tally.kills}/${kills} kills, ${payments} payments, ${orders} orders, ${refunds} refunds, ${faults} faults: ${stage}`;
  process.stderr.write(process.stderr.isTTY ? `\r\u001B[K${line}` : `${line}\n`);
}

function report({ tally, evidence, wrongs }: Outcome): void {
  const count = (kind: string) => String(wrongs.filter((each) => each.kind === kind).length);
  const dead = evidence.queues
    .filter(({ name }) => /dead/iu.test(name))
    .reduce((sum, { visible }) => sum + visible, 0);
  console.log(`\n${verdict(evidence.found)}\n`);
  printTable([
    ['tried', 'times'],
    ['payments tried', String(tally.payments)],
    ['orders tried', String(tally.orders)],
    ['refunds tried', String(tally.refunds)],
    ['kill -9', String(tally.kills)],
    ['faults injected', String(tally.faults)],
    ['not seen to the end', String(tally.givenUp.length)],
    ['dead letters sent back', String(tally.sentBack)],
    ['dead letters left', String(dead)],
    ['words said again in doubt', String(saidAgain(evidence))],
    ...kinds.map((kind) => [kind, count(kind)]),
  ]);
  const [first, ...others] = wrongs;
  if (first === undefined) return;
  console.log(`\n${storyOf(evidence, first)}`);
  for (const { kind, subject, what } of others) console.log(`${kind}: ${subject}, ${what}`);
  console.log(`\nAll of it is kept in ${dataDir}.`);
}

console.log(`seed ${seed}, ${kills} kills`);
const stopping = new AbortController();
process.once('SIGTERM', () => stopping.abort());
const outcome = await torment({
  kills,
  seed,
  dataDir,
  onProgress: showProgress,
  stopping: stopping.signal,
});
report(outcome);
console.log(`${Math.round((performance.now() - startedAt) / 1000)} s, seed ${seed}`);
if (outcome.wrongs.length > 0) process.exitCode = 1;
else rmSync(dataDir, { recursive: true, force: true });
