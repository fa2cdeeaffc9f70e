// Opening hours of a day as people write them ("8:00-12:00, 13:00-18:00", "8am to 5pm"), and back.
import type { OpenSpan } from '../shops/shop.ts';

const dayMinutes = 24 * 60;
const mostSpans = 6;

export function writeHours(spans: readonly OpenSpan[]): string {
  return spans.map(({ from, to }) => `${clock(from)}-${clock(to)}`).join(', ');
}

function clock(minute: number): string {
  return `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
}

/** Nothing, or "closed", is a day without hours. A sentence for whoever typed it, where it cannot be read. */
export function readHours(text: string): readonly OpenSpan[] | string {
  const typed = text.trim().toLowerCase();
  if (typed === '' || typed === 'closed') return [];
  if (/^(?:24 ?h(?:ours)?|all day)$/u.test(typed)) return [{ from: 0, to: dayMinutes }];
  const spans: OpenSpan[] = [];
  for (const part of typed.split(/[,;]|\band\b/u)) {
    const span = readSpan(part);
    if (span === undefined)
      return `“${text.trim().slice(0, 40)}” cannot be read. Write it like 8:00-12:00, 13:00-18:00.`;
    if (span.to <= span.from)
      return 'Hours must end later than they begin. What is after midnight belongs to the next day.';
    spans.push(span);
  }
  spans.sort((one, other) => one.from - other.from);
  const overlaps = spans.some(({ from }, index) => from < (spans[index - 1]?.to ?? 0));
  if (overlaps) return 'Two of the hours overlap.';
  return spans.length > mostSpans ? `At most ${mostSpans} times a day.` : spans;
}

function readSpan(part: string): OpenSpan | undefined {
  const [from, to, ...rest] = part.split(/\s*(?:-|–|—|\bto\b|\buntil\b)\s*/u).map(readClock);
  if (from === undefined || to === undefined || rest.length > 0) return undefined;
  return { from, to: to === 0 ? dayMinutes : to };
}

/** "8", "8:30", "8.30", "8am", "24:00". */
function readClock(text: string): number | undefined {
  const read = /^(?<hour>\d{1,2})(?:[:.](?<minute>\d{2}))?\s*(?<half>[ap])?\.?m?\.?$/u.exec(
    text.trim(),
  )?.groups;
  if (read === undefined) return undefined;
  const hour = Number(read['hour']);
  const minute = Number(read['minute'] ?? 0);
  const half = read['half'];
  if (half !== undefined && (hour < 1 || hour > 12)) return undefined;
  const hours = half === undefined ? hour : (hour % 12) + (half === 'p' ? 12 : 0);
  const all = hours * 60 + minute;
  return minute > 59 || all > dayMinutes ? undefined : all;
}
