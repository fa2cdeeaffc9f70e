// Whether a shop is open by the clock on its own wall, and when it opens next.
import type { OpenSpan, Shop } from './shop.ts';

type Hours = Pick<Shop, 'hours' | 'timeZone'>;

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** A shop without any spans never closes. */
export function isOpen(shop: Hours, nowMs: number): boolean {
  if (neverCloses(shop)) return true;
  const { weekday, minute } = wallAt(shop.timeZone, nowMs);
  return spansOf(shop, weekday).some(({ from, to }) => minute >= from && minute < to);
}

/** When it opens next, in milliseconds since the epoch; undefined while it is open, and for one that never opens. */
export function opensAt(shop: Hours, nowMs: number): number | undefined {
  if (isOpen(shop, nowMs)) return undefined;
  const { midnight, weekday } = wallAt(shop.timeZone, nowMs);
  // A week later the same hours come again; the eighth day is today's weekday, earlier than now.
  for (let day = 0; day <= 7; day += 1) {
    const moments = spansOf(shop, (weekday + day) % 7)
      .flatMap(({ from }) => momentsOf(shop.timeZone, midnight + day * dayMs + from * minuteMs))
      .filter((moment) => moment > nowMs && isOpen(shop, moment));
    if (moments.length > 0) return Math.min(...moments);
  }
  return undefined;
}

function neverCloses(shop: Hours): boolean {
  return shop.hours.every((spans) => spans.length === 0);
}

function spansOf(shop: Hours, weekday: number): readonly OpenSpan[] {
  return shop.hours[weekday] ?? [];
}

/** What a clock on the shop's wall shows; `midnight` is that of its day, read as if the wall were in UTC. */
function wallAt(timeZone: string, atMs: number) {
  const wall = atMs + offsetAt(timeZone, atMs);
  const midnight = Math.floor(wall / dayMs) * dayMs;
  return {
    midnight,
    weekday: new Date(midnight).getUTCDay(),
    minute: Math.floor((wall - midnight) / minuteMs),
  };
}

/**
 * When the wall shows that time: twice where the clocks went back over it, and where they skipped it, the moment
 * at which they did.
 */
function momentsOf(timeZone: string, wall: number): number[] {
  const [before, after] = [offsetAt(timeZone, wall - dayMs), offsetAt(timeZone, wall + dayMs)];
  const moments = [...new Set([wall - before, wall - after])].filter(
    (moment) => moment + offsetAt(timeZone, moment) === wall,
  );
  return moments.length > 0 ? moments : [changeBetween(timeZone, wall - after, wall - before)];
}

/** The first minute that has the offset of `to`. */
function changeBetween(timeZone: string, from: number, to: number): number {
  let [low, high] = [from, to];
  while (high - low > minuteMs) {
    const middle = low + Math.floor((high - low) / 2 / minuteMs) * minuteMs;
    if (offsetAt(timeZone, middle) === offsetAt(timeZone, to)) high = middle;
    else low = middle;
  }
  return high;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What the wall is ahead of UTC, in milliseconds. */
export function offsetAt(timeZone: string, atMs: number): number {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(atMs)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return wall - Math.floor(atMs / 1000) * 1000;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, format);
  return format;
}
