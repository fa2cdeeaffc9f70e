// A month by the shop's own clock, as books are kept by.
import { offsetAt } from '../shops/opening-hours.ts';

export interface Month {
  /** `2026-11`. */
  readonly text: string;
  readonly fromMs: number;
  /** The next one's beginning. */
  readonly toMs: number;
}

/** Undefined for what is no month of this century. */
export function readMonth(timeZone: string, text: string): Month | undefined {
  const { year, month } = /^(?<year>20\d\d)-(?<month>0[1-9]|1[0-2])$/u.exec(text)?.groups ?? {};
  if (year === undefined || month === undefined) return undefined;
  const [fromMs, toMs] = [Number(month) - 1, Number(month)].map((each) =>
    startOf(timeZone, Date.UTC(Number(year), each)),
  );
  return fromMs === undefined || toMs === undefined ? undefined : { text, fromMs, toMs };
}

/** This one first. */
export function latestMonths(timeZone: string, nowMs: number, count: number): Month[] {
  const wall = new Date(nowMs + offsetAt(timeZone, nowMs));
  return Array.from({ length: count }, (_, back) =>
    new Date(Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth() - back)).toISOString().slice(0, 7),
  ).flatMap((text) => readMonth(timeZone, text) ?? []);
}

/** When the wall shows `wall`; the second look is for clocks that change in between. */
function startOf(timeZone: string, wall: number): number {
  return wall - offsetAt(timeZone, wall - offsetAt(timeZone, wall));
}
