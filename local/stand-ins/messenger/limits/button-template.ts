// The button template: one text and up to three buttons.
import * as z from 'zod/mini';
import { buttons } from './buttons.ts';
import { text } from './fields.ts';

export const buttonTemplate = z.strictObject({
  template_type: z.literal('button'),
  text: text(640),
  buttons,
  sharable: z.optional(z.boolean()),
});
