// An alarm that says who is hurt and where the runbook tells what to do.
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Construct } from 'constructs';
import type { House } from './house.ts';

export interface HouseAlarmProps {
  readonly house: House;
  /** The heading of its article in docs/runbook.md; also the alarm's name and construct id. */
  readonly article: string;
  /** One sentence for whoever is woken: which people notice what. */
  readonly whoIsHurt: string;
  readonly metric: IMetric;
  /** The value that rings. */
  readonly threshold: number;
  /**
   * How the metric is compared.
   * @default at or above the threshold
   */
  readonly comparison?: ComparisonOperator;
  /**
   * How many of the metric's periods must agree.
   * @default 1
   */
  readonly periods?: number;
  /**
   * What no data means.
   * @default nothing is wrong: a queue or function without traffic reports nothing
   */
  readonly missingData?: TreatMissingData;
}

export class HouseAlarm extends Construct {
  constructor(scope: Construct, props: HouseAlarmProps) {
    super(scope, props.article);
    const alarm = new Alarm(this, 'Alarm', {
      // A name of ours, because the name is all that a pager shows.
      alarmName: `tender-${props.house.stage.name}-${props.article}`,
      alarmDescription: `Who is hurt: ${props.whoIsHurt} Runbook: docs/runbook.md#${props.article}`,
      metric: props.metric,
      threshold: props.threshold,
      evaluationPeriods: props.periods ?? 1,
      comparisonOperator: props.comparison ?? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: props.missingData ?? TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(props.house.alarmTopic));
    alarm.addOkAction(new SnsAction(props.house.alarmTopic));
  }
}
