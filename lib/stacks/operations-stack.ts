// What the operator sees: the topic that every alarm rings, the call for a human, and one dashboard.
import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { Stage } from '../config/stages.ts';
import { acknowledge } from '../constructs/acknowledge.ts';
import { HouseAlarm } from '../constructs/house-alarm.ts';
import type { House } from '../constructs/house.ts';
import { criticalLinesMetric } from '../constructs/node-lambda.ts';
import { booksMetric } from './books-metrics.ts';

export interface OperationsStackProps extends StackProps {
  readonly stage: Stage;
  readonly distRoot: string;
}

export class OperationsStack extends Stack {
  /** What all other stacks build on. */
  readonly house: House;

  constructor(scope: Construct, id: string, props: OperationsStackProps) {
    super(scope, id, props);
    const { stage, distRoot } = props;
    const alarmTopic = this.makeAlarmTopic(stage);
    this.house = { stage, distRoot, alarmTopic };
    new HouseAlarm(this, {
      house: this.house,
      article: 'needs-a-human',
      whoIsHurt: 'A person whose money or message cannot move until somebody decides.',
      metric: new Metric({
        ...criticalLinesMetric(stage.name),
        statistic: 'Sum',
        period: Duration.minutes(1),
      }),
      threshold: 1,
    });
    new Dashboard(this, 'Dashboard', {
      dashboardName: `tender-${stage.name}`,
      widgets: dashboardWidgets(stage.name),
    });
    new CfnOutput(this, 'AlarmTopicArn', {
      value: alarmTopic.topicArn,
      description: 'Subscribe whoever should be woken.',
    });
  }

  private makeAlarmTopic(stage: Stage): Topic {
    const key = new Key(this, 'AlarmKey', {
      description: `Encrypts the alarms of tender ${stage.name}`,
      enableKeyRotation: true,
    });
    const topic = new Topic(this, 'Alarms', {
      displayName: `Tender ${stage.name}`,
      masterKey: key,
      enforceSSL: true,
    });
    if (stage.alarmEmail !== undefined) {
      const subscription = topic.addSubscription(new EmailSubscription(stage.alarmEmail));
      acknowledge(subscription, {
        'Serverless-SNSRedrivePolicy':
          'SNS cannot redrive e-mail; the alarm itself stays visible in CloudWatch until it is resolved.',
      });
    }
    // A topic policy of our own (TLS only) replaces the default one, so CloudWatch must be named, and may use the key.
    const cloudWatch = new ServicePrincipal('cloudwatch.amazonaws.com');
    const conditions = { StringEquals: { 'aws:SourceAccount': this.account } };
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [cloudWatch],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions,
      }),
    );
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [cloudWatch],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'],
        conditions,
      }),
    );
    return topic;
  }
}

/** Found by the stage's name, so that a new function or queue is on the dashboard without being listed. */
function dashboardWidgets(stageName: string): GraphWidget[][] {
  const prefix = `"tender-${stageName}"`;
  const search = (schema: string, metricName: string, statistic: string) =>
    new MathExpression({
      expression: `SEARCH('{${schema}} ${prefix} MetricName="${metricName}"', '${statistic}', 300)`,
      usingMetrics: {},
      label: '',
    });
  const graph = (title: string, expression: MathExpression) =>
    new GraphWidget({ title, left: [expression], width: 12 });
  const functions = 'AWS/Lambda,FunctionName';
  const queues = 'AWS/SQS,QueueName';
  return [
    [
      graph('Errors a function', search(functions, 'Errors', 'Sum')),
      graph('Duration, 95th percentile', search(functions, 'Duration', 'p95')),
    ],
    [
      graph(
        'Age of the oldest message',
        search(queues, 'ApproximateAgeOfOldestMessage', 'Maximum'),
      ),
      graph('Messages waiting', search(queues, 'ApproximateNumberOfMessagesVisible', 'Maximum')),
    ],
    booksWidgets(stageName),
  ];
}

/** Figures of each night's check, and of each hour's. */
function booksWidgets(stageName: string): GraphWidget[] {
  const nightly = Duration.days(1);
  const shown = (name: Parameters<typeof booksMetric>[1], statistic: string, period: Duration) =>
    new Metric({ ...booksMetric(stageName, name), statistic, period });
  return [
    new GraphWidget({
      title: 'Books: percent matched, and differences',
      left: [shown('PercentMatched', 'Minimum', nightly)],
      right: [shown('BooksDiffer', 'Sum', nightly)],
      leftYAxis: { max: 100 },
      width: 12,
    }),
    new GraphWidget({
      title: 'Books: age of the oldest difference, and events that no webhook brought',
      left: [shown('OldestDifferenceHours', 'Maximum', nightly)],
      right: [shown('EventsMissed', 'Sum', Duration.hours(1))],
      width: 12,
    }),
  ];
}
