// Wakes a function by the clock.
import { type Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { DeadLetterQueue } from './dead-letter-queue.ts';
import type { NodeLambda } from './node-lambda.ts';

export interface OnScheduleProps {
  readonly target: NodeLambda;
  /** As EventBridge Scheduler writes it: `rate(1 minute)`, or `cron(15 3 * * ? *)` in UTC. */
  readonly expression: string;
  /** How long a wake-up that could not be delivered is worth trying: not after the next one has come. */
  readonly worth: Duration;
  /** Where a wake-up goes that could not be delivered. */
  readonly deadLetters: DeadLetterQueue;
}

export class OnSchedule extends Construct {
  constructor(scope: Construct, id: string, props: OnScheduleProps) {
    super(scope, id);
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    const { functionArn } = props.target.function;
    const deadLettersArn = props.deadLetters.queue.queueArn;
    // The library's own target would also let the scheduler call every version of the function.
    role.addToPolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [functionArn] }),
    );
    role.addToPolicy(
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [deadLettersArn] }),
    );
    const schedule = new CfnSchedule(this, 'Schedule', {
      scheduleExpression: props.expression,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: functionArn,
        roleArn: role.roleArn,
        retryPolicy: {
          maximumEventAgeInSeconds: props.worth.toSeconds(),
          maximumRetryAttempts: 1,
        },
        deadLetterConfig: { arn: deadLettersArn },
      },
    });
    schedule.node.addDependency(role);
  }
}
