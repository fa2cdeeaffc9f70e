// The three-way check: our journal, our states and the provider's books, movement by movement.
import { isSameMoney } from '../money/money.ts';
import type { ShopId } from '../shops/shop.ts';
import { auditBook, type Break } from './audit-book.ts';
import type { Book } from './book.ts';
import { type Direction, directions, type Movement, type Written, writtenIn } from './movement.ts';
import type { BookShelf, Period, ProviderLedger } from './ports.ts';

/** `nobodys`: what the provider moved with a mark of ours, of a payment or an order that we do not have. */
export type DifferenceKind = 'not_written' | 'not_moved' | 'amount_differs' | 'nobodys';

export interface Difference {
  readonly kind: DifferenceKind;
  readonly subject: string;
  readonly direction: Direction;
  readonly ours?: Written;
  readonly theirs?: Movement;
  /** Since when. */
  readonly atMs: number;
}

export interface Reconciliation {
  readonly period: Period;
  readonly books: number;
  /** Pairs of what we wrote and what they moved. */
  readonly matched: readonly { readonly ours: Written; readonly theirs: Movement }[];
  readonly differences: readonly Difference[];
  readonly breaks: readonly Break[];
  /** Too fresh to judge: an answer or an event may be on its way. */
  readonly settling: number;
  /** Moved by something else than Tender, on an account that is not ours alone. */
  readonly strangers: number;
  /** Orders of shops that have left us: their side cannot be read, so ours is not judged. */
  readonly unread: number;
}

/** A provider's event arrives in seconds, and is asked for again within the hour. */
export const settlesWithinMs = 60 * 60_000;

/** Whether what happened then is of the period, and long enough ago to be judged. */
type AgeOf = (atMs: number) => 'outside' | 'fresh' | 'due';

interface Desk {
  readonly shelf: BookShelf;
  readonly ledger: ProviderLedger;
}

/** Reads everything once. What happened at the period's edges is matched across them. */
export async function reconcile(
  desk: Desk,
  period: Period,
  nowMs: number,
): Promise<Reconciliation> {
  const { bySubject, strangers, closed } = await movementsOf(desk.ledger, withMargin(period));
  const ageOf: AgeOf = (atMs) => {
    if (atMs < period.fromMs || atMs >= period.toMs) return 'outside';
    return atMs < nowMs - settlesWithinMs ? 'due' : 'fresh';
  };
  const judged: Judgement[] = [];
  const breaks: Break[] = [];
  let books = 0;
  let unread = 0;
  for await (const book of desk.shelf.books()) {
    books += 1;
    breaks.push(...auditBook(book));
    if (isOfClosedShop(book, closed)) unread += 1;
    else judged.push(judge(book, bySubject.get(book.id) ?? [], ageOf));
    bySubject.delete(book.id);
  }
  const nobodys = [...bySubject].flatMap(([subject, moved]) => ownerless(subject, moved, ageOf));
  return {
    period,
    books,
    matched: judged.flatMap(({ matched }) => matched),
    differences: [...judged.flatMap(({ differences }) => differences), ...nobodys].sort(byAge),
    breaks,
    settling: judged.reduce((count, { settling }) => count + settling, 0),
    strangers,
    unread,
  };
}

function isOfClosedShop(book: Book, closed: ReadonlySet<ShopId>): boolean {
  return book.of === 'order' && book.subject !== undefined && closed.has(book.subject.shopId);
}

/** In percent of all that could be judged, to two decimals, never rounded up to a hundred; 100 of nothing. */
export function matchedPercent({ matched, differences }: Reconciliation): number {
  const judged = matched.length + differences.length;
  return judged === 0 ? 100 : Math.floor((10_000 * matched.length) / judged) / 100;
}

async function movementsOf(ledger: ProviderLedger, period: Period) {
  const bySubject = new Map<string, Movement[]>();
  const closed = new Set<ShopId>();
  let strangers = 0;
  for await (const movement of ledger.movements(period)) {
    if ('closed' in movement) closed.add(movement.closed);
    else if (movement.subject === undefined) strangers += 1;
    else bySubject.set(movement.subject, [...(bySubject.get(movement.subject) ?? []), movement]);
  }
  return { bySubject, strangers, closed };
}

interface Judgement {
  readonly matched: Reconciliation['matched'];
  readonly differences: readonly Difference[];
  readonly settling: number;
}

function judge(book: Book, moved: readonly Movement[], ageOf: AgeOf): Judgement {
  const written = book.of === 'unreadable' ? [] : writtenIn(book);
  const judgements = directions.map((direction) =>
    judgeDirection(
      written.filter((each) => each.direction === direction),
      moved.filter((each) => each.direction === direction),
      ageOf,
    ),
  );
  return {
    matched: judgements.flatMap(({ matched }) => matched),
    differences: judgements.flatMap(({ differences }) => differences),
    settling: judgements.reduce((count, { settling }) => count + settling, 0),
  };
}

/** Equal amounts first; of what is left, each of ours is set beside one of theirs. */
function judgeDirection(
  written: readonly Written[],
  moved: readonly Movement[],
  ageOf: AgeOf,
): Judgement {
  const theirs = [...moved];
  const isInside = ({ atMs }: { atMs: number }) => ageOf(atMs) !== 'outside';
  const isDue = ({ atMs }: { atMs: number }) => ageOf(atMs) === 'due';
  const matched: { ours: Written; theirs: Movement }[] = [];
  // Those of the period choose first: what was written long ago moved long ago, and is not among `moved`.
  const ours = [...written].sort((one, other) => Number(isInside(other)) - Number(isInside(one)));
  const left = ours.filter((each) => {
    const place = theirs.findIndex(({ amount }) => isSameMoney(amount, each.amount));
    const [pair] = place === -1 ? [] : theirs.splice(place, 1);
    if (pair !== undefined) matched.push({ ours: each, theirs: pair });
    return pair === undefined;
  });
  const odd = theirs.filter(isDue);
  const differences = left.filter(isDue).map((each) => differenceOf(each, odd.shift()));
  const settling = [...left, ...theirs].filter(({ atMs }) => ageOf(atMs) === 'fresh').length;
  return { matched, differences: [...differences, ...odd.flatMap(notWritten)], settling };
}

function differenceOf(ours: Written, theirs: Movement | undefined): Difference {
  const { subject, direction, atMs } = ours;
  return theirs === undefined
    ? { kind: 'not_moved', subject, direction, ours, atMs }
    : { kind: 'amount_differs', subject, direction, ours, theirs, atMs: theirs.atMs };
}

function notWritten(theirs: Movement): Difference[] {
  const { subject, direction, atMs } = theirs;
  return subject === undefined ? [] : [{ kind: 'not_written', subject, direction, theirs, atMs }];
}

function ownerless(subject: string, moved: readonly Movement[], ageOf: AgeOf): Difference[] {
  return moved
    .filter(({ atMs }) => ageOf(atMs) === 'due')
    .map((theirs) => ({
      kind: 'nobodys',
      subject,
      direction: theirs.direction,
      theirs,
      atMs: theirs.atMs,
    }));
}

/** What was written just inside an edge may have moved just outside of it. */
function withMargin({ fromMs, toMs }: Period): Period {
  return { fromMs: fromMs - settlesWithinMs, toMs: toMs + settlesWithinMs };
}

function byAge(one: Difference, other: Difference): number {
  return one.atMs - other.atMs || (one.subject < other.subject ? -1 : 1);
}
