// The customer feedback template: one question, for at most a week.
import * as z from 'zod/mini';
import { link, list, text } from './fields.ts';

/** The scale that each kind of question is answered on, and the highest answer of it. */
const question = z.strictObject({
  id: z.string().check(
    z.refine((value) => /^[A-Za-z0-9_]{1,80}$/.test(value), {
      error: 'must be 1-80 letters, digits or underscores',
    }),
  ),
  type: z.enum(['csat', 'nps', 'ces', 'free_form']),
  title: z.optional(z.string().check(z.minLength(5), z.maxLength(85))),
  score_label: z.optional(text(80)),
  score_option: z.optional(text(80)),
  follow_up: z.optional(
    z.strictObject({ type: z.literal('free_form'), placeholder: z.optional(text(400)) }),
  ),
});

export const feedbackTemplate = z.strictObject({
  template_type: z.literal('customer_feedback'),
  title: text(65),
  subtitle: z.optional(text(80)),
  button_title: z.optional(text(20)),
  feedback_screens: list(z.strictObject({ questions: list(question, 1, 1) }), 1, 1),
  business_privacy: z.strictObject({ url: link() }),
  expires_in_days: z.optional(z.number().check(z.minimum(1), z.maximum(7))),
});
