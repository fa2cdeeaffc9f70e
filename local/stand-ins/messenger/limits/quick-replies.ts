// Quick replies: at most 13, and what each kind may hold.
import * as z from 'zod/mini';
import { link, list, text } from './fields.ts';

const quickReply = z.discriminatedUnion('content_type', [
  z.strictObject({
    content_type: z.literal('text'),
    title: text(20),
    payload: text(1000),
    image_url: z.optional(link()),
  }),
  z.strictObject({
    content_type: z.literal('user_phone_number'),
    image_url: z.optional(link()),
  }),
  z.strictObject({ content_type: z.literal('user_email'), image_url: z.optional(link()) }),
]);

export const quickReplies = list(quickReply, 1, 13);
