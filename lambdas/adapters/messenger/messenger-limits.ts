// Texts and lists that cannot exceed Meta's limits: their types can only be made here, by cutting.

/**
 * Counted in UTF-16 units. Meta says "characters" and nothing more; of all that it can mean, code points and graphemes are
 * never more than units, so what fits here fits there. (Bytes cannot be meant: "UTF-8, 2000 characters".)
 */
export const limits = {
  /** "Less than 2000". */
  text: 1999,
  /** "Less than 1000". */
  metadata: 999,
  buttonsText: 640,
  buttonTitle: 20,
  payload: 1000,
  quickReplies: 13,
  quickReplyTitle: 20,
  buttons: 3,
  cards: 10,
  cardTitle: 80,
  cardSubtitle: 80,
  receiptLines: 100,
  /** Not documented for receipts: what a receipt shows without wrapping into nonsense. */
  receiptText: 200,
  /** Not documented for buttons: the longest that Meta takes anywhere (m.me links). */
  url: 2083,
  /** Not documented; long enough for an amount or a few words. */
  templateVariable: 200,
  menuItems: 20,
  menuTitle: 30,
  iceBreakers: 4,
  /** Neither length is documented: what the apps show without cutting. */
  iceBreakerQuestion: 80,
  greeting: 160,
} as const;

declare const within: unique symbol;

/** A text of at most `Max` units, and at least one. */
export type Text<Max extends number> = string & { readonly [within]: Max };

/** A list of at most `Max`. */
export type AtMost<Max extends number, Item> = readonly Item[] & { readonly [within]: Max };

function fits<Max extends number>(text: string, max: Max): text is Text<Max> {
  return text.length <= max && text.length > 0;
}

/**
 * For words: cut at a grapheme with an ellipsis, never in the middle of one. Without control characters, and never blank,
 * because Meta refuses a blank field and with it the whole message.
 */
export function cutLines<Max extends number>(raw: string, max: Max): Text<Max> {
  const text = clean(raw);
  const kept = text.length <= max ? text : `${startOf(text, max - 1).trimEnd()}…`;
  const visible = kept.trim() === '' ? '…' : kept;
  if (fits(visible, max)) return visible;
  throw new RangeError(`Nothing fits into ${max} characters`);
}

/** The same on one line: for titles and fields of a receipt. */
export function cutLine<Max extends number>(raw: string, max: Max): Text<Max> {
  return cutLines(clean(raw).replaceAll(/\s+/gu, ' ').trim(), max);
}

/** For payloads, ids and links: half of one is worse than none, so too long (or empty) is a bug. */
export function whole<Max extends number>(text: string, max: Max, what: string): Text<Max> {
  if (fits(text, max)) return text;
  throw new RangeError(`A ${what} of ${text.length} characters; Messenger takes 1 to ${max}`);
}

/** For lists whose end may be left out, such as choices that can also be typed. */
export function firstOf<Max extends number, Item>(
  items: readonly Item[],
  max: Max,
): AtMost<Max, Item> {
  const first = items.slice(0, max);
  if (isAtMost(first, max)) return first;
  throw new RangeError('A slice is longer than it was asked to be');
}

/** For lists of which nothing may be left out: too many is a bug. */
export function allOf<Max extends number, Item>(
  items: readonly Item[],
  max: Max,
  what: string,
): AtMost<Max, Item> {
  if (isAtMost(items, max)) return items;
  throw new RangeError(`${items.length} ${what}; Messenger takes at most ${max}`);
}

function isAtMost<Max extends number, Item>(
  items: readonly Item[],
  max: Max,
): items is AtMost<Max, Item> {
  return items.length <= max;
}

/**
 * Without what is not text: control characters except line breaks, halves of surrogate pairs, and the marks that turn the
 * order of what follows (a name with one could make "10 to Bob" read as something else).
 */
function clean(raw: string): string {
  return raw
    .toWellFormed()
    .replaceAll(/\r\n?/gu, '\n')
    .replaceAll(/[^\P{Cc}\n]|[\u{202a}-\u{202e}]/gu, '');
}

/** As many whole graphemes as fit. */
function startOf(text: string, max: number): string {
  let end = 0;
  for (const { index, segment } of graphemes().segment(text)) {
    if (index + segment.length > max) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

let segmenter: Intl.Segmenter | undefined;

/** Made when first needed: most texts are short, and loading its tables would slow every cold start. */
function graphemes(): Intl.Segmenter {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter;
}
