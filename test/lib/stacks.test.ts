// Facts about what `cdk deploy` would make: nothing is lost, nothing hangs, nothing is open without a reason.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ENVIRONMENT } from '../../lambdas/wiring/environment.ts';
import { FUNCTION_NAMES } from '../../lib/config/functions.ts';
import { consoleRouteKeys } from '../../web/console/routes.ts';
import { pageRoutes } from '../../web/routes.ts';
import { synthesize } from './synthesized.ts';

const sandbox = synthesize({ stage: 'sandbox' });
const { ofType, inWords } = sandbox;
const functions = ofType('AWS::Lambda::Function');
const queues = ofType('AWS::SQS::Queue');
const tables = ofType('AWS::DynamoDB::GlobalTable');

const variablesOf = (name: string) =>
  functions.find(({ properties }) => serviceOf(properties) === name)?.properties.Environment
    .Variables;

// oxlint-disable-next-line typescript/no-explicit-any -- the properties of a template
function serviceOf(properties: any): string {
  return properties.Environment.Variables[ENVIRONMENT.serviceName];
}

describe('the tables', () => {
  it('are two', () => {
    expect(tables.map(({ id }) => id.replace(/[0-9A-F]{8}$/, ''))).toEqual([
      'UsersTable',
      'TransactionsTable',
    ]);
  });

  it.each(tables)(
    '$id survives mistakes: kept, protected, recoverable',
    ({ properties, resource }) => {
      expect(resource.DeletionPolicy).toBe('Retain');
      expect(resource.UpdateReplacePolicy).toBe('Retain');
      expect(properties.BillingMode).toBe('PAY_PER_REQUEST');
      expect(properties.Replicas).toHaveLength(1);
      expect(properties.Replicas[0].DeletionProtectionEnabled).toBe(true);
      expect(
        properties.Replicas[0].PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled,
      ).toBe(true);
    },
  );

  it.each(tables)(
    '$id is encrypted with our own key, which is rotated',
    ({ stack, properties }) => {
      const [key] = ofType('AWS::KMS::Key').filter((found) => found.stack === stack);

      expect(properties.SSESpecification).toEqual({ SSEEnabled: true, SSEType: 'KMS' });
      expect(properties.Replicas[0].SSESpecification.KMSMasterKeyId).toEqual({
        'Fn::GetAtt': [key?.id, 'Arn'],
      });
      expect(key?.properties.EnableKeyRotation).toBe(true);
      expect(key?.resource.DeletionPolicy).toBe('Retain');
    },
  );

  it('are keyed, indexed, streamed and expired as the adapters expect', () => {
    const shapes = tables.map(({ properties }) => ({
      keys: properties.KeySchema.map((key: { AttributeName: string }) => key.AttributeName),
      ttl: properties.TimeToLiveSpecification?.AttributeName,
      stream: properties.StreamSpecification?.StreamViewType,
      indexes: (properties.GlobalSecondaryIndexes ?? []).map(
        // oxlint-disable-next-line typescript/no-explicit-any -- the properties of a template
        (index: any) =>
          `${index.IndexName}(${index.KeySchema.map((key: { AttributeName: string }) => key.AttributeName)}) ${index.Projection.ProjectionType}`,
      ),
      types: Object.fromEntries(
        properties.AttributeDefinitions.map(
          (attribute: { AttributeName: string; AttributeType: string }) => [
            attribute.AttributeName,
            attribute.AttributeType,
          ],
        ),
      ),
    }));

    expect(shapes).toEqual([
      {
        keys: ['pk', 'sk'],
        ttl: 'expiresAtSeconds',
        stream: undefined,
        indexes: [],
        types: { pk: 'S', sk: 'S' },
      },
      {
        keys: ['pk', 'sk'],
        ttl: undefined,
        stream: 'NEW_IMAGE',
        indexes: [
          'byPayer(payerKey,createdAt) KEYS_ONLY',
          'byPayee(payeeKey,createdAt) KEYS_ONLY',
          'due(dueShard,dueAtMs) KEYS_ONLY',
        ],
        types: {
          pk: 'S',
          sk: 'S',
          payerKey: 'S',
          payeeKey: 'S',
          createdAt: 'S',
          dueShard: 'S',
          dueAtMs: 'N',
        },
      },
    ]);
  });

  it('stand in a stack of their own', () => {
    expect(new Set(tables.map(({ stack }) => stack))).toEqual(new Set(['tender-sandbox-data']));
  });
});

