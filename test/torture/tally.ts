// What was tried and what was done to the machine, counted.

export interface Tally {
  payments: number;
  orders: number;
  refunds: number;
  kills: number;
  faults: number;
  /** Dead letters that were sent back at the end. */
  sentBack: number;
  /** What somebody had begun and did not see the end of, by why. */
  readonly givenUp: string[];
  /** Notes are the marks of payments: no two are the same. */
  newNote(): string;
}

export function newTally(): Tally {
  let notes = 0;
  return {
    payments: 0,
    orders: 0,
    refunds: 0,
    kills: 0,
    faults: 0,
    sentBack: 0,
    givenUp: [],
    newNote: () => `snack ${inLetters((notes += 1))}`,
  };
}

/** A figure in a note would be asked about: is it an amount? */
function inLetters(count: number): string {
  return Array.from(String(count), (digit) => 'abcdefghij'.charAt(Number(digit))).join('');
}
