// A small CDK app whose functions do what the test tells them, synthesized for the local cloud.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AttributeType, ProjectionType, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, Schedule as RuleSchedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import {
  Code,
  EventSourceMapping,
  FilterCriteria,
  Function as Lambda,
  ParamsAndSecretsLayerVersion,
  ParamsAndSecretsVersions,
  Runtime,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { SqsDlq, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { DeduplicationScope, FifoThroughputLimit, Queue } from 'aws-cdk-lib/aws-sqs';
import { buildSync } from 'esbuild';

// What the SDK and the secrets extension do inside a function, with nothing told to them but the environment.
const COURIER = `
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
const dynamoDb = new DynamoDBClient({});
const sqs = new SQSClient({});
export const handler = async ({ body }) => {
  const { TABLE, QUEUE_URL, SECRET_ID, PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: port } = process.env;
  const secret = await fetch(
    'http://localhost:' + port + '/secretsmanager/get?secretId=' + encodeURIComponent(SECRET_ID),
    { headers: { 'X-Aws-Parameters-Secrets-Token': process.env.AWS_SESSION_TOKEN } },
  );
  const { SecretString } = await secret.json();
  await dynamoDb.send(new PutItemCommand({
    TableName: TABLE,
    Item: { pk: { S: 'courier' }, sk: { S: body }, entity: { S: 'JournalEntry' } },
  }));
  await sqs.send(new SendMessageCommand({ QueueUrl: QUEUE_URL, MessageBody: body }));
  return JSON.parse(SecretString);
};
`;

// It shows the test its event and does what the answer says.
const PUPPET = `
export const handler = async (event, context) => {
  const response = await fetch(process.env.PUPPETEER_URL, {
    method: 'POST',
    body: JSON.stringify({
      name: process.env.PUPPET,
      event,
      env: { ...process.env },
      context: { ...context, remainingMs: context.getRemainingTimeInMillis() },
      now: [Date.now(), new Date().getTime(), new Date(Date()).getTime()],
      isDate: new Date() instanceof Date && new Date(5).getTime() === 5 && new Date().constructor === Date,
    }),
  });
  const { act, value } = await response.json();
  console.log(JSON.stringify({ level: 'INFO', message: 'puppet did ' + act }));
  if (act === 'throw') throw new TypeError(value);
  if (act === 'exit') process.exit(value);
  if (act === 'crash') { setImmediate(() => { throw new RangeError(value); }); await new Promise(() => {}); }
  if (act === 'hang') await new Promise(() => setInterval(() => {}, 1000));
  if (act === 'spin') for (;;);
  return value;
};
`;

/** Synthesizes the app into a new directory; answers where its assembly is. */
export function synthesizePuppetApp(): string {
  const parent = join(import.meta.dirname, '../../../node_modules/.cache');
  mkdirSync(parent, { recursive: true });
  const directory = mkdtempSync(join(parent, 'puppet-app-'));
  const bundle = join(directory, 'puppet');
  mkdirSync(bundle);
  writeFileSync(join(bundle, 'index.mjs'), PUPPET);
  const app = new App({
    outdir: join(directory, 'cdk.out'),
    // The library's own template rules are wrong about environment variables and fill the terminal.
    context: { '@aws-cdk/core:validateAgainstDefaultRules': false },
  });
  const { table, given, generated } = dataStack(app);
  const stack = new Stack(app, 'Work');
  const api = new HttpApi(stack, 'Api');
  const puppet = (name: string, environment: Record<string, string> = {}, seconds = 20) =>
    new Lambda(stack, name, {
      functionName: name,
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromAsset(bundle),
      timeout: Duration.seconds(seconds),
      memorySize: 256,
      environment: { PUPPET: name, PUPPETEER_URL: 'set by the test', ...environment },
    });
  addRoutes(api, puppet('web', { PUBLIC_URL: api.url ?? '', ORIGIN: api.apiEndpoint }));
  const shelf = addQueues(stack, puppet);
  // The one that runs out of time: on a busy machine the others must not.
  const hasty = new Queue(stack, 'Hasty', {
    queueName: 'hasty',
    visibilityTimeout: Duration.seconds(60),
  });
  puppet('hasty-worker', {}, 4).addEventSource(new SqsEventSource(hasty));
  addStream(stack, table, puppet('listener'));
  addSchedules(stack, puppet('ticker'));
  const reader = new Lambda(stack, 'Reader', {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromAsset(bundle),
    environment: {
      PUPPET: 'reader',
      POWERTOOLS_SERVICE_NAME: 'reader',
      PUPPETEER_URL: 'set by the test',
      TABLE: table.tableName,
      GIVEN_SECRET_ID: given.secretArn,
      GENERATED_SECRET_ID: generated.secretArn,
    },
    paramsAndSecrets: ParamsAndSecretsLayerVersion.fromVersion(ParamsAndSecretsVersions.V1_0_103),
  });
  given.grantRead(reader);
  new Lambda(stack, 'Courier', {
    functionName: 'courier',
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromAsset(bundleCourier(directory)),
    timeout: Duration.seconds(20),
    memorySize: 256,
    environment: { TABLE: table.tableName, QUEUE_URL: shelf.queueUrl, SECRET_ID: given.secretName },
  });
  return app.synth().directory;
}

function bundleCourier(directory: string): string {
  const outdir = join(directory, 'courier');
  buildSync({
    stdin: { contents: COURIER, resolveDir: import.meta.dirname },
    outfile: join(outdir, 'index.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
  return outdir;
}

function dataStack(app: App) {
  const stack = new Stack(app, 'Data');
  const table = new TableV2(stack, 'Things', {
    tableName: 'Things',
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    sortKey: { name: 'sk', type: AttributeType.STRING },
    dynamoStream: StreamViewType.NEW_IMAGE,
    timeToLiveAttribute: 'expiresAtSeconds',
  });
  table.addGlobalSecondaryIndex({
    indexName: 'due',
    partitionKey: { name: 'dueShard', type: AttributeType.STRING },
    sortKey: { name: 'dueAtMs', type: AttributeType.NUMBER },
    projectionType: ProjectionType.KEYS_ONLY,
  });
  const given = new Secret(stack, 'Given', { secretName: 'puppet/given' });
  const generated = new Secret(stack, 'Generated', {
    secretName: 'puppet/generated',
    generateSecretString: {
      secretStringTemplate: '{"kind":"pepper"}',
      generateStringKey: 'pepper',
      passwordLength: 64,
      excludePunctuation: true,
    },
  });
  return { table, given, generated };
}

function addRoutes(api: HttpApi, web: Lambda): void {
  const integration = new HttpLambdaIntegration('Web', web);
  const add = (path: string, ...methods: HttpMethod[]) =>
    api.addRoutes({ path, methods, integration });
  add('/pay/{token}', HttpMethod.GET, HttpMethod.POST);
  add('/pay/terms', HttpMethod.GET);
  add('/files/{rest+}', HttpMethod.ANY);
}

function addQueues(stack: Stack, puppet: (name: string) => Lambda): Queue {
  const fifoDeadLetters = new Queue(stack, 'ChatDead', { queueName: 'chat-dead.fifo', fifo: true });
  const chat = new Queue(stack, 'Chat', {
    queueName: 'chat.fifo',
    fifo: true,
    deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
    fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
    visibilityTimeout: Duration.seconds(60),
    deadLetterQueue: { queue: fifoDeadLetters, maxReceiveCount: 3 },
  });
  puppet('chat-worker').addEventSource(
    new SqsEventSource(chat, { batchSize: 10, reportBatchItemFailures: true }),
  );
  const deadLetters = new Queue(stack, 'WorkDead', { queueName: 'work-dead' });
  const work = new Queue(stack, 'Work', {
    queueName: 'work',
    visibilityTimeout: Duration.seconds(60),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: 2 },
  });
  puppet('worker').addEventSource(
    new SqsEventSource(work, { batchSize: 5, reportBatchItemFailures: true }),
  );
  const wishes = new Queue(stack, 'Wishes', {
    queueName: 'wishes',
    visibilityTimeout: Duration.seconds(60),
  });
  const orders = FilterCriteria.filter({ body: { kind: ['order'], test: [{ exists: false }] } });
  puppet('picker').addEventSource(new SqsEventSource(wishes, { filters: [orders] }));
  new Queue(stack, 'Lane', { queueName: 'lane.fifo', fifo: true, contentBasedDeduplication: true });
  return new Queue(stack, 'Shelf', {
    queueName: 'shelf',
    visibilityTimeout: Duration.seconds(60),
  });
}

function addStream(stack: Stack, table: TableV2, listener: Lambda): void {
  const { tableStreamArn } = table;
  if (tableStreamArn === undefined) throw new Error('The table has a stream.');
  table.grantStreamRead(listener);
  new EventSourceMapping(stack, 'Listening', {
    target: listener,
    eventSourceArn: tableStreamArn,
    startingPosition: StartingPosition.LATEST,
    batchSize: 10,
    bisectBatchOnError: true,
    retryAttempts: 2,
    reportBatchItemFailures: true,
    onFailure: new SqsDlq(new Queue(stack, 'Unheard', { queueName: 'unheard' })),
    filters: [
      FilterCriteria.filter({
        eventName: ['INSERT'],
        dynamodb: { NewImage: { entity: { S: ['JournalEntry'] } } },
      }),
    ],
  });
}

function addSchedules(stack: Stack, ticker: Lambda): void {
  new Schedule(stack, 'EveryMinute', {
    schedule: ScheduleExpression.rate(Duration.minutes(1)),
    target: new LambdaInvoke(ticker, {}),
  });
  new Rule(stack, 'Daily', {
    schedule: RuleSchedule.cron({ minute: '0', hour: '12' }),
    targets: [new LambdaFunction(ticker)],
  });
}
