// The merchants' last word: over the public internet alone, except on one's own machine.
import { createLastWord } from '../adapters/last-word.ts';
import { systemClock } from './clock.ts';
import type { Outside } from './outside.ts';
import { readEnvironment } from './read-environment.ts';

const localStages: readonly string[] = ['local', 'test'];

export function merchantsLastWord({ lastWord }: Outside = {}) {
  if (lastWord !== undefined) return { lastWord };
  const { stage } = readEnvironment(['stage']);
  return {
    lastWord: createLastWord({ clock: systemClock, isLocal: localStages.includes(stage) }),
  };
}
