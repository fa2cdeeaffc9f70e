// What each role may do, word for word: whoever changes it changes this table, in sight of a reviewer.
import { describe, expect, it } from 'vitest';
import { FUNCTION_NAMES, type FunctionName } from '../../lib/config/functions.ts';
import { synthesize } from './synthesized.ts';

// oxlint-disable-next-line typescript/no-explicit-any -- a statement of a template
type Json = any;

const { ofType, inWords, templates } = synthesize({ stage: 'sandbox' });

const LOGS = ['logs:CreateLogStream', 'logs:PutLogEvents'];
const SECRET = ['secretsmanager:GetSecretValue'];
const SEND = ['sqs:SendMessage'];
const CONSUME = ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'];
const READ = ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'];
const CHANGE = ['dynamodb:ConditionCheckItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'];
const DELETE = ['dynamodb:DeleteItem'];
const QUERY = ['dynamodb:Query'];
const SCAN = ['dynamodb:Scan'];
const LISTEN = [
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams',
];
const KEY_TO_READ = ['kms:Decrypt', 'kms:DescribeKey'];
const KEY_TO_CHANGE = [
  ...KEY_TO_READ,
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

const BOTH_TABLES = {
  'Users table': [...READ, ...CHANGE],
  'Transactions table': [...READ, ...CHANGE],
  'index byPayer': QUERY,
  'index byPayee': QUERY,
  'key of the tables': KEY_TO_CHANGE,
};

/** Where people take back what they set, such as a block. The books are never deleted from. */
const BOTH_TABLES_OF_PEOPLE = { ...BOTH_TABLES, 'Users table': [...READ, ...CHANGE, ...DELETE] };

const MAY: Record<FunctionName, Record<string, string[]>> = {
  'messenger-webhook': {
    'own logs': LOGS,
    'secret messenger-app': SECRET,
    'queue chat': SEND,
  },
  'chat-worker': {
    'own logs': LOGS,
    'secret messenger-app': SECRET,
    'secret messenger-page': SECRET,
    'queue chat': [...CONSUME, ...SEND],
    ...BOTH_TABLES_OF_PEOPLE,
  },
  'stripe-webhook': {
    'own logs': LOGS,
    'secret stripe-webhook': SECRET,
    'queue provider-events': SEND,
  },
  'provider-events-worker': {
    'own logs': LOGS,
    'secret stripe-key': SECRET,
    'queue provider-events': CONSUME,
    ...BOTH_TABLES,
  },
  notifier: {
    'own logs': LOGS,
    'secret messenger-app': SECRET,
    'secret messenger-page': SECRET,
    'queue due': SEND,
    'queue chat': SEND,
    'queue for dead letters of the notifier': [
      'sqs:GetQueueAttributes',
      'sqs:GetQueueUrl',
      'sqs:SendMessage',
    ],
    'stream of Transactions': LISTEN,
    'Users table': [...READ, ...CHANGE],
    'Transactions table': READ,
    'key of the tables': KEY_TO_CHANGE,
  },
  'due-worker': {
    'own logs': LOGS,
    'secret stripe-key': SECRET,
    'queue due': CONSUME,
    ...BOTH_TABLES,
  },
  sweeper: {
    'own logs': LOGS,
    'queue due': SEND,
    'queue webhooks': SEND,
    'queue for dead letters of the sweeper': [
      'sqs:GetQueueAttributes',
      'sqs:GetQueueUrl',
      'sqs:SendMessage',
    ],
    'index due': QUERY,
    'key of the tables': KEY_TO_READ,
  },
  'events-backfill': {
    'own logs': LOGS,
    'secret stripe-key': SECRET,
    'queue provider-events': SEND,
    'queue for dead letters of the books': [
      'sqs:GetQueueAttributes',
      'sqs:GetQueueUrl',
      'sqs:SendMessage',
    ],
    'Users table': SCAN,
    'Transactions table': READ,
    'index byPayee': QUERY,
    'key of the tables': KEY_TO_READ,
  },
  bookkeeper: {
    'own logs': LOGS,
    'secret stripe-key': SECRET,
    'queue for dead letters of the books': [
      'sqs:GetQueueAttributes',
      'sqs:GetQueueUrl',
      'sqs:SendMessage',
    ],
    'Users table': SCAN,
    'Transactions table': SCAN,
    'key of the tables': KEY_TO_READ,
  },
  pages: {
    'own logs': LOGS,
    'secret stripe-key': SECRET,
    'secret pin-pepper': SECRET,
    ...BOTH_TABLES_OF_PEOPLE,
  },
  console: {
    'own logs': LOGS,
    'secret stripe-key': SECRET,
    'queue webhooks': SEND,
    'queue chat': SEND,
    ...BOTH_TABLES_OF_PEOPLE,
  },
  'merchant-api': {
    'own logs': LOGS,
    'queue webhooks': SEND,
    'Users table': [...READ, ...CHANGE, ...DELETE],
    'Transactions table': [...READ, ...CHANGE],
    'index byPayee': QUERY,
    'key of the tables': KEY_TO_CHANGE,
  },
  'merchant-events': {
    'own logs': LOGS,
    'queue webhooks': SEND,
    'queue for dead letters of merchant events': [
      'sqs:GetQueueAttributes',
      'sqs:GetQueueUrl',
      'sqs:SendMessage',
    ],
    'stream of Transactions': LISTEN,
    'Users table': READ,
    'Transactions table': [...READ, ...CHANGE],
    'key of the tables': KEY_TO_CHANGE,
  },
  'webhook-sender': {
    'own logs': LOGS,
    'queue webhooks': [...CONSUME, ...SEND],
    'queue chat': SEND,
    'Users table': [...READ, ...CHANGE],
    'Transactions table': [...READ, ...CHANGE],
    'key of the tables': KEY_TO_CHANGE,
  },
};

/** A resource of the templates in the words of the table above. */
const RESOURCES: Record<string, string> = {
  'UsersTable.Arn': 'Users table',
  'TransactionsTable.Arn': 'Transactions table',
  'TransactionsTable.Arn/index/byPayer': 'index byPayer',
  'TransactionsTable.Arn/index/byPayee': 'index byPayee',
  'TransactionsTable.Arn/index/due': 'index due',
  'TransactionsTable.StreamArn': 'stream of Transactions',
  'Key.Arn': 'key of the tables',
  messengerappSecret: 'secret messenger-app',
  messengerpageSecret: 'secret messenger-page',
  stripekeySecret: 'secret stripe-key',
  stripewebhookSecret: 'secret stripe-webhook',
  pinpepperSecret: 'secret pin-pepper',
  'chatQueue.Arn': 'queue chat',
  'providereventsQueue.Arn': 'queue provider-events',
  'dueQueue.Arn': 'queue due',
  'webhooksQueue.Arn': 'queue webhooks',
  'OrdersDeadLettersQueue.Arn': 'queue for dead letters of merchant events',
  'JournalDeadLettersQueue.Arn': 'queue for dead letters of the notifier',
  'SweepingDeadLettersQueue.Arn': 'queue for dead letters of the sweeper',
  'DeadLettersQueue.Arn': 'queue for dead letters of the books',
};

function asList(value: Json): Json[] {
  return Array.isArray(value) ? value : [value];
}

/** What a role may do, by resource, from its every policy. */
function grantsOf(stack: string, roleId: string): Record<string, string[]> {
  const grants: Record<string, string[]> = {};
  const policies = ofType('AWS::IAM::Policy').filter(
    (found) =>
      found.stack === stack && found.properties.Roles.some((role: Json) => role.Ref === roleId),
  );
  for (const { properties } of policies) {
    for (const statement of properties.PolicyDocument.Statement) {
      expect(statement.Effect).toBe('Allow');
      for (const resource of asList(statement.Resource)) {
        const words = inWords(stack, resource);
        const name = RESOURCES[words] ?? (words.endsWith('Logs.Arn') ? 'own logs' : words);
        grants[name] = [...(grants[name] ?? []), ...asList(statement.Action)];
      }
    }
  }
  return grants;
}

const sorted = (grants: Record<string, string[]>) =>
  Object.fromEntries(
    Object.entries(grants)
      .map(([resource, actions]): [string, string[]] => [resource, [...new Set(actions)].sort()])
      .sort(([a], [b]) => a.localeCompare(b)),
  );

describe('each function', () => {
  it.each(FUNCTION_NAMES)('%s may do this and nothing else', (name) => {
    const { stack, properties } = ofType('AWS::Lambda::Function').find(
      (found) => found.properties.Environment.Variables.POWERTOOLS_SERVICE_NAME === name,
    )!;
    const roleId: string = properties.Role['Fn::GetAtt'][0];

    expect(sorted(grantsOf(stack, roleId))).toEqual(sorted(MAY[name]));
  });

  it('writes to its own logs alone', () => {
    for (const { stack, properties } of ofType('AWS::Lambda::Function')) {
      const [roleId] = properties.Role['Fn::GetAtt'];
      const logResources = ofType('AWS::IAM::Policy')
        .filter((found) => found.stack === stack && found.properties.Roles[0].Ref === roleId)
        .flatMap((found): Json[] => found.properties.PolicyDocument.Statement)
        .filter((statement) => asList(statement.Action).includes('logs:PutLogEvents'))
        .flatMap((statement) => asList(statement.Resource));

      expect(logResources).toEqual([
        { 'Fn::GetAtt': [properties.LoggingConfig.LogGroup.Ref, 'Arn'] },
      ]);
    }
  });
});

describe('every role', () => {
  it('is one a function, and one a schedule, with no policy of AWS', () => {
    const roles = ofType('AWS::IAM::Role');

    expect(roles).toHaveLength(FUNCTION_NAMES.length + 3);
    for (const { properties } of roles) {
      expect(properties.ManagedPolicyArns).toBeUndefined();
      expect(properties.Policies).toBeUndefined();
    }
  });

  it('names actions and resources without a wildcard', () => {
    const statements = ofType('AWS::IAM::Policy').flatMap(({ stack, properties }) =>
      asList(properties.PolicyDocument.Statement).map((statement) => ({ stack, statement })),
    );

    expect(statements.length).toBeGreaterThan(30);
    for (const { stack, statement } of statements) {
      for (const action of asList(statement.Action)) expect(action).not.toContain('*');
      for (const resource of asList(statement.Resource)) {
        expect(inWords(stack, resource)).not.toContain('*');
      }
      expect(statement.NotAction).toBeUndefined();
      expect(statement.NotResource).toBeUndefined();
    }
  });
});

describe('the scheduler', () => {
  it.each([
    ['rate(1 minute)', 'SweepingsweeperFunction.Arn', 'queue for dead letters of the sweeper'],
    ['rate(1 hour)', 'eventsbackfillFunction.Arn', 'queue for dead letters of the books'],
    ['cron(15 3 * * ? *)', 'bookkeeperFunction.Arn', 'queue for dead letters of the books'],
  ])('may at %s call %s and keep what failed, for this account alone', (when, target, letters) => {
    const schedule = ofType('AWS::Scheduler::Schedule').find(
      ({ properties }) => properties.ScheduleExpression === when,
    )!;
    const roleId: string = schedule.properties.Target.RoleArn['Fn::GetAtt'][0];
    const role = ofType('AWS::IAM::Role').find(({ id }) => id === roleId);

    expect(sorted(grantsOf(schedule.stack, roleId))).toEqual({
      [letters]: ['sqs:SendMessage'],
      [target]: ['lambda:InvokeFunction'],
    });
    expect(role?.properties.AssumeRolePolicyDocument.Statement[0].Condition).toEqual({
      StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
    });
  });
});

describe('who may come in from outside', () => {
  it('is API Gateway alone, through this API', () => {
    const permissions = ofType('AWS::Lambda::Permission');

    expect(permissions.length).toBeGreaterThanOrEqual(4);
    for (const { stack, properties } of permissions) {
      expect(properties.Principal).toBe('apigateway.amazonaws.com');
      expect(properties.Action).toBe('lambda:InvokeFunction');
      expect(inWords(stack, properties.SourceArn)).toMatch(/execute-api:.*:Api\//);
    }
  });

  it('has a wildcard only where a resource speaks of itself', () => {
    const allowed = [...templates].flatMap(([stack, template]) =>
      Object.values<Json>(template.Resources).flatMap(({ Type, Properties }) =>
        asList((Properties.KeyPolicy ?? Properties.PolicyDocument)?.Statement ?? [])
          .filter((statement) => statement.Effect === 'Allow' && statement.Resource === '*')
          .map((statement) => `${stack} ${Type} ${asList(statement.Action).join(' ')}`),
      ),
    );

    // In a key's policy the resource is always "*": the key itself. With kms:* the account leaves it to IAM.
    expect(allowed.sort()).toEqual([
      'tender-sandbox-data AWS::KMS::Key kms:*',
      'tender-sandbox-operations AWS::KMS::Key kms:*',
      'tender-sandbox-operations AWS::KMS::Key kms:Decrypt kms:GenerateDataKey',
    ]);
  });
});
