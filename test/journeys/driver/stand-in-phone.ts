// A phone at the Messenger stand-in: everything goes through its control door, over HTTP.
import * as z from 'zod/mini';
import { type Bubble, isReceiptIn, messageSchema, tapsIn } from './bubble.ts';
import type { Phone } from './person.ts';

const threadSchema = z.object({
  messages: z.array(
    z.object({
      ...messageSchema.shape,
      from: z.enum(['page', 'person']),
      mid: z.string(),
      words: z.string(),
      quickReplies: z.optional(messageSchema.shape.quick_replies),
    }),
  ),
});

export interface MessengerDoor {
  /** The origin of the stand-in. */
  readonly url: string;
  readonly pageId: string;
  /** How many of the newest bubbles are read: all, when absent. */
  readonly last?: number;
}

export interface StandInPerson {
  readonly name: string;
  /** Digits; a new one when absent. */
  readonly id?: string;
  readonly locale?: string;
}

/** Adds the person to the stand-in, or finds who is there under that id and name. */
export async function standInPhone(
  door: MessengerDoor,
  who: StandInPerson,
): Promise<Phone & { readonly id: string }> {
  const added = await atDoor(door, 'people', { locale: 'en_US', ...who });
  const { id } = z.parse(z.object({ id: z.string() }), added);
  const thread = `people/${id}/threads/${door.pageId}`;
  const read = door.last === undefined ? thread : `${thread}?last=${door.last}`;
  const act = async (what: string, body: unknown): Promise<void> => {
    await atDoor(door, `${thread}/${what}`, body);
  };
  return {
    id,
    write: (text) => act('text', { text }),
    tap: ({ kind, payload, title }) =>
      act(kind === 'quick_reply' ? 'quick-reply' : 'postback', { payload, title }),
    getStarted: () => act('get-started', {}),
    follow: (ref) => act('referral', { ref }),
    async bubbles() {
      const { messages } = z.parse(threadSchema, await atDoor(door, read));
      return messages.map((message): Bubble => {
        const { from, mid, words, quickReplies } = message;
        const shown = { ...message, quick_replies: quickReplies };
        return { from, mid, words, taps: tapsIn(shown), isReceipt: isReceiptIn(shown) };
      });
    },
  };
}

/** GET without a body, POST with one. */
export async function atDoor(
  door: { url: string },
  path: string,
  body?: unknown,
): Promise<unknown> {
  const post = (json: unknown) => ({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(json),
  });
  const url = `${door.url}/_stand-in/${path}`;
  const response = await fetch(url, body === undefined ? {} : post(body));
  if (!response.ok) throw new Error(`The door refused ${path}: ${await response.text()}`);
  return response.json();
}
