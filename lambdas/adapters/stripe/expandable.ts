// Reads Stripe's expandable fields, which hold an id or, where expanded, the whole object.
import * as z from 'zod/mini';

/** The id, whether or not the field was expanded. */
export const idSchema = z.pipe(
  z.union([z.string(), z.object({ id: z.string() })]),
  z.transform((field: string | { id: string }) => (typeof field === 'string' ? field : field.id)),
);

/** A page of a list of `item`. */
export function pageSchema<Item>(item: z.ZodMiniType<Item>) {
  return z.object({ data: z.array(item), has_more: z.boolean() });
}
