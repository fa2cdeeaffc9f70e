// Makes the DynamoDB tables of the templates, unless a restart finds them there.
import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
  type TableDescription,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import type { Deployment } from '../assembly/deployment.ts';
import { attributeOf, physicalName, type Resource, whereIs } from '../assembly/resource-values.ts';

/** A stream of a table: how templates and events name it, and how DynamoDB here names it. */
export interface TableStream {
  arn: string;
  localArn: string;
}

const keySchema = z.array(
  z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }),
);
const indexes = z.array(
  z.object({
    IndexName: z.string(),
    KeySchema: keySchema,
    Projection: z.object({
      ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
      NonKeyAttributes: z.optional(z.array(z.string())),
    }),
  }),
);
const tableShape = z.object({
  AttributeDefinitions: z.array(
    z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
  ),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z.optional(indexes),
  LocalSecondaryIndexes: z.optional(indexes),
  StreamSpecification: z.optional(
    z.object({
      StreamViewType: z.enum(['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES']),
    }),
  ),
  TimeToLiveSpecification: z.optional(
    z.object({ AttributeName: z.optional(z.string()), Enabled: z.boolean() }),
  ),
});
type TableProperties = z.output<typeof tableShape>;

export async function createTables(
  deployment: Deployment,
  dynamoDb: DynamoDBClient,
): Promise<TableStream[]> {
  const tables = deployment.ofType('AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table');
  const streams = await Promise.all(
    tables.map(async (table) => {
      const { LatestStreamArn } = await createTable(deployment, table, dynamoDb);
      const arn = attributeOf(table, 'StreamArn', deployment.surroundings);
      return LatestStreamArn === undefined ? [] : [{ arn, localArn: LatestStreamArn }];
    }),
  );
  return streams.flat();
}

/** By logical id without the CDK's hash. */
export function tableName(deployment: Deployment, logicalId: string): string {
  const table = deployment
    .ofType('AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table')
    .find((each) => each.logicalId.replace(/[0-9A-F]{8}$/, '') === logicalId);
  if (table === undefined) throw new Error(`The assembly has no table ${logicalId}.`);
  return physicalName(table, deployment.surroundings);
}

async function createTable(
  deployment: Deployment,
  resource: Resource,
  dynamoDb: DynamoDBClient,
): Promise<TableDescription> {
  const name = physicalName(resource, deployment.surroundings);
  const properties = deployment.properties(resource, tableShape);
  const present = await describe(name, dynamoDb);
  if (present !== undefined) {
    requireSameIndexes(present, properties, `${whereIs(resource)}: table ${name}`);
    return present;
  }
  const { StreamSpecification: stream, TimeToLiveSpecification: ttl } = properties;
  const { TableDescription = {} } = await dynamoDb.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: properties.AttributeDefinitions,
      KeySchema: properties.KeySchema,
      GlobalSecondaryIndexes: properties.GlobalSecondaryIndexes,
      LocalSecondaryIndexes: properties.LocalSecondaryIndexes,
      StreamSpecification: stream && { ...stream, StreamEnabled: true },
    }),
  );
  if (ttl?.Enabled && ttl.AttributeName !== undefined) {
    const specification = { AttributeName: ttl.AttributeName, Enabled: true };
    await dynamoDb.send(
      new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification: specification }),
    );
  }
  return TableDescription;
}

async function describe(
  name: string,
  dynamoDb: DynamoDBClient,
): Promise<TableDescription | undefined> {
  try {
    const { Table } = await dynamoDb.send(new DescribeTableCommand({ TableName: name }));
    return Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** DynamoDB cannot change a table's keys, and a missing index would show as an error in the middle of a request. */
function requireSameIndexes(
  present: TableDescription,
  wanted: TableProperties,
  what: string,
): void {
  const keysOf = (schema: TableDescription['KeySchema']) =>
    (schema ?? []).map(({ AttributeName, KeyType }) => `${KeyType} ${AttributeName}`).join();
  const outline = (table: Pick<TableDescription, 'KeySchema' | 'GlobalSecondaryIndexes'>) =>
    [
      keysOf(table.KeySchema),
      ...(table.GlobalSecondaryIndexes ?? [])
        .map(({ IndexName, KeySchema }) => `${IndexName}: ${keysOf(KeySchema)}`)
        .sort(),
    ].join('; ');
  if (outline(present) === outline(wanted)) return;
  throw new Error(
    `${what} has ${outline(present)}, and the template says ${outline(wanted)}. Start with an empty DATA_DIR.`,
  );
}
