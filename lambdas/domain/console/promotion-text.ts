// Promotion codes as people write them, one a line: "BEANS10 10%", "WELCOME 5.00 until 2026-12-31".
import { decimalText } from '../money/format-money.ts';
import type { Speaker } from '../money/speaker.ts';
import type { Promotion, Shop } from '../shops/shop.ts';
import { readTypedAmount } from './typed-amount.ts';

const mostPromotions = 20;
const dayMs = 24 * 60 * 60 * 1000;

type Wall = Pick<Shop, 'timeZone'>;

export function writePromotions(shop: Wall & Pick<Shop, 'promotions'>): string {
  return shop.promotions.map((promotion) => writePromotion(shop, promotion)).join('\n');
}

function writePromotion(shop: Wall, { code, off, endsAtMs }: Promotion): string {
  const what = off.kind === 'percent' ? `${off.percent}%` : decimalText(off.amount);
  return endsAtMs === undefined
    ? `${code} ${what}`
    : `${code} ${what} until ${dateAt(shop.timeZone, endsAtMs - 1)}`;
}

/** A sentence for whoever typed it, where a line cannot be read. */
export function readPromotions(
  text: string,
  shop: Wall,
  speaker: Speaker,
): readonly Promotion[] | string {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length > mostPromotions) return `There can be ${mostPromotions} codes at most.`;
  const promotions: Promotion[] = [];
  for (const line of lines) {
    const promotion = readPromotion(line, shop, speaker);
    if (typeof promotion === 'string') return promotion;
    if (promotions.some(({ code }) => code === promotion.code))
      return `The code ${promotion.code} is there twice.`;
    promotions.push(promotion);
  }
  return promotions;
}

function readPromotion(line: string, shop: Wall, speaker: Speaker): Promotion | string {
  const parts = /^(?<code>\S+)\s+(?<off>.+?)(?:\s+until\s+(?<until>\S+))?$/iu.exec(line)?.groups;
  const code = (parts?.['code'] ?? '').toUpperCase();
  if (parts === undefined || !/^[A-Z0-9]{3,20}$/u.test(code)) {
    return `“${line.slice(0, 40)}” cannot be read. Write a code of 3 to 20 letters and digits, and what it takes off: BEANS10 10%.`;
  }
  const off = readOff(parts['off'] ?? '', speaker);
  if (typeof off === 'string') return `${code}: ${off}`;
  const until = parts['until'];
  if (until === undefined) return { code, off };
  const endsAtMs = endOf(until, shop.timeZone);
  return endsAtMs === undefined
    ? `${code}: “${until.slice(0, 20)}” is no day. Write it like 2026-12-31.`
    : { code, off, endsAtMs };
}

function readOff(text: string, speaker: Speaker): Promotion['off'] | string {
  const percent = /^(?<percent>\d{1,3}(?:[.,]\d{1,4})?)\s*%$/u.exec(text)?.groups?.['percent'];
  if (percent !== undefined) {
    const read = Number(percent.replace(',', '.'));
    return read > 0 && read <= 100
      ? { kind: 'percent', percent: read }
      : 'A percentage is more than 0 and at most 100.';
  }
  const amount = readTypedAmount(text, speaker);
  return amount.kind === 'amount' ? { kind: 'amount', amount: amount.amount } : amount.why;
}

/** The midnight after that day, by the clock on the shop's wall. */
function endOf(date: string, timeZone: string): number | undefined {
  const isDate = /^\d{4}-\d{2}-\d{2}$/u.test(date) && !Number.isNaN(Date.parse(date));
  if (!isDate || new Date(date).toISOString().slice(0, 10) !== date) return undefined;
  const midnight = Date.parse(date) + dayMs;
  // Wherever the wall is, it is at most 14 hours from UTC, and sets its clock by quarters of an hour.
  for (let quarters = -4 * 14; quarters <= 4 * 14; quarters += 1) {
    const atMs = midnight + quarters * 15 * 60_000;
    if (dateAt(timeZone, atMs - 1) === date && dateAt(timeZone, atMs) !== date) return atMs;
  }
  return midnight;
}

/** 2026-12-31, by the clock on the wall. */
function dateAt(timeZone: string, atMs: number): string {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(atMs);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}
