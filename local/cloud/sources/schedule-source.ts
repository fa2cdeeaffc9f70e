// Wakes a function by the clock, for EventBridge Scheduler and for rules of EventBridge.
import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import type { LocalClock } from '../../clock.ts';
import type { Deployment } from '../assembly/deployment.ts';
import { arnOf, type Resource } from '../assembly/resource-values.ts';
import type { FunctionDirectory } from '../lambda/function-directory.ts';
import type { LambdaFunction } from '../lambda/lambda-function.ts';
import { type NextDue, parseScheduleExpression } from './schedule-expression.ts';
import type { Source } from './source.ts';

const targetShape = z.object({ Arn: z.string(), Input: z.optional(z.string()) });
const scheduleShape = z.object({
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.optional(z.enum(['UTC', 'Etc/UTC'])),
  State: z.prefault(z.string(), 'ENABLED'),
  Target: targetShape,
});
const ruleShape = z.object({
  ScheduleExpression: z.string(),
  State: z.prefault(z.string(), 'ENABLED'),
  Targets: z.prefault(z.array(targetShape), []),
});

interface Schedule {
  nextDue: NextDue;
  lambda: LambdaFunction;
  clock: LocalClock;
  event(atMs: number): unknown;
}

export function startSchedules(
  deployment: Deployment,
  functions: FunctionDirectory,
  clock: LocalClock,
): Source[] {
  const start = (
    resource: Resource,
    expression: string,
    { Arn, Input }: z.output<typeof targetShape>,
  ) =>
    startSchedule({
      clock,
      nextDue: parseScheduleExpression(expression),
      lambda: functions.byArn(Arn),
      event: (atMs) => eventOf(resource, arnOf(resource, deployment.surroundings), { Input, atMs }),
    });
  const schedules = deployment.ofType('AWS::Scheduler::Schedule').flatMap((resource) => {
    const { State, Target, ScheduleExpression } = deployment.properties(resource, scheduleShape);
    return State === 'ENABLED' ? [start(resource, ScheduleExpression, Target)] : [];
  });
  const rules = deployment.ofType('AWS::Events::Rule').flatMap((resource) => {
    const { State, Targets, ScheduleExpression } = deployment.properties(resource, ruleShape);
    return State === 'ENABLED'
      ? Targets.map((target) => start(resource, ScheduleExpression, target))
      : [];
  });
  return [...schedules, ...rules];
}

/** A jump of the clock over many due moments wakes the function once: what was missed would only repeat itself. */
function startSchedule({ nextDue, lambda, clock, event }: Schedule): Source {
  const closing = new AbortController();
  const startedMs = clock.now();
  let dueMs = nextDue(startedMs, startedMs);
  let running = 0;
  const tick = async (atMs: number) => {
    running += 1;
    await lambda.invoke(event(atMs));
    running -= 1;
  };
  const fireWhenDue = () => {
    if (closing.signal.aborted || clock.now() < dueMs) return;
    const atMs = dueMs;
    dueMs = nextDue(clock.now(), startedMs);
    void tick(atMs);
  };
  const run = async () => {
    while (!closing.signal.aborted && Number.isFinite(dueMs)) {
      await clock.waitUntil(dueMs, closing.signal);
      fireWhenDue();
    }
  };
  void run();
  return {
    lookAgain: async () => fireWhenDue(),
    atRest: () => running === 0 && clock.now() < dueMs,
    close: async () => closing.abort(),
  };
}

function eventOf(
  resource: Resource,
  arn: string,
  { Input, atMs }: { Input: string | undefined; atMs: number },
): unknown {
  const time = new Date(atMs).toISOString().replace(/\.\d+Z$/, 'Z');
  const isRule = resource.type === 'AWS::Events::Rule';
  if (Input !== undefined) return JSON.parse(withContext(Input, arn, time));
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: isRule ? 'aws.events' : 'aws.scheduler',
    account: resource.stack.account,
    time,
    region: resource.stack.region,
    resources: [arn],
    detail: isRule ? {} : '{}',
  };
}

/** The scheduler fills these into an input. */
const withContext = (input: string, arn: string, time: string) =>
  input
    .replaceAll('<aws.scheduler.schedule-arn>', arn)
    .replaceAll('<aws.scheduler.scheduled-time>', time)
    .replaceAll('<aws.scheduler.execution-id>', randomUUID())
    .replaceAll('<aws.scheduler.attempt-number>', '1');
