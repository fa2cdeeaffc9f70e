// Of the journal and of what is told from it: the mutants that live on, and why.
import type { Survivor } from './survivor.ts';

export const journalSurvivors: readonly Survivor[] = [];
