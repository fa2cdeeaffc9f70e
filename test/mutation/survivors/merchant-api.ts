// Of the API of merchants and of its deliveries: the mutants that live on, and why.
import type { Survivor } from './survivor.ts';

export const merchantApiSurvivors: readonly Survivor[] = [];
