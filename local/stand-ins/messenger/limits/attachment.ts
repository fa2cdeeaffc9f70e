// What a message may carry besides text: files by URL or id, and the templates.
import * as z from 'zod/mini';
import { buttonTemplate } from './button-template.ts';
import { feedbackTemplate } from './feedback-template.ts';
import { link, text } from './fields.ts';
import { genericTemplate } from './generic-template.ts';
import { mediaTemplate } from './media-template.ts';
import { receiptTemplate } from './receipt-template.ts';

const filePayload = z
  .strictObject({
    url: z.optional(link()),
    attachment_id: z.optional(text(100)),
    is_reusable: z.optional(z.boolean()),
  })
  .check(
    z.refine((file) => (file.url === undefined) !== (file.attachment_id === undefined), {
      error: 'must have either url or attachment_id',
    }),
  );

export const file = z.strictObject({
  type: z.enum(['image', 'video', 'audio', 'file']),
  payload: filePayload,
});

const template = z.strictObject({
  type: z.literal('template'),
  payload: z.discriminatedUnion('template_type', [
    buttonTemplate,
    genericTemplate,
    mediaTemplate,
    receiptTemplate,
    feedbackTemplate,
  ]),
});

export const attachment = z.discriminatedUnion('type', [file, template]);
