// Of orders: the mutants that live on, and why.
import type { Survivor } from './survivor.ts';

export const ordersSurvivors: readonly Survivor[] = [];
