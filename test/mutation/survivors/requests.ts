// Of requests for money: the mutants that live on, and why.
import type { Survivor } from './survivor.ts';

export const requestsSurvivors: readonly Survivor[] = [
  {
    file: 'domain/requests/answer-request.ts',
    was: 'request.note === undefined',
    becomes: 'false',
    why: 'A note of `undefined` is left out of the draft as well: the question is there for its type.',
  },
];
