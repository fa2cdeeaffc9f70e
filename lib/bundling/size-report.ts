// What each function weighs against what it may weigh: cold starts are paid by the kilobyte.
import type { FunctionName } from '../config/functions.ts';
import type { Bundle } from './bundle-functions.ts';

/** Kilobytes before compression. To raise one is a decision: look at what came in first (`sources` of the bundle). */
export const BUDGETS_KB: Readonly<Record<FunctionName, number>> = {
  'messenger-webhook': 210,
  'chat-worker': 485,
  'stripe-webhook': 195,
  'provider-events-worker': 610,
  notifier: 335,
  'due-worker': 610,
  sweeper: 280,
  'events-backfill': 520,
  bookkeeper: 505,
  pages: 675,
  console: 865,
  'merchant-api': 380,
  'merchant-events': 300,
  'webhook-sender': 315,
};

export interface SizeReport {
  /** A line a function, ready to print. */
  readonly lines: readonly string[];
  readonly overBudget: readonly string[];
}

export function reportSizes(
  bundles: readonly Bundle[],
  budgetsKb: Readonly<Record<string, number>> = BUDGETS_KB,
): SizeReport {
  const kb = (bytes: number) => (bytes / 1024).toFixed(1);
  const row = (name: string, ...figures: readonly string[]) =>
    name.padEnd(24) + figures.map((figure) => figure.padStart(12)).join('');
  const lines = bundles.map(({ name, bytes, gzipBytes }) =>
    row(name, kb(bytes), kb(gzipBytes), String(budgetsKb[name] ?? '-')),
  );
  const overBudget = bundles
    .filter(({ name, bytes }) => bytes / 1024 > (budgetsKb[name] ?? Number.POSITIVE_INFINITY))
    .map(({ name }) => name);
  return { lines: [row('function', 'KB', 'gzip KB', 'budget KB'), ...lines], overBudget };
}
