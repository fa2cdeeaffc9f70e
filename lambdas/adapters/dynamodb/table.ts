// A table as the stores see it: which one, through which client, and how to wait before trying again.
import { setTimeout as sleep } from 'node:timers/promises';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

export interface Table {
  readonly documents: DynamoDBDocumentClient;
  readonly name: string;
  readonly pause: (ms: number) => Promise<void>;
}

export function tableOf(documents: DynamoDBDocumentClient, name: string): Table {
  return { documents, name, pause: (ms) => sleep(ms) };
}
