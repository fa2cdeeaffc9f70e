// Accepts single findings of cdk-nag, each with the reason that a reviewer can judge.
import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Finding id to reason. A finding that has a bracketed part is named with it, so that a new one still fails. */
export type Reasons = Readonly<Record<string, string>>;

export function acknowledge(construct: IConstruct, reasons: Reasons): void {
  for (const [id, reason] of Object.entries(reasons)) {
    Validations.of(construct).acknowledge({ id, reason });
  }
}
