// Of what adapters decide: the mutants that live on, and why.
import type { Survivor } from './survivor.ts';

export const adaptersSurvivors: readonly Survivor[] = [];
