// The rules that hold after every single write: journals that only grow and balance, states along the drawn edges alone.
import {
  isLegal as isLegalOrderStep,
  orderSteps,
  stateAfter,
} from '../../../lambdas/domain/orders/order-steps.ts';
import {
  isLegal as isLegalPaymentStep,
  paymentSteps,
} from '../../../lambdas/domain/payments/payment-steps.ts';
import { requestSteps } from '../../../lambdas/domain/requests/money-request.ts';
import { isLegalRequestStep } from '../../../lambdas/domain/requests/take-request-step.ts';
import type { Item } from '../cloud/expressions.ts';
import type { Written } from '../cloud/tables.ts';
import { Violation } from '../violation.ts';

/** An entry as it was written. */
export interface LedgerEntry {
  readonly subject: string;
  readonly sequence: number;
  readonly step: string;
  readonly from: string;
  readonly to: string;
  readonly reason?: string;
  readonly atMs: number;
  readonly postings: readonly { account: string; amount: { minor: number; currency: string } }[];
}

export interface Ledger {
  readonly entries: ReadonlyMap<string, readonly LedgerEntry[]>;
  /** Of a subject, how it stands. */
  item(subject: string): Item | undefined;
  /** What an account has of a subject, in minor units. */
  balance(subject: string, account: string): number;
  /** When each subject wants to be looked at again. */
  readonly due: ReadonlyMap<string, number>;
  /** Whoever did is not written to any more, until they write again. */
  readonly haveSaidStop: ReadonlySet<string>;
  take(written: readonly Written[]): void;
  onEntry: (entry: LedgerEntry) => void;
}

export function openLedger(): Ledger {
  const entries = new Map<string, LedgerEntry[]>();
  const items = new Map<string, Item>();
  const due = new Map<string, number>();
  const totals = new Map<string, number>();
  const haveSaidStop = new Set<string>();

  function takeEntry({ before, after }: Written, batch: readonly Written[]): void {
    if (before !== undefined || after === undefined)
      throw new Violation('A journal entry was changed.');
    const entry = after as unknown as LedgerEntry;
    const { subject, sequence, from, step, to } = entry;
    const known = entries.get(subject) ?? [];
    const name = `${subject}#${sequence} ${step}`;
    if (sequence !== known.length + 1) throw new Violation(`${name} leaves a gap.`);
    if (from !== (known.at(-1)?.to ?? 'nothing')) throw new Violation(`${name} begins at ${from}.`);
    if (!isDrawn(entry)) throw new Violation(`${name}: no edge from ${from} to ${to}.`);
    const moved = batch.find((each) => each.after?.['id'] === subject)?.after;
    if (moved?.['version'] !== sequence || moved['state'] !== to)
      throw new Violation(`${name} was written without its subject.`);
    checkBalance(entry);
    entries.set(subject, [...known, entry]);
    ledger.onEntry(entry);
  }

  function checkBalance({ subject, step, postings }: LedgerEntry): void {
    const sums = new Map<string, number>();
    for (const { account, amount } of postings) {
      sums.set(amount.currency, (sums.get(amount.currency) ?? 0) + amount.minor);
      const key = `${subject} ${account}`;
      totals.set(key, (totals.get(key) ?? 0) + amount.minor);
    }
    for (const [currency, sum] of sums)
      if (sum !== 0) throw new Violation(`${step} of ${subject} is off by ${sum} ${currency}.`);
  }

  function takeSubject({ before, after }: Written, batch: readonly Written[]): void {
    if (after === undefined) throw new Violation(`${String(before?.['id'])} was deleted.`);
    const id = String(after['id']);
    const isTold = batch.some(
      (each) => each.after?.['entity'] === 'JournalEntry' && each.after['subject'] === id,
    );
    if (!isTold) throw new Violation(`${id} changed without a journal entry.`);
    items.set(id, after);
    const { dueAtMs } = after;
    if (typeof dueAtMs === 'number') due.set(id, dueAtMs);
    else due.delete(id);
  }

  const ledger: Ledger = {
    entries,
    due,
    haveSaidStop,
    onEntry: () => undefined,
    item: (subject) => items.get(subject),
    balance: (subject, account) => totals.get(`${subject} ${account}`) ?? 0,
    take(written) {
      for (const each of written) {
        const entity = String((each.after ?? each.before)?.['entity']);
        if (entity === 'JournalEntry') takeEntry(each, written);
        else if (subjects.has(entity)) takeSubject(each, written);
        else if (entity === 'Delivery') followDelivery(each, due);
        if (entity === 'Person' && each.after?.['stoppedAtMs'] !== undefined)
          haveSaidStop.add(String(each.after['id']));
        if (entity === 'Stock' && Number(each.after?.['level']) < 0)
          throw new Violation('Less than nothing is in stock.');
      }
    },
  };
  return ledger;
}

const subjects: ReadonlySet<string> = new Set(['Payment', 'Request', 'Order']);

function followDelivery({ after }: Written, due: Map<string, number>): void {
  if (after === undefined) return;
  const { dueAtMs } = after;
  if (typeof dueAtMs === 'number') due.set(String(after['id']), dueAtMs);
  else due.delete(String(after['id']));
}

function isDrawn({ subject, step, from, to }: LedgerEntry): boolean {
  if (subject.startsWith('pay_'))
    return (
      isIn(step, paymentSteps) &&
      isLegalPaymentStep(step, from as 'draft') &&
      paymentSteps[step].to === to
    );
  if (subject.startsWith('req_'))
    return (
      isIn(step, requestSteps) &&
      isLegalRequestStep(step, from as 'open') &&
      requestSteps[step].to === to
    );
  if (!isIn(step, orderSteps) || !isLegalOrderStep(step, from as 'draft')) return false;
  return to === (from === 'nothing' ? 'draft' : stateAfter(step, from as 'draft'));
}

function isIn<Steps extends object>(
  step: string,
  steps: Steps,
): step is Extract<keyof Steps, string> {
  return Object.hasOwn(steps, step);
}
