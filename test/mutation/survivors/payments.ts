// Of payments between people: the mutants that live on, and why.
import type { Survivor } from './survivor.ts';

export const paymentsSurvivors: readonly Survivor[] = [];
