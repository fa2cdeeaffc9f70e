// What may be stored of something that a person typed: no secrets, no control characters, no more than a command needs.
import { findSecretsInText, redact, type SecretKind } from '../../domain/privacy/redact.ts';

/** A person types at most 20,000 characters; no command is longer than this. */
const maxText = 5000;

/** Text is redacted with this much more of it, so that a card number on the edge is seen whole. */
const redactionMargin = 500;

/** What may be kept of a typed text, and what was taken out of it. */
export function readText(raw: string): { text: string; redacted: readonly SecretKind[] } {
  const text = withoutControls(raw.slice(0, maxText + redactionMargin));
  return {
    // Whole characters again after the cut: half of a pair would be six bytes in JSON, and nothing to read.
    text: redact(text).slice(0, maxText).toWellFormed(),
    redacted: findSecretsInText(text),
  };
}

/** Line breaks and tabs are text; every other control character, NUL first of all, is not. */
export function withoutControls(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n\t]/gu, '');
}
