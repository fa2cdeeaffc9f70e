// What the runs have tried: each step of each machine, together with each fault that struck since its act began.
import { orderSteps } from '../../lambdas/domain/orders/order-steps.ts';
import { paymentSteps } from '../../lambdas/domain/payments/payment-steps.ts';
import { requestSteps } from '../../lambdas/domain/requests/money-request.ts';
import type { LedgerEntry } from './checks/ledger.ts';
import { type FaultKind, faultKinds } from './fault.ts';
import { unreachable } from './unreachable.ts';

export interface Coverage {
  count(entry: LedgerEntry, struck: ReadonlySet<FaultKind>): void;
  /** Counts by `machine from step fault`, the faults being those of its act; to be added up over workers. */
  readonly counts: Map<string, number>;
}

export function openCoverage(): Coverage {
  const counts = new Map<string, number>();
  const add = (key: string) => void counts.set(key, (counts.get(key) ?? 0) + 1);
  return {
    counts,
    count({ subject, from, step }, struck) {
      const pair = `${machineOf(subject)} ${from} ${step}`;
      add(`${pair} none`);
      for (const kind of struck) add(`${pair} ${kind}`);
    },
  };
}

function machineOf(subject: string): string {
  if (subject.startsWith('ord_')) return 'order';
  return subject.startsWith('req_') ? 'request' : 'payment';
}

const machines = { payment: paymentSteps, request: requestSteps, order: orderSteps } as const;

/** Every legal pair of a state and a step. */
function pairs(): string[] {
  return Object.entries(machines).flatMap(([machine, steps]) =>
    Object.entries(steps).flatMap(([step, { from }]: [string, { from: readonly string[] }]) =>
      from.map((state) => `${machine} ${state} ${step}`),
    ),
  );
}

/** Rows of state and step, a column for each fault; a point where the two never met. */
export function coverageTable(counts: ReadonlyMap<string, number>): string[] {
  const struck = faultKinds.filter((kind) =>
    [...counts.keys()].some((key) => key.endsWith(` ${kind}`)),
  );
  const columns = ['none', ...struck];
  const heads = columns.map((name, index) => `${String.fromCharCode(97 + index)} = ${name}`);
  const rows = pairs().map((pair) => {
    const cells = columns.map((fault) => short(counts.get(`${pair} ${fault}`) ?? 0).padStart(5));
    return `${pair.padEnd(48)}${cells.join('')}`;
  });
  const head = `${''.padEnd(48)}${columns.map((_, index) => String.fromCharCode(97 + index).padStart(5)).join('')}`;
  return [heads.join(', '), head, ...rows];
}

/** Of those that a simulation can take. */
export function neverTaken(counts: ReadonlyMap<string, number>): string[] {
  return pairs().filter(
    (pair) => !unreachable.has(pair) && (counts.get(`${pair} none`) ?? 0) === 0,
  );
}

/** What was taken although it is said that it cannot be: then that is no longer so. */
export function takenAfterAll(counts: ReadonlyMap<string, number>): string[] {
  return [...unreachable.keys()].filter((pair) => (counts.get(`${pair} none`) ?? 0) > 0);
}

function short(count: number): string {
  if (count === 0) return '·';
  return count < 1000 ? String(count) : `${Math.floor(count / 1000)}k`;
}
