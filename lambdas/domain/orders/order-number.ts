// The number of an order that people read out: short, unique in its shop, without letters that look or sound like words.
import type { OrderId } from './order.ts';

/** No vowels, so that no number is a word; and of 0 O, 1 I L, 2 Z, 5 S, 8 B at most one, for they are taken for each other. */
const letters = 'CDFGHJKMNPQRTVWXY2346789';

const length = 6;

/** Such as `K7M-2QX`, the same for the same order; `salt` counts up when the shop has that number already. */
export function orderNumber(id: OrderId, salt: number): string {
  let rest = hash(`${id}:${salt}`);
  let text = '';
  for (let place = 0; place < length; place += 1) {
    text += letters.charAt(rest % letters.length);
    rest = Math.floor(rest / letters.length);
  }
  return `${text.slice(0, 3)}-${text.slice(3)}`;
}

/** FNV-1a with a last stir: spreads well, and nothing here is secret. */
function hash(text: string): number {
  let value = 0x81_1c_9d_c5;
  for (const character of text) {
    value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01_00_01_93);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85_eb_ca_6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2_b2_ae_35);
  return (value ^ (value >>> 16)) >>> 0;
}
