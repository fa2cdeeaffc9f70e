// Phrases that the bubbles of a shop share: prices, things with their choices, opening times.
import { formatMoney } from '../money/format-money.ts';
import { isZero, type Money } from '../money/money.ts';
import type { Bill, BillLine } from '../orders/order.ts';
import type { Person } from '../people/person.ts';
import { isOpen, opensAt } from './opening-hours.ts';
import { type Shop, whyNotSelling } from './shop.ts';

type Reader = Pick<Person, 'locale'>;

export function priceFor(reader: Reader, amount: Money): string {
  return formatMoney(amount, reader.locale);
}

/** "2 × Flat white (Large, Oat milk)". */
export function thingWords(line: Pick<BillLine, 'name' | 'choices' | 'quantity'>): string {
  const choices = line.choices.length === 0 ? '' : ` (${line.choices.join(', ')})`;
  return `${line.quantity} × ${line.name}${choices}`;
}

/** The itemised bill, a line each; what is nothing is left out, but for the total. */
export function billWords(reader: Reader, bill: Bill): string {
  const price = (amount: Money) => priceFor(reader, amount);
  const lines = bill.lines.map((line) => `${thingWords(line)} · ${price(line.amount)}`);
  const sums = [
    ...(isZero(bill.discount) ? [] : [`Discount · −${price(bill.discount)}`]),
    ...(isZero(bill.shipping) ? [] : [`Shipping · ${price(bill.shipping)}`]),
    ...(isZero(bill.tax) ? [] : [`Tax · ${price(bill.tax)}`]),
    ...(isZero(bill.tip) ? [] : [`Tip · ${price(bill.tip)}`]),
    `Total · ${price(bill.total)}`,
  ];
  return [...lines, '', ...sums].join('\n');
}

/** Why nothing can be bought now, for people to read; undefined while the shop sells. */
export function notSellingWords(shop: Shop, nowMs: number, reader: Reader): string | undefined {
  switch (whyNotSelling(shop)) {
    case 'paused':
      return `${shop.name} is not taking orders at the moment.`;
    case 'not_ready':
      return `${shop.name} is not set up to take cards yet, so nothing can be paid here.`;
    case 'restricted':
      return `${shop.name} cannot take cards at the moment, so nothing can be paid here.`;
    case undefined:
      return isOpen(shop, nowMs) ? undefined : closedWords(shop, nowMs, reader);
  }
}

function closedWords(shop: Shop, nowMs: number, reader: Reader): string {
  const atMs = opensAt(shop, nowMs);
  const next = atMs === undefined ? '' : ` and opens ${momentWords(shop, { nowMs, atMs }, reader)}`;
  return `${shop.name} is closed now${next}.`;
}

/** "at 7:00 AM", "tomorrow at 7:00 AM", "Monday at 7:00 AM": by the shop's own clock. */
export function momentWords(
  { timeZone }: Pick<Shop, 'timeZone'>,
  { nowMs, atMs }: { readonly nowMs: number; readonly atMs: number },
  { locale }: Reader,
): string {
  const dayOf = (ms: number) =>
    new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(ms);
  const time = new Intl.DateTimeFormat(locale, {
    timeZone,
    hour: 'numeric',
    minute: '2-digit',
  }).format(atMs);
  if (dayOf(atMs) === dayOf(nowMs)) return `at ${time}`;
  const dayMs = 24 * 60 * 60 * 1000;
  if (dayOf(atMs) === dayOf(nowMs + dayMs)) return `tomorrow at ${time}`;
  const day = new Intl.DateTimeFormat('en', { timeZone, weekday: 'long' }).format(atMs);
  return `${day} at ${time}`;
}

/** Chosen on our page, where the bill follows at once. */
export function handoverWords(shop: Shop, reader: Reader): string {
  const ways = shop.shipping.map(({ name, price }) => `${name}: ${priceFor(reader, price)}`);
  const shipping =
    ways.length === 0
      ? `${shop.name} does not ship.`
      : `${shop.name} ships to ${shop.shipsTo.join(', ')}. ${ways.join(' · ')}.`;
  const pickUp = shop.offersPickUp ? 'You can pick your order up.' : '';
  return `${pickUp} ${shipping} You choose on our page when you check out; tips, promotion codes and notes go there, too.`.trim();
}

const dayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** A line a day, as a sign on the door has it. */
export function hoursWords(shop: Pick<Shop, 'name' | 'hours'>): string {
  if (shop.hours.every((spans) => spans.length === 0)) return `${shop.name} is always open.`;
  const lines = dayNames.map((name, weekday) => {
    const spans = shop.hours[weekday] ?? [];
    const times = spans.map(({ from, to }) => `${clockWords(from)}–${clockWords(to)}`);
    return `${name}: ${times.length === 0 ? 'closed' : times.join(', ')}`;
  });
  return lines.join('\n');
}

function clockWords(minute: number): string {
  return `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
}
