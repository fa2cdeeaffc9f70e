// Wakes a function once a minute.
import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { DeadLetterQueue } from './dead-letter-queue.ts';
import type { NodeLambda } from './node-lambda.ts';

export interface EveryMinuteProps {
  readonly target: NodeLambda;
  /** Where a wake-up goes that could not be delivered. */
  readonly deadLetters: DeadLetterQueue;
}

export class EveryMinute extends Construct {
  constructor(scope: Construct, id: string, props: EveryMinuteProps) {
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
      scheduleExpression: 'rate(1 minute)',
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: functionArn,
        roleArn: role.roleArn,
        // A wake-up is worth nothing once the next one has come.
        retryPolicy: { maximumEventAgeInSeconds: 60, maximumRetryAttempts: 1 },
        deadLetterConfig: { arn: deadLettersArn },
      },
    });
    schedule.node.addDependency(role);
  }
}
