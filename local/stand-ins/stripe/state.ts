// Everything the stand-in remembers, in tables that change together or not at all.
import type Stripe from 'stripe';
import type { Durable, DurableMap } from '../../durable.ts';
import type { Delivery } from './webhooks/delivery.ts';
import type { SnapshotEvent, ThinEvent } from './webhooks/event.ts';

/** A payment method, and what its test card does. */
export interface SavedCard {
  method: Stripe.PaymentMethod;
  number: string;
  /** Authenticated once for later charges without the customer. */
  setUp: boolean;
  /** Used without a customer, or detached: Stripe never takes it again. */
  spent: boolean;
}

/** What happens by itself at a moment: a dispute, a refund's end, a session's expiry. */
export interface Task {
  id: string;
  account: string;
  atMs: number;
  kind:
    | 'settle-charge'
    | 'open-disputes'
    | 'finish-refund'
    | 'decide-dispute'
    | 'expire-session'
    | 'expire-authorization';
  objectId: string;
}

export interface StoredSession {
  session: Stripe.Checkout.Session;
  lineItems: Stripe.LineItem[];
  /** What its PaymentIntent or SetupIntent is made with when the buyer pays. */
  intentData: { metadata: Record<string, string>; params: SessionIntentParams };
}

/** A connected account that has taken the platform's access away. */
export interface Revocation {
  account: string;
  atMs: number;
}

export interface SessionIntentParams {
  application_fee_amount?: number;
  capture_method?: 'automatic' | 'automatic_async' | 'manual';
  description?: string;
  setup_future_usage?: 'off_session' | 'on_session';
  transfer_group?: string;
}

export interface StoredLink {
  token: string;
  account: string;
  expiresAtMs: number;
  used: boolean;
  refreshUrl: string;
  returnUrl: string | undefined;
  useCase: string;
}

/** What an idempotency key remembers. */
export interface StoredAnswer {
  createdMs: number;
  fingerprint: string;
  status: number;
  body: string;
}

/** One request as it was received. */
export interface LoggedRequest {
  id: string;
  timeMs: number;
  method: string;
  path: string;
  params: unknown;
  idempotencyKey: string | null;
  stripeAccount: string | null;
  stripeVersion: string | null;
  status: number | null;
  replayed: boolean;
}

export interface Tables {
  customers: Stripe.Customer;
  cards: SavedCard;
  setupIntents: Stripe.SetupIntent;
  sessions: StoredSession;
  paymentIntents: Stripe.PaymentIntent;
  charges: Stripe.Charge;
  refunds: Stripe.Refund;
  balanceTransactions: Stripe.BalanceTransaction;
  payouts: Stripe.Payout;
  coupons: Stripe.Coupon;
  applicationFees: Stripe.ApplicationFee;
  transfers: Stripe.Transfer;
  disputes: Stripe.Dispute;
  warnings: Stripe.Radar.EarlyFraudWarning;
  files: Stripe.File;
  events: SnapshotEvent;
  thinEvents: ThinEvent;
  accounts: Stripe.V2.Core.Account;
  accountLinks: StoredLink;
  revocations: Revocation;
  deliveries: Delivery;
  tasks: Task;
  answers: StoredAnswer;
  requests: LoggedRequest;
}

/** A table whose changes wait for save(). */
export interface Table<T> {
  get(key: string): T | undefined;
  set(key: string, value: T): void;
  delete(key: string): void;
  entries(): [string, T][];
}

interface BufferedTable<T> extends Table<T> {
  flush(): void;
  forget(): void;
}

export interface State {
  tables: { [K in keyof Tables]: Table<Tables[K]> };
  /** Makes every change since the last save durable, in one step. */
  save(): void;
  /** Drops every change since the last save. */
  undo(): void;
  clear(): void;
}

export function openState(durable: Durable): State {
  const tables = openTables(durable);
  const all: Pick<BufferedTable<unknown>, 'flush' | 'forget'>[] = Object.values(tables);
  const save = () => durable.together(() => all.forEach((table) => table.flush()));
  return {
    tables,
    save,
    undo: () => all.forEach((table) => table.forget()),
    clear() {
      for (const table of Object.values(tables)) {
        table.forget();
        for (const [key] of table.entries()) table.delete(key);
      }
      save();
    },
  };
}

function openTables(durable: Durable): { [K in keyof Tables]: BufferedTable<Tables[K]> } {
  return {
    customers: buffer(durable.map('stripe/customers')),
    cards: buffer(durable.map('stripe/cards')),
    setupIntents: buffer(durable.map('stripe/setup-intents')),
    sessions: buffer(durable.map('stripe/checkout-sessions')),
    paymentIntents: buffer(durable.map('stripe/payment-intents')),
    charges: buffer(durable.map('stripe/charges')),
    refunds: buffer(durable.map('stripe/refunds')),
    balanceTransactions: buffer(durable.map('stripe/balance-transactions')),
    payouts: buffer(durable.map('stripe/payouts')),
    coupons: buffer(durable.map('stripe/coupons')),
    applicationFees: buffer(durable.map('stripe/application-fees')),
    transfers: buffer(durable.map('stripe/transfers')),
    disputes: buffer(durable.map('stripe/disputes')),
    warnings: buffer(durable.map('stripe/early-fraud-warnings')),
    files: buffer(durable.map('stripe/files')),
    events: buffer(durable.map('stripe/events')),
    thinEvents: buffer(durable.map('stripe/thin-events')),
    accounts: buffer(durable.map('stripe/accounts')),
    accountLinks: buffer(durable.map('stripe/account-links')),
    revocations: buffer(durable.map('stripe/revocations')),
    deliveries: buffer(durable.map('stripe/webhook-deliveries')),
    tasks: buffer(durable.map('stripe/tasks')),
    answers: buffer(durable.map('stripe/idempotent-answers')),
    requests: buffer(durable.map('stripe/requests')),
  };
}

/** `undefined` among the changes is a deletion. */
function buffer<T>(map: DurableMap<T>): BufferedTable<T> {
  const changes = new Map<string, T | undefined>();
  return {
    get: (key) => (changes.has(key) ? changes.get(key) : map.get(key)),
    set: (key, value) => void changes.set(key, value),
    delete: (key) => void changes.set(key, undefined),
    entries() {
      if (changes.size === 0) return map.entries();
      const merged = new Map<string, T | undefined>([...map.entries(), ...changes]);
      return [...merged].flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]));
    },
    flush() {
      for (const [key, value] of changes) {
        if (value === undefined) map.delete(key);
        else map.set(key, value);
      }
      changes.clear();
    },
    forget: () => changes.clear(),
  };
}
