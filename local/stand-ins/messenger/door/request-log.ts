// Every Graph API call that came in, as it was understood and answered, for whoever asks the door.
import type { Durable } from '../../../durable.ts';

export interface LoggedRequest {
  readonly atMs: number;
  readonly method: string;
  readonly path: string;
  readonly endpoint: string;
  readonly parameters: unknown;
  readonly hasProof: boolean;
  /** Absent when the caller was left without an answer on purpose. */
  readonly status?: number;
  readonly answer?: unknown;
  readonly fault?: string;
}

const LONGEST = 5000;

export interface RequestLog {
  add(request: LoggedRequest): void;
  list(): LoggedRequest[];
  clear(): void;
}

export function openRequestLog(durable: Durable): RequestLog {
  const requests = durable.map<LoggedRequest>('requests');
  const keys = requests.entries().map(([key]) => key);
  let next = Number(keys.at(-1) ?? 0) + 1;
  return {
    add(request) {
      const key = String(next++);
      requests.set(key, request);
      keys.push(key);
      const oldest = keys.length > LONGEST ? keys.shift() : undefined;
      if (oldest !== undefined) requests.delete(oldest);
    },
    list: () => requests.entries().map(([, request]) => request),
    clear() {
      for (const key of keys.splice(0)) requests.delete(key);
    },
  };
}
