// A table as the stores see it: which one, through which client, and how to wait before trying again.
import { setTimeout as sleep } from 'node:timers/promises';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** All that the stores need of the SDK's client. */
export type Documents = Pick<DynamoDBDocumentClient, 'send'>;

export interface Table {
  readonly documents: Documents;
  readonly name: string;
  readonly pause: (ms: number) => Promise<void>;
}

/** `pause` is another one only where time is not real. */
export function tableOf(
  documents: Documents,
  name: string,
  pause: Table['pause'] = (ms) => sleep(ms),
): Table {
  return { documents, name, pause };
}
