// What Ref and Fn::GetAtt say of each resource: names, ARNs and URLs of the local cloud in AWS's shapes.
import type { Stack } from './read-assembly.ts';

export interface Resource {
  stack: Stack;
  logicalId: string;
  type: string;
  /** As written in the template, expressions included. */
  properties: Record<string, unknown>;
}

/** Where the local cloud's doors are, and what sets this cloud's tables apart from another's on the same DynamoDB. */
export interface Surroundings {
  publicUrl: string;
  sqsUrl: string;
  tablePrefix: string;
}

const NAME_PROPERTIES: Record<string, string> = {
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SecretsManager::Secret': 'Name',
};

/** The name it has here: the template's, or one made of its stack and logical id. */
export function physicalName(resource: Resource, surroundings: Surroundings): string {
  const property = resource.properties[NAME_PROPERTIES[resource.type] ?? ''];
  if (property !== undefined && typeof property !== 'string') {
    throw new Error(`${whereIs(resource)}: a name that is an expression is not known here.`);
  }
  const name = property ?? `${resource.stack.name}-${resource.logicalId}`;
  switch (resource.type) {
    case 'AWS::DynamoDB::GlobalTable':
    case 'AWS::DynamoDB::Table':
      return `${surroundings.tablePrefix}${name}`;
    case 'AWS::SQS::Queue':
      return resource.properties['FifoQueue'] === true && !name.endsWith('.fifo')
        ? `${name}.fifo`
        : name;
    default:
      return name;
  }
}

export function arnOf(resource: Resource, surroundings: Surroundings): string {
  const { account, region } = resource.stack;
  const name = physicalName(resource, surroundings);
  const arn = (service: string, rest: string) => `arn:aws:${service}:${region}:${account}:${rest}`;
  switch (resource.type) {
    case 'AWS::DynamoDB::GlobalTable':
    case 'AWS::DynamoDB::Table':
      return arn('dynamodb', `table/${name}`);
    case 'AWS::Lambda::Function':
      return arn('lambda', `function:${name}`);
    case 'AWS::SQS::Queue':
      return arn('sqs', name);
    case 'AWS::SecretsManager::Secret':
      // Secrets Manager ends each ARN in six characters of its own.
      return arn('secretsmanager', `secret:${name}-LoCaL1`);
    case 'AWS::Scheduler::Schedule':
      return arn('scheduler', `schedule/default/${name}`);
    case 'AWS::Events::Rule':
      return arn('events', `rule/${name}`);
    default:
      return arn('local', name);
  }
}

/** What Ref answers: a name for most types, a URL for queues, an ARN for secrets and topics. */
export function refOf(resource: Resource, surroundings: Surroundings): string {
  const name = physicalName(resource, surroundings);
  switch (resource.type) {
    case 'AWS::SQS::Queue':
      return `${surroundings.sqsUrl}/${resource.stack.account}/${name}`;
    case 'AWS::SecretsManager::Secret':
    case 'AWS::SNS::Topic':
      return arnOf(resource, surroundings);
    case 'AWS::ApiGatewayV2::Api':
      // In an origin it stands before `.execute-api.`: letters and digits only, as on AWS.
      return resource.logicalId.toLowerCase();
    case 'AWS::ApiGatewayV2::Stage':
      return String(resource.properties['StageName']);
    default:
      return name;
  }
}

/** What Fn::GetAtt answers. Attributes of types that need nothing here are texts that nobody acts on. */
export function attributeOf(
  resource: Resource,
  attribute: string,
  surroundings: Surroundings,
): string {
  switch (attribute) {
    case 'Arn':
      return arnOf(resource, surroundings);
    case 'StreamArn':
      // AWS ends it in the time of the stream's creation, which is not known before the table is made.
      return `${arnOf(resource, surroundings)}/stream/local`;
    case 'QueueName':
      return physicalName(resource, surroundings);
    case 'QueueUrl':
      return refOf(resource, surroundings);
    case 'ApiEndpoint':
      return surroundings.publicUrl;
    case 'ApiId':
      return refOf(resource, surroundings);
    default:
      return `${resource.stack.name}.${resource.logicalId}.${attribute}`;
  }
}

/** How errors name a resource. */
export const whereIs = (resource: Pick<Resource, 'stack' | 'logicalId' | 'type'>) =>
  `${resource.stack.name}/${resource.logicalId} (${resource.type})`;
