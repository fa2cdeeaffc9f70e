// A Lambda function of ours: its own role that starts with nothing, its own logs, and an alarm that it cannot lack.
import { join } from 'node:path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  ParamsAndSecretsLayerVersion,
  ParamsAndSecretsVersions,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import type { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { FilterPattern, LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ENVIRONMENT, type EnvironmentName } from '../../lambdas/wiring/environment.ts';
import type { LogCode } from '../../lambdas/wiring/log-codes.ts';
import type { FunctionName } from '../config/functions.ts';
import { acknowledge } from './acknowledge.ts';
import { HouseAlarm } from './house-alarm.ts';
import type { HouseSecret } from './house-secret.ts';
import type { House } from './house.ts';

export interface NodeLambdaProps {
  readonly house: House;
  /** Names the bundle, the construct and the runbook article (`<name>-errors`). */
  readonly name: FunctionName;
  readonly description: string;
  /** One sentence for whoever is woken when it fails. A function cannot be made without it. */
  readonly whoIsHurt: string;
  readonly timeout: Duration;
  /** The HTTP API's origin. */
  readonly publicUrl: string;
  /**
   * Memory, and with it the share of a CPU.
   * @default 512 MB: cold starts are bound by CPU, and the bundles' import is half as long as with 256
   */
  readonly memoryMb?: number;
  /**
   * Secrets that it reads through the Parameters and Secrets extension, which keeps them for a minute.
   * @default none, and then no extension either
   */
  readonly secrets?: readonly HouseSecret[];
  /**
   * Calls Stripe, and so is told where Stripe is.
   * @default false
   */
  readonly callsStripe?: boolean;
  /**
   * Failures within five minutes that ring the alarm: failed runs, and lines at ERROR. What fails is tried again, so
   * one hiccup hurts nobody.
   * @default 3
   */
  readonly failuresToAlarm?: number;
  /**
   * Where an event goes that failed when nobody waited for the answer.
   * @default none: nothing calls this function asynchronously
   */
  readonly failureDestination?: SqsDestination;
  /**
   * How often Lambda itself runs it again, within minutes, where nobody waited and it failed.
   * @default 0: the next minute brings the same work
   */
  readonly retries?: 0 | 1 | 2;
}

export interface MetricName {
  readonly namespace: string;
  readonly metricName: string;
}

/** Where calls for a human (lines at CRITICAL) are counted, over all functions of a stage. */
export function criticalLinesMetric(stage: string): MetricName {
  return { namespace: `Tender/${stage}`, metricName: 'CriticalLines' };
}

function errorLinesMetric(stage: string, functionName: string): MetricName {
  return { namespace: `Tender/${stage}`, metricName: `ErrorLines-${functionName}` };
}

/** Every function finds these set, besides what `secrets`, tables and queues give. */
function baseEnvironment(props: NodeLambdaProps): Record<string, string> {
  const { stage } = props.house;
  return {
    [ENVIRONMENT.stage]: stage.name,
    [ENVIRONMENT.settings]: JSON.stringify(stage.settings),
    [ENVIRONMENT.publicUrl]: props.publicUrl,
    [ENVIRONMENT.graphApiUrl]: stage.graphApiUrl,
    [ENVIRONMENT.serviceName]: props.name,
    [ENVIRONMENT.logLevel]: stage.logLevel,
    ...(props.callsStripe === true && { [ENVIRONMENT.stripeApiUrl]: stage.stripeApiUrl }),
  };
}

export class NodeLambda extends Construct {
  readonly function: LambdaFunction;
  readonly timeout: Duration;
  private readonly logs: LogGroup;

  constructor(scope: Construct, props: NodeLambdaProps) {
    super(scope, props.name);
    this.timeout = props.timeout;
    const logs = this.makeLogs(props);
    this.logs = logs;
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `What ${props.name} may do`,
    });
    this.function = this.makeFunction(props, role, logs);
    this.allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logs.logGroupArn]);
    for (const secret of props.secrets ?? []) this.allowSecret(secret);
    this.acknowledgeFindings(props);
    new HouseAlarm(this, {
      house: props.house,
      article: `${props.name}-errors`,
      whoIsHurt: props.whoIsHurt,
      metric: this.failures(props),
      threshold: props.failuresToAlarm ?? 3,
    });
  }

  /** Adds one statement to the function's policy: these actions, on these resources, and nothing else. */
  allow(actions: readonly string[], resources: readonly string[]): void {
    this.function.addToRolePolicy(
      new PolicyStatement({ actions: [...actions], resources: [...resources] }),
    );
  }

  /** Makes a metric of a number in each line with this code. */
  measure(code: LogCode, field: string, metric: MetricName): void {
    new MetricFilter(this, `${metric.metricName} of lines`, {
      logGroup: this.logs,
      filterPattern: FilterPattern.stringValue('$.message', '=', code),
      metricNamespace: metric.namespace,
      metricName: metric.metricName,
      metricValue: field,
    });
  }

  setVariable(name: EnvironmentName, value: string): void {
    this.function.addEnvironment(name, value);
  }

  private allowSecret(secret: HouseSecret): void {
    this.allow(['secretsmanager:GetSecretValue'], [secret.secretArn]);
    this.setVariable(secret.environmentName, secret.secretName);
  }

  private makeLogs(props: NodeLambdaProps): LogGroup {
    const logs = new LogGroup(this, 'Logs', {
      retention: props.house.stage.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const { name: stage } = props.house.stage;
    this.countLines(logs, 'CRITICAL', criticalLinesMetric(stage));
    this.countLines(logs, 'ERROR', errorLinesMetric(stage, props.name));
    return logs;
  }

  private countLines(logs: LogGroup, level: string, metric: MetricName): void {
    new MetricFilter(this, `Lines at ${level}`, {
      logGroup: logs,
      filterPattern: FilterPattern.stringValue('$.level', '=', level),
      metricNamespace: metric.namespace,
      metricName: metric.metricName,
      metricValue: '1',
    });
  }

  /** Runs that failed, and failures that were answered with a 5xx or put back into a queue and so were no failed run. */
  private failures(props: NodeLambdaProps): MathExpression {
    const period = Duration.minutes(5);
    const lines = errorLinesMetric(props.house.stage.name, props.name);
    return new MathExpression({
      expression: 'FILL(runs, 0) + FILL(lines, 0)',
      usingMetrics: {
        runs: this.function.metricErrors(),
        lines: new Metric({ ...lines, statistic: 'Sum' }),
      },
      label: `Failures of ${props.name}`,
      period,
    });
  }

  private makeFunction(props: NodeLambdaProps, role: Role, logs: LogGroup): LambdaFunction {
    return new LambdaFunction(this, 'Function', {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      // Source maps stay with the build: they hold our sources, and cold starts would carry them.
      code: Code.fromAsset(join(props.house.distRoot, props.name), { exclude: ['*.map'] }),
      handler: 'index.handler',
      memorySize: props.memoryMb ?? 512,
      timeout: props.timeout,
      role,
      logGroup: logs,
      loggingFormat: LoggingFormat.JSON,
      environment: baseEnvironment(props),
      // The tracer costs 30 ms of each cold start; correlation ids in the logs tell the same story.
      tracing: Tracing.DISABLED,
      ...(props.secrets !== undefined && { paramsAndSecrets: secretsExtension() }),
      ...(props.failureDestination !== undefined && {
        onFailure: props.failureDestination,
        retryAttempts: props.retries ?? 0,
        maxEventAge: Duration.minutes(props.retries === undefined ? 1 : 30),
      }),
    });
  }

  private acknowledgeFindings(props: NodeLambdaProps): void {
    acknowledge(this.function, {
      'Serverless-LambdaTracing':
        'The tracer costs 30 ms of each cold start; logs carry a correlation id from webhook to provider instead.',
      'Serverless-LambdaDLQ':
        props.failureDestination === undefined
          ? 'Nothing invokes this function asynchronously, so this setting would never be used.'
          : 'It has a failure destination, which replaces this older setting and also keeps the error.',
    });
  }
}

function secretsExtension(): ParamsAndSecretsLayerVersion {
  return ParamsAndSecretsLayerVersion.fromVersion(ParamsAndSecretsVersions.V1_0_103, {
    // A rotated secret is in use everywhere within a minute.
    secretsManagerTtl: Duration.seconds(60),
    cacheSize: 10,
  });
}
