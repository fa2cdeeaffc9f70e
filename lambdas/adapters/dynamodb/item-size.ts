// How large an item is by DynamoDB's own counting, so that one that cannot be written fails here, in clear words.

/** DynamoDB's limit for one item, names of attributes included (Developer Guide, "Quotas"). */
export const largestItemBytes = 400 * 1024;

/** Bytes of an item: its names and values in UTF-8, 3 and one more an entry for each list and map. */
export function itemBytes(item: object): number {
  return sumOf(Object.entries(item), ([name, value]) => utf8(name) + valueBytes(value));
}

/** Throws where DynamoDB would refuse; the message names the entity, never what is in it. */
export function assertFits(entity: string, item: object): void {
  const bytes = itemBytes(item);
  if (bytes > largestItemBytes) {
    throw new RangeError(`${entity} of ${bytes} bytes: an item holds at most ${largestItemBytes}.`);
  }
}

function valueBytes(value: unknown): number {
  if (value === undefined) return 0;
  if (typeof value === 'string') return utf8(value);
  if (typeof value === 'number') return numberBytes(value);
  if (value instanceof Uint8Array) return value.length;
  if (Array.isArray(value)) return 3 + sumOf(value, (each: unknown) => 1 + valueBytes(each));
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, field]) => field !== undefined);
    return 3 + sumOf(fields, ([name, field]) => 1 + utf8(name) + valueBytes(field));
  }
  return 1;
}

/** A byte for each pair of digits around the decimal point, outer zeros left out, one more, and one for a minus. */
function numberBytes(value: number): number {
  const [whole = '', fraction = ''] = String(Math.abs(value)).split('.');
  const evenWhole = whole.length % 2 === 0 ? whole : `0${whole}`;
  const evenFraction = fraction.length % 2 === 0 ? fraction : `${fraction}0`;
  const pairs = `${evenWhole}${evenFraction}`.replace(/^(00)+/, '').replace(/(00)+$/, '');
  return pairs.length / 2 + 1 + (value < 0 ? 1 : 0);
}

function utf8(text: string): number {
  return Buffer.byteLength(text);
}

function sumOf<Each>(all: readonly Each[], count: (each: Each) => number): number {
  return all.reduce((total, each) => total + count(each), 0);
}
