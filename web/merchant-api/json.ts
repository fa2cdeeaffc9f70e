// JSON as a value, for documents that are put together of many parts.

export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [name: string]: Json };

export interface JsonObject {
  readonly [name: string]: Json;
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isJsonList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** A copy of what is JSON of it: what is undefined, and what is none, is left out. */
export function toJson(value: unknown): Json {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map(toJson);
  return typeof value === 'object' ? toJsonObject(value) : null;
}

export function toJsonObject(value: object): JsonObject {
  const fields: [string, unknown][] = Object.entries(value);
  const there = fields.filter(([, field]) => field !== undefined && typeof field !== 'function');
  return Object.fromEntries(there.map(([name, field]) => [name, toJson(field)]));
}
