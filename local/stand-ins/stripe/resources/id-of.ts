// The id behind a reference that Stripe's types allow to be expanded; kept objects hold ids alone.

/** Empty when there is no reference. */
export function idOf(reference: string | { id: string } | null | undefined): string {
  if (typeof reference === 'string') return reference;
  return reference?.id ?? '';
}
