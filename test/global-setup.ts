// One DynamoDB Local for the whole run, and the assertion that it runs on the Node that we deploy on.
import type { TestProject } from 'vitest/node';
import { startDynamoDbLocal } from '../local/cloud/dynamodb-local.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The endpoint that every test shares: name your tables for your file. */
    dynamoDbUrl: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (Number.parseInt(process.versions.node, 10) < 24) {
    throw new Error(
      `Tests run on Node 24 or newer, not ${process.versions.node}: use \`npm test\`.`,
    );
  }
  const elsewhere = process.env['DYNAMODB_URL'];
  if (elsewhere) {
    project.provide('dynamoDbUrl', elsewhere);
    return async () => undefined;
  }
  const dynamoDb = await startDynamoDbLocal();
  project.provide('dynamoDbUrl', dynamoDb.url);
  return dynamoDb.stop;
}
