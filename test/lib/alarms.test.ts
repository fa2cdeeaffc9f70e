// Who is woken, why, and what they then read.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FUNCTION_NAMES } from '../../lib/config/functions.ts';
import { synthesize } from './synthesized.ts';

const { ofType, inWords } = synthesize({ stage: 'sandbox', alarmEmail: 'ops@example.com' });
const alarms = ofType('AWS::CloudWatch::Alarm');
const runbook = readFileSync(join(import.meta.dirname, '../../docs/runbook.md'), 'utf8');

const articleOf = (description: string) =>
  /Runbook: docs\/runbook\.md#([a-z-]+)$/.exec(description)?.[1];
const articles = alarms.map(({ properties }) => articleOf(properties.AlarmDescription));

describe('each alarm', () => {
  it.each(alarms)(
    '$properties.AlarmName says who is hurt and where to read on',
    ({ properties }) => {
      expect(properties.AlarmDescription).toMatch(/^Who is hurt: [A-Z].{20,}\. Runbook: docs/);
      expect(properties.AlarmName).toBe(`tender-sandbox-${articleOf(properties.AlarmDescription)}`);
    },
  );

  it.each(alarms)(
    '$properties.AlarmName is sent to the operator, also when it is over',
    (alarm) => {
      const { stack, properties } = alarm;

      expect(properties.AlarmActions.map((action: unknown) => inWords(stack, action))).toEqual([
        'Alarms',
      ]);
      expect(properties.OKActions.map((action: unknown) => inWords(stack, action))).toEqual([
        'Alarms',
      ]);
      expect(properties.ActionsEnabled).not.toBe(false);
    },
  );

  it('has a name of its own', () => {
    expect(new Set(articles).size).toBe(alarms.length);
  });
});

describe('what is watched', () => {
  it.each(FUNCTION_NAMES)('failures of %s: failed runs and lines at ERROR', (name) => {
    const fn = ofType('AWS::Lambda::Function').find(
      ({ properties }) => properties.Environment.Variables.POWERTOOLS_SERVICE_NAME === name,
    );
    const alarm = alarms.find(
      ({ properties }) => properties.AlarmName === `tender-sandbox-${name}-errors`,
    );
    // oxlint-disable-next-line typescript/no-explicit-any -- the properties of a template
    const metrics: any[] = alarm?.properties.Metrics;
    const [runs, lines] = ['runs', 'lines'].map(
      (id) => metrics.find((metric) => metric.Id === id).MetricStat.Metric,
    );
    const filter = ofType('AWS::Logs::MetricFilter').find(
      ({ properties }) => properties.MetricTransformations[0].MetricName === lines.MetricName,
    );

    expect(runs).toMatchObject({ MetricName: 'Errors', Namespace: 'AWS/Lambda' });
    expect(runs.Dimensions).toEqual([{ Name: 'FunctionName', Value: { Ref: fn?.id } }]);
    expect(filter?.properties.LogGroupName).toEqual(fn?.properties.LoggingConfig.LogGroup);
    expect(filter?.properties.FilterPattern).toBe('{ $.level = "ERROR" }');
    expect(filter?.properties.MetricTransformations[0].MetricNamespace).toBe(lines.Namespace);
  });

  it('the depth of every queue for dead letters, from the first message on', () => {
    const deadLetterIds = ofType('AWS::SQS::Queue')
      .filter(({ properties }) => properties.RedrivePolicy === undefined)
      .map(({ id }) => id);
    const watched = alarms
      .filter(({ properties }) => properties.MetricName === 'ApproximateNumberOfMessagesVisible')
      .map(({ properties }) => {
        expect(properties.Threshold).toBe(1);
        return properties.Dimensions[0].Value['Fn::GetAtt'][0];
      });

    expect(deadLetterIds).toHaveLength(8);
    expect(new Set(watched)).toEqual(new Set(deadLetterIds));
    expect(watched).toHaveLength(8);
  });

  it('the oldest message of every queue at work', () => {
    const working = ofType('AWS::SQS::Queue')
      .filter(({ properties }) => properties.RedrivePolicy !== undefined)
      .map(({ id }) => id);
    const watched = alarms
      .filter(({ properties }) => properties.MetricName === 'ApproximateAgeOfOldestMessage')
      .map(({ properties }) => properties.Dimensions[0].Value['Fn::GetAtt'][0]);

    expect(working).toHaveLength(4);
    expect(new Set(watched)).toEqual(new Set(working));
    expect(watched).toHaveLength(4);
  });

  it('the silence of the sweeper: no data is the alarm', () => {
    const alarm = alarms.find(({ properties }) => properties.AlarmName.endsWith('sweeper-silent'));

    expect(alarm?.properties).toMatchObject({
      MetricName: 'Invocations',
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
    });
  });

  it.each([
    ['bookkeeper', 24 * 3600],
    ['events-backfill', 3600],
  ])('the silence of the %s, twice in a row', (name, seconds) => {
    const alarm = alarms.find(({ properties }) => properties.AlarmName.endsWith(`${name}-silent`));

    expect(alarm?.properties).toMatchObject({
      MetricName: 'Invocations',
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
      Period: seconds,
      EvaluationPeriods: 2,
    });
  });

  it('each difference of the books, by the lines that name it', () => {
    const filter = ofType('AWS::Logs::MetricFilter').find(
      ({ properties }) => properties.FilterPattern === '{ $.message = "books_differ" }',
    );
    const alarm = alarms.find(({ properties }) => properties.AlarmName.endsWith('books-differ'));

    expect(filter?.properties.MetricTransformations).toEqual([
      {
        MetricNamespace: alarm?.properties.Namespace,
        MetricName: alarm?.properties.MetricName,
        MetricValue: '1',
      },
    ]);
    expect(alarm?.properties).toMatchObject({ Threshold: 1, Period: 24 * 3600, Statistic: 'Sum' });
  });

  it('how much of the books matched, as a figure of the line that says it', () => {
    const figures = ofType('AWS::Logs::MetricFilter')
      .filter(({ properties }) => properties.FilterPattern === '{ $.message = "books_reconciled" }')
      .map(({ properties }) => properties.MetricTransformations[0])
      .map(({ MetricName, MetricValue }) => `${MetricName} ${MetricValue}`);

    expect(figures).toEqual([
      'PercentMatched $.percentMatched',
      'OldestDifferenceHours $.oldestHours',
    ]);
  });

  it('a call for a human, from the logs of every function', () => {
    const filters = ofType('AWS::Logs::MetricFilter').filter(
      ({ properties }) => properties.FilterPattern === '{ $.level = "CRITICAL" }',
    );
    const alarm = alarms.find(({ properties }) => properties.AlarmName.endsWith('needs-a-human'));

    expect(filters).toHaveLength(FUNCTION_NAMES.length);
    for (const { properties } of filters) {
      expect(properties.MetricTransformations[0]).toMatchObject({
        MetricNamespace: alarm?.properties.Namespace,
        MetricName: alarm?.properties.MetricName,
      });
    }
    expect(alarm?.properties.Threshold).toBe(1);
  });
});

