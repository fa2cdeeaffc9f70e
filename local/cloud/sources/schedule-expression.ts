// Reads schedule expressions, `rate(1 minute)` and `cron(0 12 * * ? *)`, as EventBridge writes them.

/** The first moment after `afterMs` at which the schedule is due; `startedMs` is where rates begin to count. */
export type NextDue = (afterMs: number, startedMs: number) => number;

const MINUTE_MS = 60_000;
const UNIT_MS: Record<string, number> = {
  minute: MINUTE_MS,
  hour: 60 * MINUTE_MS,
  day: 24 * 60 * MINUTE_MS,
};

export function parseScheduleExpression(expression: string): NextDue {
  const [, kind, content = ''] = /^(rate|cron)\((.+)\)$/.exec(expression) ?? [];
  if (kind === 'rate') return parseRate(content);
  if (kind === 'cron') return parseCron(content);
  throw new Error(`The schedule ${expression} is not known to the local cloud.`);
}

function parseRate(content: string): NextDue {
  const [count, unit = ''] = content.split(' ');
  const everyMs = Number(count) * (UNIT_MS[unit.replace(/s$/, '')] ?? Number.NaN);
  if (!(everyMs > 0)) throw new Error(`rate(${content})?`);
  return (afterMs, startedMs) =>
    startedMs + (Math.floor((afterMs - startedMs) / everyMs) + 1) * everyMs;
}

const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
const WEEKDAYS = 'SUN MON TUE WED THU FRI SAT'.split(' ');
/** A date such as 29 February on a given weekday can be this far away. */
const SEARCH_YEARS = 29;

/** Minute, hour, day of month, month, day of week, year; in UTC. */
function parseCron(content: string): NextDue {
  const [minutes = '', hours = '', days = '', months = '', weekdays = '', years = '*'] =
    content.split(' ');
  const isMinute = parseField(minutes, 0, 59);
  const isHour = parseField(hours, 0, 23);
  const isDay = parseField(days, 1, 31);
  const isMonth = parseField(replaceNames(months, MONTHS), 1, 12);
  const isWeekday = parseField(replaceNames(weekdays, WEEKDAYS), 1, 7);
  const isYear = parseField(years, 1970, 2199);
  const onDay = (date: Date) =>
    isYear(date.getUTCFullYear()) &&
    isMonth(date.getUTCMonth() + 1) &&
    isDay(date.getUTCDate()) &&
    isWeekday(date.getUTCDay() + 1);
  return (afterMs) => {
    let atMs = (Math.floor(afterMs / MINUTE_MS) + 1) * MINUTE_MS;
    const untilMs = atMs + SEARCH_YEARS * 366 * 24 * 60 * MINUTE_MS;
    while (atMs < untilMs) {
      const date = new Date(atMs);
      if (!onDay(date)) atMs = nextMultiple(atMs, 24 * 60 * MINUTE_MS);
      else if (!isHour(date.getUTCHours())) atMs = nextMultiple(atMs, 60 * MINUTE_MS);
      else if (isMinute(date.getUTCMinutes())) return atMs;
      else atMs += MINUTE_MS;
    }
    return Number.POSITIVE_INFINITY;
  };
}

const nextMultiple = (ms: number, stepMs: number) => (Math.floor(ms / stepMs) + 1) * stepMs;

const replaceNames = (field: string, names: string[]) =>
  names.reduce(
    (text, name, index) => text.replaceAll(name, String(index + 1)),
    field.toUpperCase(),
  );

/** `*`, `?`, `5`, `1-5`, `0/15`, and lists of these. */
function parseField(field: string, least: number, most: number): (value: number) => boolean {
  const allowed = new Set<number>();
  for (const part of field.split(',')) {
    const [, first, last, step] = /^(?:[*?]|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part) ?? [];
    if (!/^([*?]|\d)/.test(part) || /[LW#]/.test(part)) throw new Error(`cron: ${part}?`);
    const from = first === undefined ? least : Number(first);
    const single = first !== undefined && step === undefined;
    const to = last === undefined ? (single ? from : most) : Number(last);
    for (let value = from; value <= to; value += Number(step ?? 1)) allowed.add(value);
  }
  return (value) => allowed.has(value);
}
