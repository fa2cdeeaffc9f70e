// One DynamoDB Local and one folder for the whole run, and the assertion that it runs on the Node that we deploy on.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  const runFolder = mkdtempSync(join(tmpdir(), 'tender-tests-'));
  project.provide('runFolder', runFolder);
  const dynamoDb = await openDynamoDb();
  project.provide('dynamoDbUrl', dynamoDb.url);
  return async () => {
    await dynamoDb.stop();
    rmSync(runFolder, { recursive: true, force: true });
  };
}

async function openDynamoDb() {
  const elsewhere = process.env['DYNAMODB_URL'];
  if (elsewhere) return { url: elsewhere, stop: async () => undefined };
  return startDynamoDbLocal();
}
