// Opening hours by the wall clock of the shop, over midnight and over the days on which clocks change.
import { describe, expect, it } from 'vitest';
import { isOpen, opensAt } from '../../../lambdas/domain/shops/opening-hours.ts';
import type { OpenSpan } from '../../../lambdas/domain/shops/shop.ts';

const newYork = 'America/New_York';
const at = (text: string) => Date.parse(text);
const everyDay = (...spans: OpenSpan[]) => Array.from({ length: 7 }, () => spans);
const shop = (hours: readonly (readonly OpenSpan[])[], timeZone = newYork) => ({ hours, timeZone });
const clock = (hour: number, minute = 0) => hour * 60 + minute;

describe('opening hours', () => {
  const joes = shop(everyDay({ from: clock(7), to: clock(18) }));

  it('never closes a shop without hours', () => {
    const always = shop(everyDay());
    expect(isOpen(always, at('2026-11-23T03:00:00-05:00'))).toBe(true);
    expect(opensAt(always, at('2026-11-23T03:00:00-05:00'))).toBeUndefined();
  });

  it.each([
    ['06:59:59', false],
    ['07:00:00', true],
    ['17:59:59', true],
    ['18:00:00', false],
  ])('at %s is it open: %s', (time, expected) => {
    expect(isOpen(joes, at(`2026-11-23T${time}-05:00`))).toBe(expected);
  });

  it('goes by the clock of the shop, not by ours', () => {
    const tokyo = shop(everyDay({ from: clock(7), to: clock(18) }), 'Asia/Tokyo');
    expect(isOpen(tokyo, at('2026-11-23T08:00:00+09:00'))).toBe(true);
    expect(isOpen(tokyo, at('2026-11-23T08:00:00Z'))).toBe(true);
    expect(isOpen(tokyo, at('2026-11-23T09:00:00Z'))).toBe(false);
  });

  it('says when it opens: later today, tomorrow, or after the weekend', () => {
    expect(opensAt(joes, at('2026-11-23T05:00:00-05:00'))).toBe(at('2026-11-23T07:00:00-05:00'));
    expect(opensAt(joes, at('2026-11-23T18:00:00-05:00'))).toBe(at('2026-11-24T07:00:00-05:00'));
    const weekdays = shop([[], ...everyDay({ from: clock(9), to: clock(17) }).slice(0, 5), []]);
    // Friday evening.
    expect(opensAt(weekdays, at('2026-11-27T20:00:00-05:00'))).toBe(
      at('2026-11-30T09:00:00-05:00'),
    );
  });

  it('says nothing about opening while it is open', () => {
    expect(opensAt(joes, at('2026-11-23T12:00:00-05:00'))).toBeUndefined();
  });

  it('opens again on the one day of the week that it has', () => {
    const sundays = shop([[{ from: clock(10), to: clock(12) }], [], [], [], [], [], []]);
    // Sunday, just closed.
    expect(opensAt(sundays, at('2026-11-22T12:00:00-05:00'))).toBe(at('2026-11-29T10:00:00-05:00'));
  });

  it('keeps a lunch break', () => {
    const lunch = shop(
      everyDay({ from: clock(8), to: clock(12) }, { from: clock(13), to: clock(18) }),
    );
    expect(isOpen(lunch, at('2026-11-23T12:30:00-05:00'))).toBe(false);
    expect(opensAt(lunch, at('2026-11-23T12:30:00-05:00'))).toBe(at('2026-11-23T13:00:00-05:00'));
  });

  it('stays open over midnight where one span ends and the next begins', () => {
    const bar = shop(everyDay({ from: 0, to: clock(2) }, { from: clock(18), to: 1440 }));
    expect(isOpen(bar, at('2026-11-23T23:59:59-05:00'))).toBe(true);
    expect(isOpen(bar, at('2026-11-24T00:00:00-05:00'))).toBe(true);
    expect(isOpen(bar, at('2026-11-24T02:00:00-05:00'))).toBe(false);
  });
});

describe('opening hours when the clocks change', () => {
  // In New York clocks skip 2:00–3:00 on 8 March 2026, and show 1:00–2:00 twice on 1 November 2026.
  it('opens at seven by the wall on both days, an hour sooner or later for everybody else', () => {
    const joes = shop(everyDay({ from: clock(7), to: clock(18) }));
    expect(opensAt(joes, at('2026-03-07T20:00:00-05:00'))).toBe(at('2026-03-08T07:00:00-04:00'));
    expect(opensAt(joes, at('2026-10-31T20:00:00-04:00'))).toBe(at('2026-11-01T07:00:00-05:00'));
  });

  it('opens when the clocks jump where its hour is skipped', () => {
    const early = shop(everyDay({ from: clock(2, 30), to: clock(10) }));
    expect(opensAt(early, at('2026-03-08T01:00:00-05:00'))).toBe(at('2026-03-08T03:00:00-04:00'));
    expect(isOpen(early, at('2026-03-08T03:00:00-04:00'))).toBe(true);
  });

  it('does not open on a day whose only hours are skipped', () => {
    const night = shop(everyDay({ from: clock(2), to: clock(3) }));
    expect(opensAt(night, at('2026-03-08T01:00:00-05:00'))).toBe(at('2026-03-09T02:00:00-04:00'));
  });

  it('opens twice where the clocks show its hour twice', () => {
    const night = shop(everyDay({ from: clock(1, 30), to: clock(2) }));
    expect(opensAt(night, at('2026-11-01T00:00:00-04:00'))).toBe(at('2026-11-01T01:30:00-04:00'));
    // Clocks went back from 2:00 to 1:00: it is 1:15 for the second time.
    expect(isOpen(night, at('2026-11-01T01:15:00-05:00'))).toBe(false);
    expect(opensAt(night, at('2026-11-01T01:15:00-05:00'))).toBe(at('2026-11-01T01:30:00-05:00'));
  });

  it('counts half hours where a zone changes by half an hour', () => {
    const island = shop(everyDay({ from: clock(9), to: clock(17) }), 'Australia/Lord_Howe');
    // Clocks go forward by thirty minutes on 4 October 2026, from +10:30 to +11:00.
    expect(opensAt(island, at('2026-10-03T20:00:00+10:30'))).toBe(at('2026-10-04T09:00:00+11:00'));
  });
});
