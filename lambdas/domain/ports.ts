// What every feature may ask of the world: the time, ids and secret tokens. Injected, so that a run can be replayed.

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

export interface Ids {
  /** The same parts give the same id for ever: what makes a message handled twice one payment. */
  derived<Prefix extends string>(
    prefix: Prefix,
    ...parts: readonly string[]
  ): `${Prefix}_${string}`;
}

export interface Tokens {
  /** 256 random bits, URL-safe: a key that is handed out once and kept only as its fingerprint. */
  newToken(): string;
  /** One-way, so that a reader of the tables cannot use the links in them. */
  fingerprint(token: string): string;
}
