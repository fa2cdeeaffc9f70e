// What a handler sees and what becomes of its return value, its errors, its crashes and its time.
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { puppetAssembly } from '../puppet-assembly.ts';
import { type PuppetCloud, startPuppetCloud } from '../puppet-cloud.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

describe('a Lambda function on the local cloud', () => {
  let puppets: PuppetCloud;
  beforeAll(async () => {
    const assemblyDir = await puppetAssembly();
    puppets = await startPuppetCloud({ assemblyDir, dynamoDbUrl: inject('dynamoDbUrl') });
  });
  afterAll(() => puppets.close());

  test('gets its event and an AWS context, and its return value comes back as JSON', async () => {
    puppets.direct('web', () => ({ act: 'return', value: { a: 1, b: undefined } }));

    const result = await puppets.cloud.invoke('web', { hello: 'wörld' });

    expect(result).toMatchObject({ kind: 'returned', payload: { a: 1 } });
    const call = puppets.calls('web').at(-1)!;
    expect(call.event).toEqual({ hello: 'wörld' });
    expect(call.context).toMatchObject({
      awsRequestId: result.requestId,
      functionName: 'web',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:web',
      memoryLimitInMB: '256',
    });
    expect(call.context.remainingMs).toBeGreaterThan(10_000);
    expect(call.context.remainingMs).toBeLessThanOrEqual(20_000);
  });

  test('has the environment of its template, resolved, with only its own variables overridden', async () => {
    await puppets.cloud.invoke('reader', {});

    const { env } = puppets.calls('reader').at(-1)!;
    expect(env).toMatchObject({
      TABLE: puppets.tableName,
      GIVEN_SECRET_ID: expect.stringMatching(/^arn:aws:secretsmanager:.*:secret:puppet\/given-/),
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL_DYNAMODB: inject('dynamoDbUrl'),
      AWS_ENDPOINT_URL_SQS: puppets.cloud.sqsUrl,
      AWS_SESSION_TOKEN: 'local',
    });
    expect(env['PARAMETERS_SECRETS_EXTENSION_HTTP_PORT']).toBe(new URL(puppets.cloud.sqsUrl).port);
    expect(env).not.toHaveProperty('NOT_IN_THE_TEMPLATE');
    expect(env).not.toHaveProperty('PATH');
  });

  test('sees the public URL wherever the template spells the address of the API', async () => {
    await puppets.cloud.invoke('web', {});

    const { env } = puppets.calls('web').at(-1)!;
    expect(env['ORIGIN']).toBe(puppets.url);
    expect(env['PUBLIC_URL']).toBe(`${puppets.url}/`);
  });

  test('lives in the time of the machine, also when the clock moves while it is warm', async () => {
    await puppets.cloud.invoke('reader', {});
    const before = puppets.calls('reader').at(-1)!;

    puppets.clock.advance(30 * DAY_MS);
    await puppets.cloud.invoke('reader', {});

    const after = puppets.calls('reader').at(-1)!;
    expect(before.isDate && after.isDate).toBe(true);
    for (const [index, moment] of after.now.entries()) {
      const movedMs = moment - before.now[index]!;
      expect(movedMs).toBeGreaterThanOrEqual(30 * DAY_MS - 1_000);
      expect(movedMs).toBeLessThan(30 * DAY_MS + 30_000);
    }
  });

  test('fails with the error that its handler threw', async () => {
    puppets.direct('web', () => ({ act: 'throw', value: 'no such thing' }));

    const result = await puppets.cloud.invoke('web', {});

    expect(result).toMatchObject({
      kind: 'failed',
      error: { errorType: 'TypeError', errorMessage: 'no such thing' },
    });
  });

  test.each([
    ['an error that nobody catches', { act: 'crash', value: 'boom' }, 'RangeError'],
    ['an exit of the process', { act: 'exit', value: 3 }, 'Runtime.ExitError'],
    ['a handler that never answers', { act: 'hang' }, 'Sandbox.Timedout'],
    ['a handler that never yields', { act: 'spin' }, 'Sandbox.Timedout'],
  ] as const)('fails on %s, and works again at the next event', async (_, act, errorType) => {
    puppets.direct('hasty-worker', () => act);

    const failed = await puppets.cloud.invoke('hasty-worker', {});
    puppets.direct('hasty-worker', () => ({ act: 'return', value: 'alive' }));
    const next = await puppets.cloud.invoke('hasty-worker', {});

    expect(failed).toMatchObject({ kind: 'failed', error: { errorType } });
    const told = puppets.log.findLast(({ line }) => line.includes(failed.requestId));
    expect(told?.source).toBe('hasty-worker');
    expect(JSON.parse(told!.line)).toMatchObject({ level: 'ERROR', errorType });
    expect(next).toMatchObject({ kind: 'returned', payload: 'alive' });
  });

  test('handles events side by side, and more than it has room for one after the other', async () => {
    let running = 0;
    let most = 0;
    const waiting: (() => void)[] = [];
    puppets.direct('web', async ({ event }) => {
      running += 1;
      most = Math.max(most, running);
      // Nobody goes on before four have come.
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        if (waiting.length === 4) for (const go of waiting.splice(0)) go();
      });
      running -= 1;
      return { act: 'return', value: event };
    });

    const events = Array.from({ length: 12 }, (_, index) => ({ index }));
    const results = await Promise.all(events.map((event) => puppets.cloud.invoke('web', event)));

    expect(results.map((result) => result.kind === 'returned' && result.payload)).toEqual(events);
    expect(most).toBe(4);
  });

  test('is as ready as any other when it was warmed before its first event', async () => {
    puppets.cloud.warm();

    const result = await puppets.cloud.invoke('picker', {});

    expect(result).toMatchObject({ kind: 'returned' });
    expect(puppets.calls('picker')).toHaveLength(1);
  });

  test('writes its log lines to the log under its name', async () => {
    puppets.direct('web', () => ({ act: 'return', value: 1 }));

    await puppets.cloud.invoke('web', {});

    await expect
      .poll(() => puppets.log)
      .toContainEqual({ source: 'web', line: '{"level":"INFO","message":"puppet did return"}' });
  });

  test('is asked for by a name that exists', () => {
    expect(() => puppets.cloud.invoke('nobody', {})).toThrow(
      /no function nobody; there are: .*web/,
    );
  });
});
