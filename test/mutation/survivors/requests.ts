// Of requests for money: the mutants that live on, and why.
import type { Survivor } from './survivor.ts';

export const requestsSurvivors: readonly Survivor[] = [];
