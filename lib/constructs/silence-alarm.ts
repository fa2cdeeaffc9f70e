// Rings when what the clock wakes has not run twice in a row: then nothing else would say so.
import type { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { HouseAlarm, type HouseAlarmProps } from './house-alarm.ts';
import type { NodeLambda } from './node-lambda.ts';

export interface SilenceAlarmProps
  extends Pick<HouseAlarmProps, 'house' | 'article' | 'whoIsHurt'> {
  readonly watched: NodeLambda;
  /** In any such period it runs at least once. */
  readonly every: Duration;
}

export class SilenceAlarm extends HouseAlarm {
  constructor(scope: Construct, { watched, every, ...alarm }: SilenceAlarmProps) {
    super(scope, {
      ...alarm,
      metric: watched.function.metricInvocations({ period: every, statistic: 'Sum' }),
      threshold: 1,
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
      periods: 2,
      missingData: TreatMissingData.BREACHING,
    });
  }
}