describe('the way to the operator', () => {
  const topic = ofType('AWS::SNS::Topic')[0]!;
  const [key] = ofType('AWS::KMS::Key').filter(({ stack }) => stack === topic.stack);

  it('is encrypted, and CloudWatch can still write to it', () => {
    const publishers = ofType('AWS::SNS::TopicPolicy')[0]?.properties.PolicyDocument.Statement;
    const cloudWatch = { Service: 'cloudwatch.amazonaws.com' };

    expect(topic.properties.KmsMasterKeyId).toEqual({ 'Fn::GetAtt': [key?.id, 'Arn'] });
    expect(publishers).toContainEqual(
      expect.objectContaining({ Effect: 'Allow', Principal: cloudWatch, Action: 'sns:Publish' }),
    );
    expect(key?.properties.KeyPolicy.Statement).toContainEqual(
      expect.objectContaining({
        Effect: 'Allow',
        Principal: cloudWatch,
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      }),
    );
  });

  it('ends at the address that was given', () => {
    expect(ofType('AWS::SNS::Subscription').map(({ properties }) => properties.Endpoint)).toEqual([
      'ops@example.com',
    ]);
  });
});

describe('the runbook', () => {
  const sections = runbook.split(/^## /m).slice(1);
  const headings = sections.map((section) => section.slice(0, section.indexOf('\n')));

  it('has an article for every alarm, and none for an alarm that is gone', () => {
    expect(new Set(headings)).toEqual(new Set(articles));
    expect(headings).toHaveLength(alarms.length);
  });

  it.each(sections.map((section) => [section.slice(0, section.indexOf('\n')), section]))(
    'tells of %s what it is, who is hurt, how to look and what to do',
    (_, section) => {
      const parts = [...section.matchAll(/^\*\*([A-Z][a-z ]+)\.\*\* (?=\S)/gm)].map(
        (part) => part[1],
      );

      expect(parts).toEqual(['Description', 'Who is hurt', 'Investigate', 'Resolve']);
    },
  );
});
