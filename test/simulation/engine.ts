// The one thread of a simulated cloud: functions run until they call out, and chance says which call is answered next.
import { AsyncLocalStorage } from 'node:async_hooks';
import { type Fault, type FaultKind, isDoneAllTheSame, type Vendor } from './fault.ts';
import type { Random } from './random.ts';
import type { Trace } from './trace.ts';
import { Violation } from './violation.ts';

interface Invocation {
  readonly id: number;
  readonly name: string;
  isOver: boolean;
}

export type Ended<Answer> =
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'threw'; readonly error: unknown }
  /** The process is gone: nothing after a call of it runs. */
  | { readonly kind: 'died' };

/** What a vendor answers; `fail` is what the caller sees of a fault. */
export interface Called<Answer> {
  readonly to: Vendor;
  readonly name: string;
  readonly act: () => Answer;
  readonly fail: (fault: Fault) => Answer;
}

interface Waiting extends Called<unknown> {
  readonly invocation: Invocation;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Something that can happen next beside an answer: a message handed out, a webhook posted. */
export interface Offer {
  readonly name: string;
  readonly begin: () => void;
}

export interface Engine {
  readonly clock: { now(): number };
  /** Milliseconds that the functions' clock is wrong by. */
  skewMs: number;
  pass(ms: number): void;
  call<Answer>(called: Called<Answer>): Promise<Answer>;
  invoke<Answer>(name: string, run: () => Promise<Answer>): Promise<Ended<Answer>>;
  /** Faults that have struck since the last act began, for the table of what was tried. */
  readonly struck: Set<FaultKind>;
  /** One thing happens; `false` when nothing can. */
  step(offers: () => readonly Offer[]): Promise<boolean>;
  readonly running: number;
  /** Every call so far, in the order in which they were answered. */
  readonly calls: readonly string[];
  /** Decides the order of all that follows; none: as it comes. */
  random: Random | undefined;
  /** Asked of each call: the fault that strikes it. */
  faultFor: (to: Vendor, name: string) => Fault | undefined;
}

/** Functions that run side by side; enough for every race of two, and for a third that looks on. */
const mostAtOnce = 3;

export function openEngine(startMs: number, trace: Trace): Engine {
  const here = new AsyncLocalStorage<Invocation>();
  const time = { nowMs: startMs };
  let waiting: Waiting[] = [];
  let [made, running] = [0, 0];
  const calls: string[] = [];
  const deaths = new Map<Invocation, () => void>();

  function die(invocation: Invocation): void {
    trace.note(`  ${invocation.name}#${invocation.id} dies`);
    for (const { invocation: whose, act } of waiting) {
      // What was on its way arrives, or does not.
      if (whose === invocation && engine.random?.chance(0.5) === true) inAnyCase(act);
    }
    waiting = waiting.filter((each) => each.invocation !== invocation);
    deaths.get(invocation)?.();
  }

  function answer(call: Waiting): void {
    const { invocation, name, to } = call;
    time.nowMs += 1 + (engine.random?.below(40) ?? 0);
    calls.push(`${invocation.name} → ${to} ${name}`);
    const fault = engine.faultFor(to, name);
    trace.note(
      `  ${invocation.name}#${invocation.id} → ${to} ${name}${fault ? ` ✕ ${fault.kind}` : ''}`,
    );
    if (fault !== undefined) engine.struck.add(fault.kind);
    try {
      if (fault?.kind === 'clock_skew')
        engine.skewMs = (engine.random?.below(240) ?? 0) * 1000 - 120_000;
      if (fault === undefined || fault.kind === 'clock_skew') {
        call.resolve(call.act());
        return;
      }
      if (isDoneAllTheSame(fault.kind)) call.act();
      // A call that was left behind by a function that has answered only fails: its process sleeps, and wakes for the next.
      if (fault.kind.startsWith('crash') && !invocation.isOver) die(invocation);
      else call.resolve(call.fail(fault));
    } catch (error) {
      if (isViolation(error)) throw error;
      if (fault?.kind.startsWith('crash') === true && !invocation.isOver) die(invocation);
      else call.reject(error);
    }
  }

  const engine: Engine = {
    clock: { now: () => time.nowMs },
    skewMs: 0,
    struck: new Set(),
    calls,
    random: undefined,
    faultFor: () => undefined,
    pass(ms) {
      time.nowMs += ms;
    },
    get running() {
      return running;
    },
    call<Answer>(called: Called<Answer>) {
      const invocation = here.getStore();
      if (invocation === undefined) return Promise.resolve().then(called.act);
      return new Promise<Answer>((resolve, reject) => {
        waiting.push({
          ...called,
          invocation,
          resolve: resolve as Waiting['resolve'],
          reject,
        });
      });
    },
    invoke<Answer>(name: string, run: () => Promise<Answer>) {
      made += 1;
      running += 1;
      const invocation: Invocation = { id: made, name, isOver: false };
      trace.note(`${name}#${invocation.id} starts`);
      const ended = new Promise<Ended<Answer>>((resolve) => {
        const end = (how: Ended<Answer>) => {
          if (invocation.isOver) return;
          invocation.isOver = true;
          running -= 1;
          deaths.delete(invocation);
          resolve(how);
        };
        deaths.set(invocation, () => end({ kind: 'died' }));
        here.run(invocation, () => {
          run().then(
            (answered) => end({ kind: 'answered', answer: answered }),
            (error: unknown) => end({ kind: 'threw', error }),
          );
        });
      });
      return ended;
    },
    async step(offers) {
      // Whoever runs usually runs on; now and then something else begins in the middle of it.
      const isNew = waiting.length === 0 || engine.random?.chance(0.15) === true;
      const open = isNew && running < mostAtOnce ? offers() : [];
      if (waiting.length + open.length === 0) return false;
      if (open.length > 0) pickOne(open, engine.random)?.begin();
      else answer(takeOne(waiting, engine.random));
      await everythingThatFollows();
      return true;
    },
  };
  return engine;
}

function inAnyCase(act: () => unknown): void {
  try {
    act();
  } catch (error) {
    if (isViolation(error)) throw error;
  }
}

/** All that can happen without another answer happens before a macrotask does. */
export function everythingThatFollows(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function pickOne<Thing>(things: readonly Thing[], random: Random | undefined): Thing | undefined {
  return random === undefined ? things[0] : random.pick(things);
}

function takeOne(waiting: Waiting[], random: Random | undefined): Waiting {
  const [one] = waiting.splice(random?.below(waiting.length) ?? 0, 1);
  if (one === undefined) throw new Error('Nobody waits.');
  return one;
}

function isViolation(error: unknown): boolean {
  return error instanceof Violation;
}
