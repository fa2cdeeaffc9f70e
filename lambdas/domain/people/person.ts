// A person: someone who chats, known by our own id, and what we hold about how they pay and are paid.
import type { Address } from './address.ts';
import type { Currency } from '../money/currency.ts';

export type PersonId = `per_${string}`;

/** How well we know a person; limits grow with it. `verified`: the provider has checked who they are. */
export type PersonLevel = 'new' | 'known' | 'verified';

/** How a person pays: the provider's id and what may be shown. Never a card number. */
export interface Instrument {
  readonly id: string;
  /** Lower-case brand as the provider names it, such as `visa`. */
  readonly brand: string;
  readonly last4: string;
}

/** Where a person is paid: the provider's account and whether money can go there. */
export interface RecipientAccount {
  readonly accountId: string;
  readonly status: 'started' | 'ready' | 'restricted';
}

/** At a shop: whose chat this is, since they said so at both ends. */
export interface JoinedTo {
  readonly personId: PersonId;
  readonly atMs: number;
}

/** In the wallet: one shop where they are somebody too, under an id that this shop alone knows them by. */
export interface JoinedShop {
  readonly shopId: `shp_${string}`;
  readonly personId: PersonId;
}

export interface Person {
  readonly id: PersonId;
  /** Counts up by one with each save; a save of an older version is refused. */
  readonly version: number;
  /** Where they can be written to; the first is the wallet's own page. */
  readonly addresses: readonly Address[];
  /** As their Messenger profile says; display text, never proof of who they are. */
  readonly name?: string;
  /** Chosen by them, unique, lower case, without the @. */
  readonly handle?: string;
  /** BCP 47, such as `en-US`. */
  readonly locale: string;
  readonly currency: Currency;
  readonly level: PersonLevel;
  readonly findableByName: boolean;
  readonly customerId?: string;
  readonly instruments: readonly Instrument[];
  readonly recipientAccount?: RecipientAccount;
  readonly createdAtMs: number;
  readonly termsAcceptedAtMs?: number;
  /** They said stop: we write no more until they write again. */
  readonly stoppedAtMs?: number;
  readonly deletionRequestedAtMs?: number;
  readonly joinedTo?: JoinedTo;
  /** One a shop, and few. */
  readonly joined?: readonly JoinedShop[];
}

/** A person who has finished first contact: terms accepted and a handle chosen. */
export type Member = Person & { readonly handle: string; readonly termsAcceptedAtMs: number };

export function isMember(person: Person): person is Member {
  return person.handle !== undefined && person.termsAcceptedAtMs !== undefined;
}

/** Whoever asked to be forgotten is found by nobody, and paid by nobody. */
export function hasLeft(person: Pick<Person, 'deletionRequestedAtMs'>): boolean {
  return person.deletionRequestedAtMs !== undefined;
}

export function isReadyToBePaid(person: Person): boolean {
  return person.recipientAccount?.status === 'ready';
}

/** "Bob Stone (@bob)", or the part of it that is known. */
export function nameAndHandle(person: Pick<Person, 'name' | 'handle'>): string {
  if (person.name !== undefined && person.handle !== undefined) {
    return `${person.name} (@${person.handle})`;
  }
  return person.name ?? (person.handle === undefined ? 'someone' : `@${person.handle}`);
}

/** "Bob (@bob)", or the part of it that is known: for the other side's eyes. */
export function shortNameAndHandle(person: Pick<Person, 'name' | 'handle'>): string {
  const short = shortName(person);
  return person.name === undefined || person.handle === undefined
    ? short
    : `${short} (@${person.handle})`;
}

/** What to call them in the middle of a sentence: the first word of the name, or the handle. */
export function shortName(person: Pick<Person, 'name' | 'handle'>): string {
  return (
    person.name?.split(/\s+/u)[0] ?? (person.handle === undefined ? 'someone' : `@${person.handle}`)
  );
}
