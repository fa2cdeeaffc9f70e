// Reads a webhook's bytes as JSON without losing digits of ids and without trusting its size, depth or encoding.

export type JsonReading =
  | { readonly kind: 'read'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly reason: 'not_utf8' | 'not_json' | 'too_deep' };

/** Meta's deepest event (a lead with a catalogue) has about ten levels. */
const maxDepth = 40;

/** Where a number of 16 digits or more may stand, so that the slow way is taken only where it is needed. */
const longNumber = /[:,[\s]-?\d{16}/u;

export function readJson(bytes: Buffer): JsonReading {
  const text = decodeUtf8(bytes);
  if (text === undefined) return { kind: 'refused', reason: 'not_utf8' };
  // Before parsing: a reviver recurses, and a body of brackets alone would overflow the stack.
  if (depthOf(text) > maxDepth) return { kind: 'refused', reason: 'too_deep' };
  try {
    const value: unknown = longNumber.test(text)
      ? JSON.parse(text, keepLongIntegers)
      : JSON.parse(text);
    return { kind: 'read', value };
  } catch {
    return { kind: 'refused', reason: 'not_json' };
  }
}

function decodeUtf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** An integer that a double cannot hold becomes its own digits: PSIDs exceed 2^53 and sometimes come as numbers. */
function keepLongIntegers(_key: string, value: unknown, ...context: unknown[]): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  const source = sourceOf(context[0]);
  return source !== undefined && /^-?\d+$/u.test(source) ? source : value;
}

function sourceOf(context: unknown): string | undefined {
  return typeof context === 'object' &&
    context !== null &&
    'source' in context &&
    typeof context.source === 'string'
    ? context.source
    : undefined;
}

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (isInString) {
      if (character === '\\') at += 1;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === '{' || character === '[') {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (character === '}' || character === ']') depth -= 1;
  }
  return deepest;
}
