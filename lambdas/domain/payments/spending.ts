// Spending: what a person has sent on each of the last days, for the limits.
import type { Currency } from '../money/currency.ts';
import type { PersonId } from '../people/person.ts';

export interface Spending {
  readonly personId: PersonId;
  readonly version: number;
  /** By UTC day `YYYY-MM-DD`, then currency: minor units sent. Days older than a week are dropped. */
  readonly days: Readonly<Record<string, Readonly<Partial<Record<Currency, number>>>>>;
}
