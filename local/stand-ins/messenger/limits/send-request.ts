// A whole Send API request: a message or a sender action, never both.
import * as z from 'zod/mini';
import { attachment, file } from './attachment.ts';
import { list, text } from './fields.ts';
import { quickReplies } from './quick-replies.ts';
import { utilityMessage } from './utility-message.ts';

/** Documented as "less than 2000 characters" and "less than 1000 characters". */
const LONGEST_TEXT = 1999;
const LONGEST_METADATA = 999;

const message = z
  .strictObject({
    text: z.optional(text(LONGEST_TEXT)),
    attachment: z.optional(attachment),
    attachments: z.optional(list(file, 1, 30)),
    template: z.optional(utilityMessage),
    sticker_id: z.optional(text(20)),
    quick_replies: z.optional(quickReplies),
    metadata: z.optional(text(LONGEST_METADATA)),
  })
  .check(
    z.refine(
      (m) =>
        [m.text, m.attachment, m.attachments, m.template, m.sticker_id].filter(
          (part) => part !== undefined,
        ).length === 1,
      { error: 'must have exactly one of text, attachment, attachments, template, sticker_id' },
    ),
  );

export type Message = z.infer<typeof message>;

const recipient = z.strictObject({ id: text(30) });

export const messageRequest = z.strictObject({
  recipient,
  messaging_type: z.enum(['RESPONSE', 'UPDATE', 'MESSAGE_TAG', 'UTILITY']),
  message,
  tag: z.optional(text(60)),
  notification_type: z.optional(z.enum(['REGULAR', 'SILENT_PUSH', 'NO_PUSH'])),
  persona_id: z.optional(text(30)),
  reply_to: z.optional(z.strictObject({ mid: text(500) })),
});

export type MessageRequest = z.infer<typeof messageRequest>;

/** Sender actions travel alone: recipient and action, and for reactions what they react to. */
export const senderActionRequest = z.discriminatedUnion('sender_action', [
  z.strictObject({
    recipient,
    sender_action: z.enum(['typing_on', 'typing_off', 'mark_seen']),
  }),
  z.strictObject({
    recipient,
    sender_action: z.enum(['react', 'unreact']),
    payload: z.strictObject({ message_id: text(500), reaction: z.optional(text(20)) }),
  }),
]);
