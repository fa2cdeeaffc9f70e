// A secret in Secrets Manager, known to functions by its name, whose value never stands in a template.
import { RemovalPolicy } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { EnvironmentName } from '../../lambdas/wiring/environment.ts';
import type { StageName } from '../config/stages.ts';
import { acknowledge } from './acknowledge.ts';

export interface HouseSecretProps {
  readonly stage: StageName;
  /** Last part of its name: `tender/<stage>/<name>`. */
  readonly name: string;
  /** The variable that tells a function its name. */
  readonly environmentName: EnvironmentName;
  readonly description: string;
  /** The value's fields before the operator fills them, as Secrets Manager first stores them. */
  readonly template: Readonly<Record<string, unknown>>;
  /** The field that Secrets Manager fills with 64 random characters. */
  readonly generatedField: string;
  /** Why it is not rotated by a schedule. */
  readonly notRotatedBecause: string;
}

export class HouseSecret extends Construct {
  readonly secretName: string;
  readonly secretArn: string;
  readonly environmentName: EnvironmentName;

  constructor(scope: Construct, props: HouseSecretProps) {
    super(scope, props.name);
    this.secretName = `tender/${props.stage}/${props.name}`;
    this.environmentName = props.environmentName;
    const secret = new Secret(this, 'Secret', {
      // A name of ours: the operator fills it by name, and functions ask the extension for it by name.
      secretName: this.secretName,
      description: props.description,
      // CloudFormation generates anew when this changes, and what the operator stored would be gone: never change it.
      generateSecretString: {
        secretStringTemplate: JSON.stringify(props.template),
        generateStringKey: props.generatedField,
        passwordLength: 64,
        excludePunctuation: true,
      },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.secretArn = secret.secretArn;
    acknowledge(secret, { 'AwsSolutions-SMG4': props.notRotatedBecause });
  }
}
