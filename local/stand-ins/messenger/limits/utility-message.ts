// A message made from an approved utility template: its name, language and variables.
import * as z from 'zod/mini';
import { link, text } from './fields.ts';

/** Variables with these are refused when Meta reviews or sends a utility message. */
const variable = () =>
  text(1000).check(
    z.refine((value) => !/[#$%]/.test(value), {
      error: 'must not contain special characters # $ %',
    }),
  );

const headerComponent = z.strictObject({
  type: z.literal('header'),
  parameters: z.array(
    z.discriminatedUnion('type', [
      z.strictObject({
        type: z.literal('text'),
        parameter_name: z.optional(text(60)),
        text: variable(),
      }),
      z.strictObject({ type: z.literal('image'), image: z.strictObject({ link: link() }) }),
    ]),
  ),
});

const bodyComponent = z.strictObject({
  type: z.literal('body'),
  parameters: z.array(
    z.strictObject({
      type: z.literal('text'),
      parameter_name: z.optional(text(60)),
      text: variable(),
    }),
  ),
});

/** The n-th parameter fills the n-th variable of the buttons: a URL's suffix, or a postback's payload. */
const buttonsComponent = z.strictObject({
  type: z.literal('buttons'),
  parameters: z.array(
    z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('text'), text: text(1000) }),
      z.strictObject({ type: z.literal('url'), url: text(1000) }),
      z.strictObject({ type: z.literal('payload'), payload: text(1000) }),
    ]),
  ),
});

export const utilityMessage = z.strictObject({
  name: text(512),
  language: z.strictObject({ code: text(10) }),
  components: z.optional(
    z.array(z.discriminatedUnion('type', [headerComponent, bodyComponent, buttonsComponent])),
  ),
});

export type UtilityMessage = z.infer<typeof utilityMessage>;
