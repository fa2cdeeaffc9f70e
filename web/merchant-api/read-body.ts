// The JSON body of a call, or why it is none: nothing is parsed that is too large or too deep to be looked at.
import { type Problem, problem } from './problem.ts';

export const largestBodyBytes = 1_000_000;

/** No body of ours is deeper than five. */
const deepest = 32;

export type BodyRead = { readonly kind: 'read'; readonly body: unknown } | Problem;

/** No body at all is undefined. */
export function readBody(bytes: Buffer, contentType: string | undefined): BodyRead {
  if (bytes.length === 0) return { kind: 'read', body: undefined };
  if (bytes.length > largestBodyBytes) {
    return problem('too_large', `A body is at most ${largestBodyBytes} bytes.`);
  }
  if (!/^application\/json\s*(?:;|$)/iu.test(contentType ?? '')) {
    return problem('wrong_media_type', 'Send Content-Type: application/json.');
  }
  const text = decode(bytes);
  if (text === undefined) return problem('not_json', 'It is not UTF-8.');
  if (depthOf(text) > deepest) return problem('too_deep', `At most ${deepest} levels.`);
  try {
    const body: unknown = JSON.parse(text);
    return { kind: 'read', body };
  } catch {
    return problem('not_json', 'It cannot be parsed.');
  }
}

function decode(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Of brackets outside of strings. A text that is no JSON may get any number: it is refused all the same. */
function depthOf(text: string): number {
  let depth = 0;
  let most = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gsu)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    most = Math.max(most, depth);
  }
  return most;
}
