// Runs a synthesized CDK app in this process: its routes, functions, queues, streams, schedules and secrets.
import { setTimeout as delay } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { LocalClock } from '../clock.ts';
import type { Durable } from '../durable.ts';
import { type Deployment, deploy } from './assembly/deployment.ts';
import { type Assembly, LOCAL_REGION, readAssembly } from './assembly/read-assembly.ts';
import { type AwsEndpoint, type Service, startAwsEndpoint } from './aws-endpoint.ts';
import { createHttpApi, type HttpHandler } from './http/http-api.ts';
import { createFunctionDirectory, type FunctionDirectory } from './lambda/function-directory.ts';
import { readFunction } from './lambda/function-spec.ts';
import { createLambdaFunction, type InvocationResult } from './lambda/lambda-function.ts';
import { createSecretStore, type SecretStore } from './secrets/secret-store.ts';
import { handleSecrets } from './secrets/secrets-endpoint.ts';
import { type Sources, startSources } from './sources/start-sources.ts';
import { createQueues, type QueueDirectory } from './sqs/queue-directory.ts';
import { handleSqs } from './sqs/sqs-endpoint.ts';
import { createTables, tableName } from './tables/create-tables.ts';

export interface LocalCloudOptions {
  /** What `cdk synth` wrote. */
  assemblyDir: string;
  clock: LocalClock;
  /** Keeps queued messages, stream positions and generated secrets. */
  durable: Durable;
  dynamoDbUrl: string;
  /** Origin of the HTTP API, no slash at the end: where the caller mounts handleHttp. */
  publicUrl: string;
  /** Before each table's name: two clouds on one DynamoDB need different ones. */
  tablePrefix?: string;
  /** Values by secret name or logical id; what is not a text is stored as JSON. */
  secrets?: Record<string, unknown>;
  /** Values for variables that a function has by its template; others are not added. */
  environment?: Record<string, string>;
  onLog?(entry: LogEntry): void;
}

export interface LogEntry {
  /** A function's name, or `cloud`. */
  source: string;
  line: string;
}

export interface LocalCloud {
  handleHttp: HttpHandler;
  /** By physical name, or logical id with or without the CDK's hash; throws for an unknown one. */
  queue: QueueDirectory['byName'];
  queues: QueueDirectory;
  secrets: SecretStore;
  /** The table's name in DynamoDB, by its logical id without the CDK's hash; throws for an unknown one. */
  tableName(logicalId: string): string;
  /** Where the AWS SDK finds the queues. */
  sqsUrl: string;
  /** By name, logical id or POWERTOOLS_SERVICE_NAME; throws for an unknown one. */
  invoke(name: string, event: unknown): Promise<InvocationResult>;
  /** Loads every function's code now instead of at its first event: for whoever watches. */
  warm(): void;
  /** Resolves when queues, streams, schedules and functions are at rest: only the clock could wake something. */
  idle(): Promise<void>;
  /** Ends handlers wherever they are, as a crash would; nothing queued is lost. */
  close(): Promise<void>;
}

const IDLE_LOOK_MS = 5;
const LOCAL_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

/** With these, any AWS client of this process reaches what the functions reach. */
export const LOCAL_AWS = { region: LOCAL_REGION, credentials: LOCAL_CREDENTIALS };

export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const assembly = readAssembly(options.assemblyDir);
  const services: Service[] = [];
  const endpoint = await startAwsEndpoint(services);
  try {
    return await run({ options, assembly, endpoint, services });
  } catch (cause) {
    await endpoint.close();
    throw cause;
  }
}

interface Started {
  options: LocalCloudOptions;
  assembly: Assembly;
  endpoint: AwsEndpoint;
  /** What the endpoint asks: filled here, since what fills it needs the endpoint's URL. */
  services: Service[];
}

async function run({ options, assembly, endpoint, services }: Started): Promise<LocalCloud> {
  const { clock, durable } = options;
  const deployment = deploy(assembly, {
    publicUrl: options.publicUrl,
    sqsUrl: endpoint.url,
    tablePrefix: options.tablePrefix ?? '',
  });
  const secrets = createSecretStore(deployment, durable, options.secrets ?? {});
  const queues = createQueues(deployment, clock, durable);
  services.push(
    (request, response) => handleSecrets(secrets, request, response),
    (request, response) => handleSqs(queues, request, response),
  );

  const onTrouble = (line: string) => options.onLog?.({ source: 'cloud', line });
  const awsClient = { endpoint: options.dynamoDbUrl, ...LOCAL_AWS };
  const dynamoDb = new DynamoDBClient(awsClient);
  const streamsClient = new DynamoDBStreamsClient(awsClient);
  const streams = await createTables(deployment, dynamoDb);
  let sources: Sources | undefined;
  const functions = createFunctions(deployment, endpoint, {
    ...options,
    onDone: () => sources?.wakeStreams(),
  });
  const handleHttp = createHttpApi(deployment, functions, clock);
  const found = { deployment, functions, queues, streams };
  sources = startSources({ ...found, streamsClient, clock, durable, onTrouble });
  const running = { functions, sources };

  return {
    handleHttp,
    queues,
    queue: queues.byName,
    secrets,
    tableName: (logicalId) => tableName(deployment, logicalId),
    sqsUrl: endpoint.url,
    invoke: (name, event) => functions.byName(name).invoke(event),
    warm: () => functions.all.forEach((lambda) => lambda.warm()),
    idle: () => idle(running),
    async close() {
      const closing = running.sources.all.map((source) => source.close());
      await Promise.all(functions.all.map((lambda) => lambda.close()));
      await Promise.all(closing);
      await endpoint.close();
      dynamoDb.destroy();
      streamsClient.destroy();
    },
  };
}

interface FunctionsOptions extends LocalCloudOptions {
  onDone(): void;
}

function createFunctions(
  deployment: Deployment,
  endpoint: AwsEndpoint,
  { dynamoDbUrl, environment = {}, clock, onLog, onDone }: FunctionsOptions,
): FunctionDirectory {
  const runtime = {
    AWS_REGION: LOCAL_REGION,
    AWS_DEFAULT_REGION: LOCAL_REGION,
    AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
    AWS_SESSION_TOKEN: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: dynamoDbUrl,
    AWS_ENDPOINT_URL_SQS: endpoint.url,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: String(endpoint.port),
    TZ: 'UTC',
  };
  const functions = deployment.ofType('AWS::Lambda::Function').map((resource) => {
    const spec = readFunction(deployment, resource, { overrides: environment, runtime });
    return createLambdaFunction({
      spec,
      clockOffset: clock.offset,
      onLine: (line) => onLog?.({ source: spec.name, line }),
      onDone,
    });
  });
  return createFunctionDirectory(functions);
}

/** A stream shows what was written only when it is read again; and what that wakes may write again. */
async function idle({ functions, sources }: { functions: FunctionDirectory; sources: Sources }) {
  const invocations = () => functions.all.reduce((sum, lambda) => sum + lambda.invocations(), 0);
  const atRest = () =>
    functions.all.every((lambda) => lambda.busy() === 0) &&
    sources.all.every((source) => source.atRest());
  for (;;) {
    const before = invocations();
    await Promise.all(sources.all.map((source) => source.lookAgain()));
    if (atRest() && invocations() === before) return;
    await delay(IDLE_LOOK_MS);
  }
}
