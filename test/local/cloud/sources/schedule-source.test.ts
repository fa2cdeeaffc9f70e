// Schedules waking a function by the machine's clock.
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { parseScheduleExpression } from '../../../../local/cloud/sources/schedule-expression.ts';
import { puppetAssembly } from '../puppet-assembly.ts';
import { type PuppetCloud, startPuppetCloud } from '../puppet-cloud.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

describe('a schedule', () => {
  let puppets: PuppetCloud;
  beforeEach(async () => {
    const assemblyDir = await puppetAssembly();
    puppets = await startPuppetCloud({ assemblyDir, dynamoDbUrl: inject('dynamoDbUrl') });
  });
  afterEach(() => puppets.close());

  const ticks = (source: string) =>
    puppets.calls('ticker').filter(({ event }) => event.source === source);

  test('wakes its function once for each minute that passes, and not before', async () => {
    puppets.clock.advance(MINUTE_MS / 2);
    await puppets.cloud.idle();
    expect(ticks('aws.scheduler')).toEqual([]);

    for (let minute = 0; minute < 3; minute += 1) {
      puppets.clock.advance(MINUTE_MS);
      await puppets.cloud.idle();
    }

    expect(ticks('aws.scheduler')).toHaveLength(3);
    expect(ticks('aws.scheduler')[0]!.event).toMatchObject({
      'detail-type': 'Scheduled Event',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      resources: [expect.stringContaining('schedule/')],
    });
  });

  test('wakes it once after a jump over many due moments', async () => {
    puppets.clock.advance(7 * DAY_MS);
    await puppets.cloud.idle();

    expect(ticks('aws.scheduler')).toHaveLength(1);
    expect(ticks('aws.events')).toHaveLength(1);
    expect(ticks('aws.events')[0]!.event.time).toMatch(/T12:00:00Z$/);
  });
});

describe('a schedule expression', () => {
  const at = (text: string) => Date.parse(text);

  test.each([
    ['rate(5 minutes)', '2026-11-22T10:00:00Z', '2026-11-22T10:05:00Z'],
    ['rate(1 day)', '2026-11-22T10:00:00Z', '2026-11-23T10:00:00Z'],
    ['cron(0 12 * * ? *)', '2026-11-22T12:00:00Z', '2026-11-23T12:00:00Z'],
    ['cron(0/15 8-9 * * ? *)', '2026-11-22T09:46:00Z', '2026-11-23T08:00:00Z'],
    ['cron(30 6 ? * MON-FRI *)', '2026-11-21T00:00:00Z', '2026-11-23T06:30:00Z'],
    ['cron(0 0 29 2 ? *)', '2026-11-22T00:00:00Z', '2028-02-29T00:00:00Z'],
  ])('%s is due after %s at %s', (expression, after, due) => {
    expect(parseScheduleExpression(expression)(at(after), at(after))).toBe(at(due));
  });

  test.each(['at(2026-11-22T10:00:00)', 'rate(0 minutes)', 'rate(5)', 'cron(0 12 L * ? *)'])(
    '%s is refused, not ignored',
    (expression) => {
      expect(() => parseScheduleExpression(expression)).toThrow(/\(.+\)\?|not known|cron/);
    },
  );
});
