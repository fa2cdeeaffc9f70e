// The media template: one picture or video that Facebook already holds, with up to three buttons.
import * as z from 'zod/mini';
import { buttons } from './buttons.ts';
import { facebookLink, list, text } from './fields.ts';

const element = z
  .strictObject({
    media_type: z.enum(['image', 'video']),
    attachment_id: z.optional(text(100)),
    url: z.optional(facebookLink()),
    buttons: z.optional(buttons),
  })
  .check(
    z.refine((media) => (media.attachment_id === undefined) !== (media.url === undefined), {
      error: 'must have either attachment_id or url',
    }),
  );

export const mediaTemplate = z.strictObject({
  template_type: z.literal('media'),
  elements: list(element, 1, 1),
  sharable: z.optional(z.boolean()),
});
