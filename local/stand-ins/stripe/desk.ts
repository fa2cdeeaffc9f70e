// One account's view of the state while one request, page or task is worked on.
import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type Stripe from 'stripe';
import type { LocalClock } from '../../clock.ts';
import type { State, Table, Tables, Task } from './state.ts';
import type { SnapshotEvent, ThinEvent, ThinEventType } from './webhooks/event.ts';

/** The API version that the stand-in imitates: the one that the pinned SDK sends. */
export const API_VERSION = '2026-10-28.endive';

/** The platform's own namespace; connected accounts go by their `acct_` id. */
export const PLATFORM = '';

/** One table as one account sees it. */
export interface Shelf<T> {
  get(id: string): T | undefined;
  put(id: string, value: T): void;
  delete(id: string): void;
  /** Oldest first. */
  all(): T[];
}

type OwnTables = Omit<
  Tables,
  | 'accounts'
  | 'accountLinks'
  | 'revocations'
  | 'applicationFees'
  | 'thinEvents'
  | 'deliveries'
  | 'tasks'
  | 'answers'
  | 'requests'
>;
type SharedTables = Pick<
  Tables,
  | 'accounts'
  | 'accountLinks'
  | 'revocations'
  | 'applicationFees'
  | 'thinEvents'
  | 'deliveries'
  | 'tasks'
>;

/** Why something is being done: it is named on the events that come of it. */
export interface Cause {
  requestId: string | null;
  idempotencyKey: string | null;
  /** The next charge attempt is declined with this code, whatever the card. */
  forcedDecline?: string;
}

export interface Desk {
  readonly account: string;
  readonly cause: Cause;
  readonly shelves: { [K in keyof OwnTables]: Shelf<OwnTables[K]> } & {
    [K in keyof SharedTables]: Shelf<SharedTables[K]>;
  };
  nowMs(): number;
  /** The time as v1 objects carry it. */
  nowSeconds(): number;
  id(prefix: string): string;
  /** Records a v1 event and queues its delivery; `before` gives previous_attributes. */
  emit(type: Stripe.Event.Type, object: object, before?: object): void;
  emitThin(type: ThinEventType, about: Pick<ThinEvent, 'related_object' | 'data'>): void;
  later(kind: Task['kind'], objectId: string, delayMs: number): void;
  /** The absolute address of a hosted page. */
  pageUrl(path: string): string;
  at(account: string): Desk;
}

export interface Office {
  state: State;
  clock: LocalClock;
  publicUrl(): string;
  /** How long after an event its delivery is due. */
  webhookDelayMs(): number;
}

export function openDesk(office: Office, account: string, cause: Cause): Desk {
  const nowMs = () => office.clock.now();
  const nowSeconds = () => Math.floor(nowMs() / 1000);
  const shelves = openShelves(office.state, account);
  const queue = (eventId: string) => {
    const id = newId('whd');
    const atMs = nowMs() + office.webhookDelayMs();
    shelves.deliveries.put(id, { id, eventId, account, attempts: 0, atMs });
  };
  return {
    account,
    cause,
    shelves,
    nowMs,
    nowSeconds,
    id: newId,
    emit(type, object, before) {
      const event = snapshotOf(type, object, before);
      const request = { id: cause.requestId, idempotency_key: cause.idempotencyKey };
      const owner = account === PLATFORM ? {} : { account };
      const full: SnapshotEvent = { ...event, ...owner, created: nowSeconds(), request };
      shelves.events.put(full.id, full);
      queue(full.id);
    },
    emitThin(type, about) {
      const event = thinEventOf(type, about, { cause, nowMs: nowMs() });
      shelves.thinEvents.put(event.id, event);
      queue(event.id);
    },
    later(kind, objectId, delayMs) {
      const id = newId('task');
      shelves.tasks.put(id, { id, account, kind, objectId, atMs: nowMs() + delayMs });
    },
    pageUrl(path) {
      const url = new URL(path, office.publicUrl());
      if (account !== PLATFORM) url.searchParams.set('account', account);
      return url.href;
    },
    at: (other) => openDesk(office, other, cause),
  };
}

function openShelves(state: State, account: string): Desk['shelves'] {
  const { tables } = state;
  return {
    customers: own(tables.customers, account),
    cards: own(tables.cards, account),
    setupIntents: own(tables.setupIntents, account),
    sessions: own(tables.sessions, account),
    paymentIntents: own(tables.paymentIntents, account),
    charges: own(tables.charges, account),
    refunds: own(tables.refunds, account),
    balanceTransactions: own(tables.balanceTransactions, account),
    payouts: own(tables.payouts, account),
    coupons: own(tables.coupons, account),
    transfers: own(tables.transfers, account),
    disputes: own(tables.disputes, account),
    warnings: own(tables.warnings, account),
    files: own(tables.files, account),
    events: own(tables.events, account),
    thinEvents: own(tables.thinEvents, PLATFORM),
    accounts: own(tables.accounts, PLATFORM),
    accountLinks: own(tables.accountLinks, PLATFORM),
    revocations: own(tables.revocations, PLATFORM),
    applicationFees: own(tables.applicationFees, PLATFORM),
    deliveries: own(tables.deliveries, PLATFORM),
    tasks: own(tables.tasks, PLATFORM),
  };
}

function own<T>(table: Table<T>, account: string): Shelf<T> {
  const prefix = `${account}/`;
  return {
    get: (id) => table.get(prefix + id),
    put: (id, value) => table.set(prefix + id, value),
    delete: (id) => table.delete(prefix + id),
    all: () => table.entries().flatMap(([key, value]) => (key.startsWith(prefix) ? [value] : [])),
  };
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function newId(prefix: string): string {
  const tail = [...randomBytes(24)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return `${prefix}_${tail}`;
}

function snapshotOf(
  type: Stripe.Event.Type,
  object: object,
  before: object | undefined,
): Omit<SnapshotEvent, 'created' | 'request'> {
  const previous = before && changedFields(before, object);
  return {
    id: newId('evt'),
    object: 'event',
    api_version: API_VERSION,
    data: previous ? { object, previous_attributes: previous } : { object },
    livemode: false,
    pending_webhooks: 1,
    type,
  };
}

function changedFields(before: object, after: object): Record<string, unknown> {
  const now = new Map<string, unknown>(Object.entries(after));
  const changed = Object.entries(before).filter(
    ([name, value]) => !isDeepStrictEqual(value, now.get(name)),
  );
  return Object.fromEntries(changed);
}

function thinEventOf(
  type: ThinEventType,
  about: Pick<ThinEvent, 'related_object' | 'data'>,
  { cause, nowMs }: { cause: Cause; nowMs: number },
): ThinEvent {
  const request = cause.requestId && {
    id: cause.requestId,
    idempotency_key: cause.idempotencyKey ?? '',
  };
  return {
    id: newId('evt_test'),
    object: 'v2.core.event',
    type,
    created: new Date(nowMs).toISOString(),
    livemode: false,
    ...(request && { reason: { type: 'request', request } }),
    ...about,
  };
}
