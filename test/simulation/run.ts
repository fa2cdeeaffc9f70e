// One run: a town, its acts with their faults, the rules after each write, time until nothing is due any more, and the end.
import { doDeed, type Here } from './acts/do-act.ts';
import { banksDecide } from './acts/banks.ts';
import type { Act } from './acts/act.ts';
import { mostSteps, pass, turn } from './clockwork.ts';
import { checkEnd, checkNothingGivenUp } from './checks/end.ts';
import { openLedger, type Ledger } from './checks/ledger.ts';
import { openProviderBooks, type ProviderBooks } from './checks/provider-books.ts';
import { openTold, type Told } from './checks/told.ts';
import type { Coverage } from './coverage.ts';
import { everythingThatFollows } from './engine.ts';
import { Violation } from './violation.ts';
import type { Fault } from './fault.ts';
import { type Aimed, aimed, createFaults } from './faults.ts';
import { moveIn } from './people/residents.ts';
import type { Plan } from './plan.ts';
import { randomFrom } from './random.ts';
import { openTown, type Town } from './town.ts';
import { openTrace } from './trace.ts';

export interface RunResult {
  readonly hash: string;
  /** What was broken, if anything. */
  readonly violation?: string;
  readonly lines: readonly string[];
  readonly steps: number;
  /** Calls that left a function. */
  readonly calls: readonly string[];
  /** How everything ended: states, and what really moved. */
  readonly ends: readonly string[];
}

export interface RunOptions {
  /** Keeps the trace in words. */
  readonly isTold?: boolean;
  readonly coverage?: Coverage;
  /** Strikes wherever in the run its call comes. */
  readonly fault?: Fault;
  /** Breaks something on purpose, to see that it is noticed. */
  readonly spoil?: (town: Town) => void;
}

const dayMs = 24 * 60 * 60 * 1000;
/** More than any deadline of ours: claims, requests, five days of asking, deliveries to merchants. */
const untilTheEndMs = 40 * dayMs;

interface Running extends Here {
  readonly ledger: Ledger;
  readonly books: ProviderBooks;
  readonly told: Told;
  readonly underWay: Set<Promise<void>>;
  readonly problems: unknown[];
  readonly standing: readonly Aimed[];
  /** How many bubbles there are in all threads. */
  heard(): number;
  steps: number;
}

export async function runPlan(plan: Plan, options: RunOptions = {}): Promise<RunResult> {
  const trace = openTrace(options.isTold === true);
  const run = await begin(plan, openTown(trace), options);
  options.spoil?.(run.town);
  const result = () => ({
    hash: trace.hash(),
    lines: trace.lines,
    steps: run.steps,
    calls: run.town.engine.calls,
    ends: endsOf(run),
  });
  try {
    for (const act of plan.acts) await perform(run, act, plan.arePatient === true ? patience : 0);
    await finish(run, plan);
    return result();
  } catch (error) {
    return { ...result(), violation: error instanceof Error ? wordsOf(error) : String(error) };
  }
}

function endsOf({ ledger, town }: Running): string[] {
  const subjects = [...ledger.entries.keys()];
  const states = subjects.map((id) => `${id.slice(0, 3)} ${String(ledger.item(id)?.['state'])}`);
  const moved = [...town.stripe.movements(), ...town.shopStripe.movements()];
  return [...states.sort(), ...moved.map(({ kind }) => kind).sort()];
}

function wordsOf(error: Error): string {
  return error instanceof Violation
    ? error.message
    : `${error.name}: ${error.stack ?? error.message}`;
}

async function begin(plan: Plan, town: Town, { coverage, fault }: RunOptions): Promise<Running> {
  const standing = fault === undefined ? [] : aimed([fault]);
  const residents = await moveIn(town, plan.residents, plan.mugs);
  const ledger = openLedger();
  const books = openProviderBooks(town, ledger);
  const told = openTold(town, ledger);
  const orders: string[] = [];
  town.cloud.onWrite((written) => ledger.take(written));
  town.messenger.onBubble = (bubble, to) => {
    const taps = bubble.taps.map(({ title }) => `[${title}]`).join(' ');
    town.trace.note(`    ${to.psid} hears “${bubble.words.replaceAll('\n', ' / ')}” ${taps}`);
    void told.hear(bubble, to);
  };
  ledger.onEntry = (entry) => {
    books.compare(entry);
    coverage?.count(entry, town.engine.struck);
    town.trace.note(`    ${entry.subject}: ${entry.from} —${entry.step}→ ${entry.to}`);
    if (entry.subject.startsWith('ord_') && entry.sequence === 1) orders.push(entry.subject);
  };
  const here = {
    town,
    residents,
    keys: new Map<object, string>(),
    links: [],
    newestOrder: () => orders.at(-1),
  };
  const heard = () => {
    const phones = [...residents.wallet.values(), ...residents.shop.values()];
    return phones.reduce((sum, phone) => sum + phone.bubbles().length, 0);
  };
  return {
    ...here,
    heard,
    ledger,
    books,
    told,
    standing,
    underWay: new Set(),
    problems: [],
    steps: 0,
  };
}

/** Looks again so often. */
const patience = 7;

async function perform(run: Running, act: Act, patienceLeft: number): Promise<void> {
  const { town } = run;
  const { deed } = act;
  town.trace.note(`— ${JSON.stringify(deed)}`);
  town.engine.random = act.seed === 0 ? undefined : randomFrom(act.seed);
  createFaults(town, act.faults, run.standing);
  if (deed.does === 'passes') await pass(run, deed.ms);
  let isDone: boolean | undefined;
  const heardBefore = run.heard();
  if (deed.does !== 'passes')
    start(
      run,
      doDeed(run, deed).then((done) => void (isDone = done)),
    );
  await everythingThatFollows();
  await turn(run, act.turns ?? mostSteps);
  const isWriting = deed.does === 'says' || deed.does === 'says_at_shop';
  const isAnswered = !isWriting || run.heard() > heardBefore;
  if (patienceLeft === 0 || (isDone !== false && isAnswered)) return;
  await pass(run, 2 * 60_000);
  if (isDone === false) await perform(run, act, patienceLeft - 1);
}

/** People do not wait for each other. */
function start(run: Running, doing: Promise<void>): void {
  const watched = doing
    .catch((error: unknown) => void run.problems.push(error))
    .finally(() => run.underWay.delete(watched));
  run.underWay.add(watched);
}

/** No more faults; whatever waits, waits until it is over. */
async function finish(run: Running, plan: Plan): Promise<void> {
  const { town } = run;
  town.trace.note('— the end');
  createFaults(town, [], run.standing);
  town.engine.skewMs = 0;
  town.engine.random = undefined;
  await turn(run, mostSteps);
  const isOutage = plan.acts.some(({ faults }) => faults.some(({ times = 1 }) => times > 1));
  // Long enough for what was handed out in vain to show again; then the operator redrives, as often as it takes.
  for (const ms of [15 * 60_000, dayMs, 6 * dayMs]) {
    await pass(run, ms);
    if (!isOutage) checkNothingGivenUp(town);
    for (const queue of Object.values(town.cloud.queues)) queue.redriveDead();
  }
  banksDecide(town);
  await pass(run, untilTheEndMs);
  await checkEnd(run);
}
