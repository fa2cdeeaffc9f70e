// Handles: what one may be, and which nobody gets because others would believe them.
import { findSecretsInText } from '../privacy/redact.ts';
import { soundsLikeTheHouse } from '../privacy/words-of-others.ts';

/** Latin letters alone: two handles that look alike cannot differ in their alphabet. */
const handlePattern = /^@?([a-z][a-z0-9_]{2,19})$/u;

/** The handle in what was typed or pressed, lower case; undefined when it is none. */
export function readHandle(text: string): string | undefined {
  const handle = handlePattern.exec(text.trim().toLowerCase())?.[1];
  return handle === undefined || findSecretsInText(handle).length > 0 ? undefined : handle;
}

/** As the first or the last word of a handle these speak for somebody else than a person. */
const offices = new Set(
  'admin administrator bank fraud help helpdesk moderator official refund refunds security service staff support system team'.split(
    ' ',
  ),
);

/** "send 20 to @her" must never reach whoever took the word. */
const pronouns = new Set(
  'anybody anyone everybody everyone her him mine myself nobody none she somebody someone that them they this who you yourself'.split(
    ' ',
  ),
);

/** Nobody gets these: they pass for us, for a vendor of ours, for an office, or for anybody at all. */
export function isReservedHandle(handle: string): boolean {
  const words = handle.split('_').filter((word) => word !== '');
  const isOffice = [words[0], words.at(-1)].some((word) => word !== undefined && offices.has(word));
  return isOffice || pronouns.has(handle) || soundsLikeTheHouse(handle);
}
