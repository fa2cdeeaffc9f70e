// The door's event stream: tells every open chat page which thread to look at again.
import type { ServerResponse } from 'node:http';
import type { Happening } from '../record/happening.ts';
import type { History } from '../record/history.ts';
import type { Presence } from '../record/presence.ts';
import { DOOR_HEADERS } from './door-headers.ts';

export type Change =
  | { readonly kind: 'thread'; readonly pageId: string; readonly personId: string }
  | { readonly kind: 'people' }
  | { readonly kind: 'profile'; readonly pageId: string }
  | { readonly kind: 'reset' };

export interface Stream {
  open(response: ServerResponse): void;
  tell(change: Change): void;
  close(): void;
}

/** Proxies drop a silent connection; a comment now and then keeps it. */
const KEEP_ALIVE_MS = 15_000;

export function createStream(history: History, presence: Presence): Stream {
  const listeners = new Set<ServerResponse>();
  const write = (text: string) => {
    for (const response of listeners) response.write(text);
  };
  const tell = (change: Change) => write(`data: ${JSON.stringify(change)}\n\n`);
  const keepAlive = setInterval(() => write(': still here\n\n'), KEEP_ALIVE_MS).unref();
  history.onAppend((happening) => {
    const change = changeOf(happening);
    if (change !== undefined) tell(change);
  });
  presence.onChange((pageId, personId) => tell({ kind: 'thread', pageId, personId }));
  return {
    tell,
    open(response) {
      response.writeHead(200, { ...DOOR_HEADERS, 'content-type': 'text/event-stream' });
      response.write(': open\n\n');
      listeners.add(response);
      response.on('close', () => listeners.delete(response));
    },
    close() {
      clearInterval(keepAlive);
      for (const response of listeners) response.end();
    },
  };
}

function changeOf(happening: Happening): Change | undefined {
  if (happening.kind === 'person_joined') return { kind: 'people' };
  if ('personId' in happening) {
    return { kind: 'thread', pageId: happening.pageId, personId: happening.personId };
  }
  if (happening.kind === 'profile_set' || happening.kind === 'profile_cleared') {
    return { kind: 'profile', pageId: happening.pageId };
  }
  return undefined;
}
