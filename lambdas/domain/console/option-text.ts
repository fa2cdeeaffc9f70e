// A product's options as text that people can write: one option a line, such as "Size: Small, Large +1.00".
import { decimalText } from '../money/format-money.ts';
import { type Money, zero } from '../money/money.ts';
import type { Speaker } from '../money/speaker.ts';
import { mostChoices, mostOptions, type ProductOption } from '../shops/product.ts';
import { readTypedAmount } from './typed-amount.ts';

export type OptionReading =
  | { readonly kind: 'read'; readonly options: readonly ProductOption[] }
  /** A sentence for whoever typed it. */
  | { readonly kind: 'wrong'; readonly why: string };

type Choice = ProductOption['choices'][number];

const longestName = 40;

/** Signs that part names here; in a name of their own they come with a backslash. */
const partingSigns = /[\\:,;|+]/gu;

export function writeOptions(options: readonly ProductOption[]): string {
  return options
    .map(({ name, choices }) => `${escape(name)}: ${choices.map(writeChoice).join(', ')}`)
    .join('\n');
}

function writeChoice({ name, extra }: Choice): string {
  return extra.minor === 0 ? escape(name) : `${escape(name)} +${decimalText(extra)}`;
}

/** Options are parted by lines or by |, choices by commas or semicolons. A comma within an amount (+1,50) parts nothing. */
export function readOptions(text: string, speaker: Speaker): OptionReading {
  const lines = hide(text)
    .split(/[\n|]/u)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length > mostOptions) return wrong(`There can be ${mostOptions} options at most.`);
  const options: ProductOption[] = [];
  for (const line of lines) {
    const option = readOption(line, speaker);
    if (typeof option === 'string') return wrong(option);
    if (options.some(({ name }) => isSame(name, option.name)))
      return wrong(`The option “${option.name}” is there twice.`);
    options.push(option);
  }
  return { kind: 'read', options };
}

function readOption(line: string, speaker: Speaker): ProductOption | string {
  const [name = '', ...rest] = line.split(':');
  if (rest.length !== 1) {
    return `“${show(line)}” is no option. Write it like “Size: Small, Large +1.00”.`;
  }
  const names = nameOf(name);
  if (names === undefined) return `An option needs a name of at most ${longestName} letters.`;
  const choices: Choice[] = [];
  for (const part of (rest[0] ?? '').split(/;|,(?!\d)|(?<!\+[^,;]*),/u)) {
    const choice = readChoice(part, speaker);
    if (typeof choice === 'string') return `${names}: ${choice}`;
    if (choices.some((each) => isSame(each.name, choice.name)))
      return `${names}: “${choice.name}” is there twice.`;
    choices.push(choice);
  }
  if (choices.length > mostChoices) return `${names} has more than ${mostChoices} choices.`;
  return { name: names, choices };
}

function readChoice(part: string, speaker: Speaker): Choice | string {
  const [name = '', ...amount] = part.split('+');
  const plain = nameOf(name);
  if (plain === undefined) return `each choice needs a name of at most ${longestName} letters.`;
  if (amount.length === 0) return { name: plain, extra: zero(speaker.currency) };
  const extra = readExtra(amount.join('+'), speaker);
  return typeof extra === 'string' ? `${plain}: ${extra}` : { name: plain, extra };
}

function readExtra(text: string, speaker: Speaker): Money | string {
  const read = readTypedAmount(show(text), speaker, 'may_be_zero');
  return read.kind === 'amount' ? read.amount : read.why;
}

function nameOf(hidden: string): string | undefined {
  const name = show(hidden).replaceAll(/\s+/gu, ' ').trim();
  return name === '' || name.length > longestName ? undefined : name;
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function escape(name: string): string {
  return name.replaceAll(partingSigns, String.raw`\$&`);
}

const firstHidden = 0xe000;

/** Signs after a backslash become others for a while, which part nothing. */
function hide(text: string): string {
  return text
    .replaceAll(/[\ue000-\ue07f]/gu, '')
    .replaceAll(/\\(?<sign>[\\:,;|+])/gu, (_, sign: string) =>
      String.fromCodePoint(firstHidden + (sign.codePointAt(0) ?? 0)),
    );
}

function show(hidden: string): string {
  return hidden.replaceAll(/[\ue000-\ue07f]/gu, (sign) =>
    String.fromCodePoint((sign.codePointAt(0) ?? firstHidden) - firstHidden),
  );
}

function wrong(why: string): OptionReading {
  return { kind: 'wrong', why };
}
