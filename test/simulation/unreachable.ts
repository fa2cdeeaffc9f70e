// Edges that are drawn and that no simulated day can take, each with why: all others are to be met.

/** By machine, state and step. */
export const unreachable: ReadonlyMap<string, string> = new Map([
  [
    'payment charging sent_to_review',
    'For a first answer of another amount than was asked for: only a page or a bank that asks lets one be taken, and then it is no longer charging. test/domain/payments/unknown-answers.test.ts has it.',
  ],
]);
