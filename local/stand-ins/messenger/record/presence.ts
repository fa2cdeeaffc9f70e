// Who is typing right now: forgotten on restart, as on Messenger.
import { threadKey } from './world.ts';

/** Messenger takes the dots away after this long, or with the next message. */
const TYPING_LASTS_MS = 20_000;

export interface Presence {
  startTyping(pageId: string, personId: string): void;
  stopTyping(pageId: string, personId: string): void;
  /** When the dots disappear by themselves, while they are shown. */
  typingUntilMs(pageId: string, personId: string): number | undefined;
  onChange(listener: (pageId: string, personId: string) => void): void;
}

export function createPresence(now: () => number): Presence {
  const until = new Map<string, number>();
  const listeners: ((pageId: string, personId: string) => void)[] = [];
  const tell = (pageId: string, personId: string) => {
    for (const listener of listeners) listener(pageId, personId);
  };
  return {
    startTyping(pageId, personId) {
      until.set(threadKey(pageId, personId), now() + TYPING_LASTS_MS);
      tell(pageId, personId);
    },
    stopTyping(pageId, personId) {
      if (until.delete(threadKey(pageId, personId))) tell(pageId, personId);
    },
    typingUntilMs(pageId, personId) {
      const atMs = until.get(threadKey(pageId, personId));
      return atMs !== undefined && atMs > now() ? atMs : undefined;
    },
    onChange: (listener) => void listeners.push(listener),
  };
}
