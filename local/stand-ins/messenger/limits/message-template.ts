// A utility template as it is submitted for review: its parts and the rules for its variables.
import * as z from 'zod/mini';
import { link, list, text } from './fields.ts';

const VARIABLE = /\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g;

/** Names of the variables in order of first use: `1`, `2` or, in NAMED templates, words. */
export function variablesOf(words: string): string[] {
  return [...new Set([...words.matchAll(VARIABLE)].map((found) => found[1] ?? ''))];
}

export function fillVariables(words: string, values: ReadonlyMap<string, string>): string {
  return words.replaceAll(VARIABLE, (whole, name: string) => values.get(name) ?? whole);
}

const startsOrEndsWithVariable = (words: string) =>
  /^\s*\{\{[^}]*\}\}/.test(words) || /\{\{[^}]*\}\}\s*$/.test(words);

const numberingHasGaps = (words: string) => {
  const numbers = variablesOf(words)
    .filter((name) => /^[0-9]+$/.test(name))
    .map(Number);
  return numbers.some((_, index) => !numbers.includes(index + 1));
};

const reviewedText = (longest: number) =>
  text(longest).check(
    z.refine((words) => !startsOrEndsWithVariable(words), {
      error: 'must not start or end with a variable',
    }),
    z.refine((words) => !numberingHasGaps(words), {
      error: 'must number its variables from 1 without gaps',
    }),
  );

const example = z.optional(z.record(z.string(), z.unknown()));

const header = z.discriminatedUnion('format', [
  z.strictObject({
    type: z.literal('HEADER'),
    format: z.literal('TEXT'),
    text: reviewedText(60),
    example,
  }),
  z.strictObject({ type: z.literal('HEADER'), format: z.literal('IMAGE'), example }),
]);

const body = z.strictObject({ type: z.literal('BODY'), text: reviewedText(1024), example });

const templateButton = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('URL'),
    text: text(20),
    url: link(),
    example: z.optional(z.array(z.string())),
  }),
  z.strictObject({
    type: z.literal('POSTBACK'),
    text: text(20),
    payload: z.optional(text(1000)),
  }),
]);

const component = z.union([
  header,
  body,
  z.strictObject({ type: z.literal('BUTTONS'), buttons: list(templateButton, 1, 3) }),
]);

export const messageTemplate = z
  .strictObject({
    name: z.string().check(
      z.refine((value) => /^[a-z0-9_]{1,512}$/.test(value), {
        error: 'must be 1-512 lower-case letters, digits or underscores',
      }),
    ),
    language: z.string().check(
      z.refine((value) => /^[a-z]{2,3}(_[A-Z]{2})?$/.test(value), {
        error: 'must be a locale such as en or en_US',
      }),
    ),
    category: z.literal('UTILITY'),
    parameter_format: z.optional(z.enum(['NAMED', 'POSITIONAL'])),
    components: z.array(component).check(z.minLength(1)),
  })
  .check(
    z.refine((template) => template.components.filter((c) => c.type === 'BODY').length === 1, {
      error: 'must have exactly one BODY',
      path: ['components'],
    }),
  );

export type MessageTemplate = z.infer<typeof messageTemplate>;
