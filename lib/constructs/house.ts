// What every part of the house needs to know when it is built.
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Stage } from '../config/stages.ts';

export interface House {
  readonly stage: Stage;
  /** The folder that holds `<function>/index.mjs` of every function. */
  readonly distRoot: string;
  /** Where every alarm is sent. */
  readonly alarmTopic: ITopic;
}
