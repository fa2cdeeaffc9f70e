// Half a surrogate pair is no text: it is replaced before it is stored, so that what is read is what was written.

/** The value with U+FFFD for each lone surrogate in it, and without what is undefined. */
export function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return wellFormedFields(value);
}

export function wellFormedFields(fields: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name.toWellFormed(), wellFormed(value)]),
  );
}
