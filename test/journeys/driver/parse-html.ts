// Reads a page as a browser without scripts would: its words, its links, and forms with what they would send.

export interface Form {
  readonly method: 'get' | 'post';
  readonly action: string;
  /** What is sent when nothing is filled in. */
  readonly values: readonly (readonly [name: string, value: string])[];
  readonly names: ReadonlySet<string>;
  readonly required: ReadonlySet<string>;
  readonly buttons: readonly {
    readonly title: string;
    readonly name?: string;
    readonly value: string;
  }[];
}

type Attributes = Readonly<Record<string, string>>;

export function wordsOf(html: string): string {
  return decode(
    html
      .replaceAll(/<(style|script|title)\b.*?<\/\1>/gsu, ' ')
      .replaceAll(/<[^>]+>/gu, ' ')
      .replaceAll(/\s+/gu, ' ')
      .trim(),
  );
}

export function titleOf(html: string): string {
  return decode(/<title>(.*?)<\/title>/su.exec(html)?.[1] ?? '');
}

export function formsIn(html: string): Form[] {
  return Array.from(html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gsu), ([, tag = '', inside = '']) =>
    readForm(attributesIn(tag), inside),
  );
}

function readForm(form: Attributes, inside: string): Form {
  const inputs = Array.from(inside.matchAll(/<input\b([^>]*)>/gu), ([, tag = '']) =>
    attributesIn(tag),
  );
  const selects = Array.from(
    inside.matchAll(/<select\b([^>]*)>(.*?)<\/select>/gsu),
    ([, tag = '', options = '']) => [attributesIn(tag)['name'] ?? '', chosenIn(options)] as const,
  );
  const values = inputs
    .filter(isSent)
    .map((input) => [input['name'] ?? '', valueOf(input)] as const);
  return {
    method: form['method'] === 'post' ? 'post' : 'get',
    action: form['action'] ?? '',
    values: [...values, ...selects],
    names: new Set([
      ...inputs.map((input) => input['name'] ?? ''),
      ...selects.map(([name]) => name),
    ]),
    required: new Set(
      inputs.filter((input) => 'required' in input).map((input) => input['name'] ?? ''),
    ),
    buttons: Array.from(inside.matchAll(/<button\b([^>]*)>(.*?)<\/button>/gsu), readButton),
  };
}

function readButton([, tag = '', inside = '']: RegExpExecArray) {
  const { name, value = '' } = attributesIn(tag);
  return { title: wordsOf(inside), value, ...(name === undefined ? {} : { name }) };
}

/** A box or dot that is not chosen is not sent. */
function isSent(input: Attributes): boolean {
  if (input['name'] === undefined) return false;
  return !['radio', 'checkbox'].includes(input['type'] ?? '') || 'checked' in input;
}

function valueOf(input: Attributes): string {
  return input['value'] ?? (input['type'] === 'checkbox' ? 'on' : '');
}

function chosenIn(options: string): string {
  const all = Array.from(options.matchAll(/<option\b([^>]*)>(.*?)<\/option>/gsu));
  const chosen = all.find(([, tag = '']) => 'selected' in attributesIn(tag)) ?? all[0];
  return attributesIn(chosen?.[1] ?? '')['value'] ?? wordsOf(chosen?.[2] ?? '');
}

function attributesIn(tag: string): Attributes {
  return Object.fromEntries(
    Array.from(tag.matchAll(/([\w-]+)(?:="([^"]*)")?/gu), ([, name = '', value = '']) => [
      name,
      decode(value),
    ]),
  );
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: ' ',
};

function decode(text: string): string {
  return text
    .replaceAll(/&#(\d+);/gu, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll(/&#x([\da-f]+);/giu, (_, code: string) =>
      String.fromCodePoint(Number.parseInt(code, 16)),
    )
    .replaceAll(/&(\w+);/gu, (whole, name: string) => entities[name] ?? whole);
}
