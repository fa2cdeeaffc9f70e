// What the domain needs to remember about people. Every write is conditional.
import type { Link } from '../links/link.ts';
import type { Address } from './address.ts';
import type { Person, PersonId } from './person.ts';

export type SaveOutcome = 'saved' | 'conflict';

/** One person over the version before. */
export interface PersonChange {
  readonly person: Person;
  readonly before: Person;
}

export interface PeopleStore {
  byAddress(address: Address): Promise<Person | undefined>;
  byId(id: PersonId): Promise<Person | undefined>;
  /** Those that exist, in no particular order. */
  byIds(ids: readonly PersonId[]): Promise<Person[]>;
  byHandle(handle: string): Promise<Person | undefined>;
  /** People who may be found by a first name or a full name; `nameKey` is from name-keys.ts. At most `limit`. */
  byNameKey(nameKey: string, limit: number): Promise<Person[]>;
  /** Writes the person and their address; `conflict` when the address is someone's already. */
  create(person: Person): Promise<SaveOutcome>;
  /**
   * Writes `person` (already counted up) over version - 1, and keeps the handle and name look-ups in step with
   * `before`. `handle_taken` when the new handle is someone else's.
   */
  save(person: Person, before: Person): Promise<SaveOutcome | 'handle_taken'>;
  /**
   * Writes two people, neither of whose addresses, handle or name change, and the link that brought them together: each
   * over its version - 1, all or nothing.
   */
  saveBoth(one: PersonChange, other: PersonChange, link?: Link): Promise<SaveOutcome>;
}

/** Whom a person has paid, so that "bob" is the Bob they know. */
export interface Contact {
  readonly personId: PersonId;
  readonly lastPaidAtMs: number;
}

/** How two people stand to each other. */
export interface Tie {
  /** Whether the owner has paid the other before. */
  readonly isContact: boolean;
  /** Whether either has blocked the other. */
  readonly isBlocked: boolean;
}

export interface ContactStore {
  of(owner: PersonId): Promise<Contact[]>;
  /** All that a payment from one to the other asks about them: one read. */
  tieBetween(owner: PersonId, other: PersonId): Promise<Tie>;
  /** Keeps the later time; twice is once. */
  remember(owner: PersonId, contact: Contact): Promise<void>;
}

export interface BlockStore {
  block(owner: PersonId, blocked: PersonId, atMs: number): Promise<void>;
  unblock(owner: PersonId, blocked: PersonId): Promise<void>;
  /** Whether either has blocked the other. */
  isBlockedBetween(one: PersonId, other: PersonId): Promise<boolean>;
  blockedBy(owner: PersonId): Promise<PersonId[]>;
}

/** A report about a person, kept for the operator. Twice by the same reporter on the same subject is once. */
export interface Report {
  readonly id: string;
  readonly reporterId: PersonId;
  readonly reportedId: PersonId;
  readonly reason?: string;
  readonly paymentId?: string;
  readonly atMs: number;
}

export interface ReportStore {
  add(report: Report): Promise<void>;
}

/** The PIN: a salted, peppered hash and how often it was guessed wrong. */
export interface PinRecord {
  readonly personId: PersonId;
  readonly version: number;
  readonly salt: string;
  readonly hash: string;
  readonly failures: number;
  readonly lockedUntilMs?: number;
}

export interface PinStore {
  of(personId: PersonId): Promise<PinRecord | undefined>;
  /** Over version - 1, or where there was none for version 1. */
  save(record: PinRecord): Promise<SaveOutcome>;
}

/** Slow, salted and peppered hashing of PINs (scrypt), outside the domain because it is Node's. */
export interface PinHasher {
  newSalt(): string;
  hash(pin: string, salt: string): Promise<string>;
  /** Constant in time. */
  isSame(one: string, other: string): boolean;
}

/** Asks Messenger who an address is; undefined where we may not know. */
export interface ProfileSource {
  profileOf(address: Address): Promise<{ name?: string; locale?: string } | undefined>;
}
