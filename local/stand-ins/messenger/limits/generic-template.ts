// The generic template: a carousel of up to ten cards.
import * as z from 'zod/mini';
import { buttons, defaultAction } from './buttons.ts';
import { link, list, text } from './fields.ts';

const element = z
  .strictObject({
    title: text(80),
    subtitle: z.optional(text(80)),
    image_url: z.optional(link()),
    default_action: z.optional(defaultAction),
    buttons: z.optional(buttons),
  })
  .check(
    z.refine((card) => Object.values(card).filter((value) => value !== undefined).length > 1, {
      error: 'must have a title and at least one more property',
    }),
  );

export const genericTemplate = z.strictObject({
  template_type: z.literal('generic'),
  elements: list(element, 1, 10),
  image_aspect_ratio: z.optional(z.enum(['horizontal', 'square'])),
  sharable: z.optional(z.boolean()),
});
