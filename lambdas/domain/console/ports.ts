// What the console needs to remember: who is signed in.
import type { SaveOutcome } from '../people/ports.ts';
import type { ConsoleSession } from './session.ts';

export interface ConsoleSessionStore {
  get(fingerprint: string): Promise<ConsoleSession | undefined>;
  /** Version 1 only where there is none; else over version - 1: one that has ended does not come back. */
  save(session: ConsoleSession): Promise<SaveOutcome>;
  /** Also where there is none. */
  end(fingerprint: string): Promise<void>;
}
