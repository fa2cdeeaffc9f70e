// What happened, line by line: hashed always, kept in words where somebody wants to read it.
import { createHash } from 'node:crypto';

export interface Trace {
  note(line: string): void;
  hash(): string;
  readonly lines: readonly string[];
}

export function openTrace(isKept: boolean): Trace {
  const hash = createHash('sha256');
  const lines: string[] = [];
  let pending = '';
  const flush = () => {
    hash.update(pending);
    pending = '';
  };
  return {
    lines,
    note(line) {
      pending += `${line}\n`;
      if (pending.length > 4096) flush();
      if (isKept) lines.push(line);
    },
    hash() {
      flush();
      return hash.copy().digest('hex').slice(0, 16);
    },
  };
}