describe('the queues', () => {
  // oxlint-disable-next-line typescript/no-explicit-any -- the properties of a template
  const deadLetterIdOf = (properties: any): string | undefined =>
    properties.RedrivePolicy?.deadLetterTargetArn['Fn::GetAtt'][0];
  const working = queues.filter(({ properties }) => properties.RedrivePolicy !== undefined);
  const deadLetters = queues.filter(({ properties }) => properties.RedrivePolicy === undefined);

  it('are four at work and eight for dead letters', () => {
    expect(working.map(({ id }) => id.replace(/[0-9A-F]{8}$/, '')).sort()).toEqual([
      'chatQueue',
      'dueQueue',
      'providereventsQueue',
      'webhooksQueue',
    ]);
    expect(deadLetters).toHaveLength(8);
    for (const { id } of deadLetters) expect(id).toMatch(/DeadLettersQueue/);
  });

  it.each(working)('$id puts a message aside after five tries', ({ properties, stack }) => {
    const deadLetterQueue = deadLetters.find(({ id }) => id === deadLetterIdOf(properties));

    expect(properties.RedrivePolicy.maxReceiveCount).toBe(5);
    expect(deadLetterQueue?.stack).toBe(stack);
    expect(deadLetterQueue?.properties.FifoQueue).toBe(properties.FifoQueue);
    expect(deadLetterQueue?.properties.MessageRetentionPeriod).toBe(14 * 24 * 3600);
  });

  it.each(queues)('$id is encrypted and refuses plain HTTP', ({ id, stack, properties }) => {
    const policy = ofType('AWS::SQS::QueuePolicy').find(
      (found) => found.stack === stack && found.properties.Queues[0].Ref === id,
    );

    expect(properties.SqsManagedSseEnabled).toBe(true);
    expect(policy?.properties.PolicyDocument.Statement).toContainEqual(
      expect.objectContaining({
        Effect: 'Deny',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    );
  });

  it('keep one person in order and let others pass: the chat queue is grouped', () => {
    const chat = working.find(({ id }) => id.startsWith('chatQueue'));

    expect(chat?.properties).toMatchObject({
      FifoQueue: true,
      DeduplicationScope: 'messageGroup',
      FifoThroughputLimit: 'perMessageGroupId',
      ContentBasedDeduplication: false,
    });
    expect(working.filter(({ properties }) => properties.FifoQueue === true)).toHaveLength(1);
  });

  it.each(ofType('AWS::Lambda::EventSourceMapping'))(
    '$id lets each event of a batch stand alone',
    ({ properties }) => {
      expect(properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
      expect(properties.BatchSize).toBe(10);
    },
  );

  it('hide a message for longer than its worker may run', () => {
    const mappings = ofType('AWS::Lambda::EventSourceMapping');
    const pairs = working.map(({ id, properties }) => {
      const mapping = mappings.find(
        (found) => found.properties.EventSourceArn['Fn::GetAtt']?.[0] === id,
      );
      const worker = functions.find((found) => found.id === mapping?.properties.FunctionName.Ref);
      return { visibility: properties.VisibilityTimeout, timeout: worker?.properties.Timeout };
    });

    expect(pairs).toHaveLength(4);
    for (const { visibility, timeout } of pairs) {
      expect(visibility).toBeGreaterThanOrEqual(3 * timeout);
    }
  });
});

describe('the journal', () => {
  const listeners = ofType('AWS::Lambda::EventSourceMapping').filter(
    ({ properties }) => properties.StartingPosition !== undefined,
  );
  const listenerOf = (name: string) =>
    listeners.find(({ stack, properties }) => inWords(stack, properties.FunctionName) === name);
  const mapping = listenerOf('notifierFunction');

  it('has no more listeners than a stream takes: two', () => {
    expect(listeners).toHaveLength(2);
  });

  it('wakes the events of merchants for new entries of orders alone', () => {
    const { stack, properties } = listenerOf('merchanteventsFunction')!;

    expect(inWords(stack, properties.EventSourceArn)).toBe('TransactionsTable.StreamArn');
    expect(JSON.parse(properties.FilterCriteria.Filters[0].Pattern)).toEqual({
      eventName: ['INSERT'],
      dynamodb: {
        NewImage: { entity: { S: ['JournalEntry'] }, subject: { S: [{ prefix: 'ord_' }] } },
      },
    });
    expect(properties.FilterCriteria.Filters).toHaveLength(1);
  });

  it('wakes the notifier for new entries alone', () => {
    const { stack, properties } = mapping!;

    expect(inWords(stack, properties.EventSourceArn)).toBe('TransactionsTable.StreamArn');
    expect(inWords(stack, properties.FunctionName)).toBe('notifierFunction');
    expect(
      properties.FilterCriteria.Filters.map((filter: { Pattern: string }) =>
        JSON.parse(filter.Pattern),
      ),
    ).toEqual([
      { eventName: ['INSERT'], dynamodb: { NewImage: { entity: { S: ['JournalEntry'] } } } },
    ]);
    expect(properties.StartingPosition).toBe('TRIM_HORIZON');
  });

  it('is not held up for ever by one poisoned entry, nor loses it', () => {
    const { stack, properties } = mapping!;

    expect(properties.BisectBatchOnFunctionError).toBe(true);
    expect(properties.MaximumRetryAttempts).toBe(5);
    expect(properties.MaximumRecordAgeInSeconds).toBe(6 * 3600);
    expect(inWords(stack, properties.DestinationConfig.OnFailure.Destination)).toBe(
      'JournalDeadLettersQueue.Arn',
    );
  });
});

describe('the schedules', () => {
  it('wake the sweeper, the backfill and the bookkeeper, and keep what they could not deliver', () => {
    const schedules = ofType('AWS::Scheduler::Schedule').map(({ stack, properties }) =>
      [
        properties.ScheduleExpression,
        inWords(stack, properties.Target.Arn),
        inWords(stack, properties.Target.DeadLetterConfig.Arn),
        properties.Target.RetryPolicy.MaximumEventAgeInSeconds,
      ].join(', '),
    );

    expect(schedules.toSorted()).toEqual([
      'cron(15 3 * * ? *), bookkeeperFunction.Arn, DeadLettersQueue.Arn, 3600',
      'rate(1 hour), eventsbackfillFunction.Arn, DeadLettersQueue.Arn, 1800',
      'rate(1 minute), SweepingsweeperFunction.Arn, SweepingDeadLettersQueue.Arn, 60',
    ]);
  });

  it('give minutes to what they wake by night and by the hour, and to nothing that somebody waits for', () => {
    const slow = functions
      .filter(({ properties }) => properties.Timeout > 60)
      .map(({ properties }) => `${serviceOf(properties)} ${properties.Timeout}`);

    expect(slow.toSorted()).toEqual(['bookkeeper 900', 'events-backfill 900']);
  });
});

describe('the HTTP API', () => {
  it('has exactly these routes, each to its function', () => {
    const integrations = ofType('AWS::ApiGatewayV2::Integration');
    const routes = ofType('AWS::ApiGatewayV2::Route').map(({ stack, properties }) => {
      const integrationId: string = properties.Target['Fn::Join'][1][1].Ref;
      const integration = integrations.find(({ id }) => id === integrationId);
      const target = inWords(stack, integration?.properties.IntegrationUri);
      return `${properties.RouteKey} -> ${target}`;
    });

    const others = routes.filter((route) => !route.endsWith(' -> consoleFunction.Arn'));
    expect(others.sort()).toEqual([
      'ANY /v1/{proxy+} -> merchantapiFunction.Arn',
      'GET /order/{token} -> pagesFunction.Arn',
      'GET /order/{token}/cancel -> pagesFunction.Arn',
      'GET /order/{token}/return -> pagesFunction.Arn',
      'GET /pay/{token} -> pagesFunction.Arn',
      'GET /pay/{token}/card -> pagesFunction.Arn',
      'GET /pay/{token}/return -> pagesFunction.Arn',
      'GET /payout/{token} -> pagesFunction.Arn',
      'GET /payout/{token}/return -> pagesFunction.Arn',
      'GET /pictures/{picture} -> pagesFunction.Arn',
      'GET /settings/{token} -> pagesFunction.Arn',
      'GET /settings/{token}/card -> pagesFunction.Arn',
      'GET /terms -> pagesFunction.Arn',
      'GET /webhooks/messenger -> MessengerWebhookmessengerwebhookFunction.Arn',
      'POST /order/{token} -> pagesFunction.Arn',
      'POST /pay/{token} -> pagesFunction.Arn',
      'POST /pay/{token}/card -> pagesFunction.Arn',
      'POST /payout/{token} -> pagesFunction.Arn',
      'POST /settings/{token} -> pagesFunction.Arn',
      'POST /settings/{token}/card -> pagesFunction.Arn',
      'POST /webhooks/messenger -> MessengerWebhookmessengerwebhookFunction.Arn',
      'POST /webhooks/stripe -> StripeWebhookstripewebhookFunction.Arn',
    ]);
  });

  it('sends the pages exactly what they answer', () => {
    const keys: string[] = ofType('AWS::ApiGatewayV2::Route').map(
      ({ properties }) => properties.RouteKey,
    );

    expect(keys.filter((key) => !/ \/(?:webhooks|v1|console)(?:\/|$)/u.test(key)).sort()).toEqual(
      Object.keys(pageRoutes).sort(),
    );
  });

  it('sends the console exactly what it answers', () => {
    const keys: string[] = ofType('AWS::ApiGatewayV2::Route')
      .filter(({ stack }) => stack.endsWith('-console'))
      .map(({ properties }) => properties.RouteKey);

    expect(keys.sort()).toEqual([...consoleRouteKeys].sort());
    expect(keys.every((key) => / \/console(?:\/|$)/u.test(key))).toBe(true);
  });

  it('hands functions the payload format that they read', () => {
    for (const { properties } of ofType('AWS::ApiGatewayV2::Integration')) {
      expect(properties.PayloadFormatVersion).toBe('2.0');
    }
  });

  it('is throttled by its stage', () => {
    const [stage] = ofType('AWS::ApiGatewayV2::Stage');

    expect(stage?.properties.DefaultRouteSettings).toMatchObject({
      ThrottlingRateLimit: 50,
      ThrottlingBurstLimit: 100,
    });
  });

  it('logs each request in JSON, without what names a person or opens a page', () => {
    const [stage] = ofType('AWS::ApiGatewayV2::Stage');
    const format: string = stage?.properties.AccessLogSettings.Format;

    expect(JSON.parse(format)).toMatchObject({
      route: '$context.routeKey',
      status: '$context.status',
    });
    expect(format).not.toMatch(/\$context\.(path|identity|requestOverride|authorizer)/);
    expect(stage?.properties.AccessLogSettings.DestinationArn).toBeDefined();
  });
});

describe('the functions', () => {
  it('are those of the list, no more and no fewer', () => {
    const names = functions.map(({ properties }) => serviceOf(properties));

    expect(names.sort()).toEqual([...FUNCTION_NAMES].sort());
  });

  it.each(functions)('$id runs on Node 24, arm64, in JSON, within limits', ({ properties }) => {
    expect(properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      LoggingConfig: { LogFormat: 'JSON' },
    });
    expect(properties.MemorySize).toBeGreaterThanOrEqual(512);
    expect(properties.Timeout).toBeLessThanOrEqual(900);
    expect(properties.LoggingConfig.LogGroup.Ref).toBeDefined();
  });

  it('keep their logs for two weeks in the sandbox', () => {
    const retentions = ofType('AWS::Logs::LogGroup').map(
      ({ properties }) => properties.RetentionInDays,
    );

    expect(retentions).toEqual(Array.from({ length: FUNCTION_NAMES.length + 1 }, () => 14));
  });

  it('answer before API Gateway and Meta give up', () => {
    const seconds = Object.fromEntries(
      functions.map(({ properties }) => [serviceOf(properties), properties.Timeout]),
    );

    expect(seconds['pages']).toBeLessThan(30);
    expect(seconds['console']).toBeLessThan(30);
    expect(seconds['merchant-api']).toBeLessThan(30);
    expect(seconds['messenger-webhook']).toBeLessThanOrEqual(10);
    expect(seconds['stripe-webhook']).toBeLessThanOrEqual(10);
  });

  it('carry their bundle and not its source map', () => {
    const assets = readdirSync(sandbox.outdir).filter((name) => name.startsWith('asset.'));

    expect(assets).toHaveLength(FUNCTION_NAMES.length);
    for (const asset of assets) {
      expect(readdirSync(join(sandbox.outdir, asset))).toEqual(['index.mjs']);
    }
  });
});

describe('what a function is told', () => {
  const EVERY_FUNCTION = [
    'STAGE',
    'SETTINGS',
    'PUBLIC_URL',
    'GRAPH_API_URL',
    'POWERTOOLS_SERVICE_NAME',
    'POWERTOOLS_LOG_LEVEL',
  ];
  const TABLES = ['USERS_TABLE', 'TRANSACTIONS_TABLE'];
  const STRIPE = ['STRIPE_KEY_SECRET_ID', 'STRIPE_API_URL'];
  const MESSENGER = ['MESSENGER_APP_SECRET_ID', 'MESSENGER_PAGE_SECRET_ID'];

  it.each([
    ['messenger-webhook', ['MESSENGER_APP_SECRET_ID', 'CHAT_QUEUE_URL']],
    ['chat-worker', [...TABLES, ...MESSENGER, 'CHAT_QUEUE_URL']],
    ['stripe-webhook', ['STRIPE_WEBHOOK_SECRET_ID', 'PROVIDER_EVENTS_QUEUE_URL']],
    ['provider-events-worker', [...TABLES, ...STRIPE]],
    ['notifier', [...TABLES, ...MESSENGER, 'DUE_QUEUE_URL', 'CHAT_QUEUE_URL']],
    ['due-worker', [...TABLES, ...STRIPE]],
    ['sweeper', [...TABLES, 'DUE_QUEUE_URL', 'WEBHOOK_QUEUE_URL']],
    ['events-backfill', [...TABLES, ...STRIPE, 'PROVIDER_EVENTS_QUEUE_URL']],
    ['bookkeeper', [...TABLES, ...STRIPE]],
    ['merchant-api', [...TABLES, 'WEBHOOK_QUEUE_URL']],
    ['merchant-events', [...TABLES, 'WEBHOOK_QUEUE_URL']],
    ['webhook-sender', [...TABLES, 'WEBHOOK_QUEUE_URL', 'CHAT_QUEUE_URL']],
    ['pages', [...TABLES, ...STRIPE, 'PIN_PEPPER_SECRET_ID']],
    ['console', [...TABLES, ...STRIPE, 'WEBHOOK_QUEUE_URL', 'CHAT_QUEUE_URL']],
  ])('%s finds what it needs and nothing else', (name, own) => {
    // The extension that caches secrets is told how by variables of its own.
    const names = Object.keys(variablesOf(name)).filter(
      (variable) => !/^(PARAMETERS_SECRETS_EXTENSION|SECRETS_MANAGER_|SSM_)/.test(variable),
    );

    expect(names.sort()).toEqual([...EVERY_FUNCTION, ...own].sort());
  });

  it('has secrets by name, cached for a minute, never by value', () => {
    const readers = functions.filter(({ properties }) =>
      Object.keys(properties.Environment.Variables).some((name) => name.endsWith('_SECRET_ID')),
    );

    expect(readers).toHaveLength(10);
    for (const { properties } of readers) {
      expect(properties.Layers).toHaveLength(1);
      expect(properties.Environment.Variables.SECRETS_MANAGER_TTL).toBe('60');
    }
    for (const { properties } of functions) {
      const variables = JSON.stringify(properties.Environment.Variables);
      expect(variables).not.toMatch(/resolve:secretsmanager|sk_(test|live)|whsec_|EAA[A-Za-z0-9]/);
      const names = Object.entries(properties.Environment.Variables)
        .filter(([name]) => name.endsWith('_SECRET_ID'))
        .map(([, value]) => value);
      expect(names.every((name) => /^tender\/sandbox\/[a-z-]+$/.test(String(name)))).toBe(true);
    }
  });

  it('has no secret reader without the extension, and no extension without a secret', () => {
    const sweeper = functions.find(({ properties }) => serviceOf(properties) === 'sweeper');

    expect(sweeper?.properties.Layers).toBeUndefined();
  });

  it('has the settings of the stage', () => {
    for (const name of FUNCTION_NAMES) {
      const settings = JSON.parse(variablesOf(name).SETTINGS);
      expect(settings).toMatchObject({ live: false, peerPaymentsApproval: null, undoSeconds: 10 });
    }
  });
});

describe('the secrets', () => {
  const secrets = ofType('AWS::SecretsManager::Secret');

  it('are five, kept when the stack goes, and generated: no template holds a value', () => {
    expect(secrets.map(({ properties }) => properties.Name)).toEqual([
      'tender/sandbox/messenger-app',
      'tender/sandbox/messenger-page',
      'tender/sandbox/stripe-key',
      'tender/sandbox/stripe-webhook',
      'tender/sandbox/pin-pepper',
    ]);
    for (const { properties, resource } of secrets) {
      expect(resource.DeletionPolicy).toBe('Retain');
      expect(properties.SecretString).toBeUndefined();
      expect(properties.GenerateSecretString.PasswordLength).toBe(64);
    }
  });

  it('verify nothing and open nothing until the operator fills them', () => {
    const templates = secrets.map(({ properties }) =>
      JSON.parse(properties.GenerateSecretString.SecretStringTemplate),
    );

    expect(templates).toEqual([{ appSecrets: [] }, { tokens: {} }, {}, { signingSecrets: [] }, {}]);
    expect(secrets.at(-1)?.properties.GenerateSecretString.GenerateStringKey).toBe('pepper');
  });
});

describe('a live stage', () => {
  const live = synthesize({ stage: 'live', pageId: '42' });
  const settings = live
    .ofType('AWS::Lambda::Function')
    .map(({ properties }) => JSON.parse(properties.Environment.Variables.SETTINGS));

  it('refuses peer payments until the operator names the approval', () => {
    expect(settings).toHaveLength(FUNCTION_NAMES.length);
    for (const setting of settings) {
      expect(setting).toMatchObject({ live: true, peerPaymentsApproval: null, pageId: '42' });
    }
  });

  it('shares no name with another stage', () => {
    const names = ({ ofType: find, templates }: typeof live) => [
      ...templates.keys(),
      ...find('AWS::SecretsManager::Secret').map(({ properties }) => properties.Name),
      ...find('AWS::CloudWatch::Alarm').map(({ properties }) => properties.AlarmName),
      ...find('AWS::CloudWatch::Dashboard').map(({ properties }) => properties.DashboardName),
    ];

    const shared = names(live).filter((name) => names(sandbox).includes(name));

    expect(names(live).length).toBeGreaterThan(25);
    expect(shared).toEqual([]);
  });
});
