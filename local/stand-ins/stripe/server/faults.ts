// Faults waiting for the next matching calls: the bad days that tests ask for.
import * as z from 'zod/mini';

export const faultRequest = z.object({
  match: z.optional(
    z.object({
      method: z.optional(z.string()),
      /** A prefix of the path, or a regular expression between slashes. */
      path: z.optional(z.string()),
    }),
  ),
  fault: z.enum([
    'decline',
    'timeout_before',
    'timeout_after',
    'error_500_before',
    'error_500_after',
    'rate_limit_429',
    'drop_before',
    'drop_after',
    'cut_body',
    'delay',
  ]),
  decline_code: z.optional(z.string()),
  delayMs: z.optional(z.number()),
  times: z.optional(z.number()),
});

export type FaultRequest = z.infer<typeof faultRequest>;
export type FaultKind = FaultRequest['fault'];

export interface Fault {
  kind: FaultKind;
  declineCode: string;
  delayMs: number;
}

export interface Faults {
  add(request: FaultRequest): void;
  /** Takes the oldest fault that matches the call. */
  take(method: string, path: string): Fault | undefined;
  waiting(): { fault: FaultKind; left: number }[];
  clear(): void;
}

export function createFaults(): Faults {
  const queue: { request: FaultRequest; left: number }[] = [];
  return {
    add: (request) => void queue.push({ request, left: request.times ?? 1 }),
    take(method, path) {
      const found = queue.find(({ request }) => matches(request, method, path));
      if (!found) return undefined;
      found.left -= 1;
      if (found.left <= 0) queue.splice(queue.indexOf(found), 1);
      const {
        fault,
        decline_code: declineCode = 'generic_decline',
        delayMs = 1000,
      } = found.request;
      return { kind: fault, declineCode, delayMs };
    },
    waiting: () => queue.map(({ request, left }) => ({ fault: request.fault, left })),
    clear: () => void queue.splice(0),
  };
}

function matches({ match }: FaultRequest, method: string, path: string): boolean {
  if (match?.method !== undefined && match.method.toUpperCase() !== method) return false;
  if (match?.path === undefined) return true;
  const expression = /^\/(?<source>.+)\/$/.exec(match.path)?.groups?.['source'];
  const isExpression = expression !== undefined && /[\\^$*+?.()|[\]{}]/.test(expression);
  return isExpression ? new RegExp(expression).test(path) : path.startsWith(match.path);
}
